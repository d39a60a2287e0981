package argand.figure;

import argand.array.RealField;
import argand.data.Findings.FoundMap;
import argand.data.Phases;
import argand.data.StructuredScan;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import argand.figure.Pixels.Range;
import argand.figure.StackViews.Picture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The compounds of a scan: where they are, and how the amounts of their elements go together.
final class PhaseViews {
  private static final Ink UNDECIDED = new Ink("", 0x10151c);
  private static final int BINS = 66;
  private static final double SIDE = 280;
  private static final double LEFT = 46;
  private static final double BELOW = 40;

  private PhaseViews() {}

  /// The map; outlines are drawn over it by whoever knows them.
  static Panel map(Phases phases) {
    var grid = phases.grid();
    var image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < phases.label().length; i++) {
      image.setRGB(
          i % grid.columns(),
          i / grid.columns(),
          switch (phases.label()[i]) {
            case Phases.NOTHING -> Pixels.UNKNOWN;
            case Phases.UNDECIDED -> UNDECIDED.rgb();
            default -> Classes.ink(phases.label()[i]).rgb();
          });
    }
    var names = new ArrayList<String>();
    var inks = new ArrayList<Ink>();
    for (int k = 0; k < phases.phases().size(); k++) {
      names.add(phases.phases().get(k).name());
      inks.add(Classes.ink(k));
    }
    names.add("undecided");
    inks.add(UNDECIDED);
    return new Panel(
        "Compounds",
        image,
        grid.columns() * grid.pixelX(),
        grid.rows() * grid.pixelY(),
        new Panel.Key.Names(names, inks));
  }

  static Panel confidence(Phases phases) {
    var range = new Range(0.5, 1);
    return new Panel(
        "Probability of the compound",
        Pixels.of(
            phases.confidence(), range, ColorMap.VIRIDIS, argand.array.Mask.all(phases.grid())),
        phases.grid().columns() * phases.grid().pixelX(),
        phases.grid().rows() * phases.grid().pixelY(),
        new Panel.Key.Bar(ColorMap.VIRIDIS, range, "probability"));
  }

  /// One for each pair of elements whose amounts are known.
  static List<Picture> histograms(StructuredScan scan, Phases phases) {
    var pictures = new ArrayList<Picture>();
    for (int y = phases.elements().size() - 1; y >= 0; y--) {
      for (int x = y - 1; x >= 0; x--) {
        var up = amount(scan, phases.elements().get(y));
        var right = amount(scan, phases.elements().get(x));
        if (up.isPresent() && right.isPresent()) {
          pictures.add(
              new Picture(
                  StackViews.file(phases.elements().get(y) + " over " + phases.elements().get(x)),
                  histogram(phases, y, x, up.get(), right.get()),
                  "Pixels with metal by the amounts of both elements, each a share of the most metal"
                      + " in a pixel; brightness is the logarithm of their number. Lines: the ratios"
                      + " that the formulas have."));
        }
      }
    }
    return pictures;
  }

  private static Optional<RealField> amount(StructuredScan scan, String element) {
    return scan.findings().map(element + ", amount").map(FoundMap::values);
  }

  private static Drawing histogram(Phases phases, int y, int x, RealField up, RealField right) {
    double mostUp = most(phases, up);
    double mostRight = most(phases, right);
    int[] count = new int[BINS * BINS];
    for (int i = 0; i < up.values().length; i++) {
      if (phases.label()[i] != Phases.NOTHING) {
        count[bin(up.values()[i], mostUp) * BINS + bin(right.values()[i], mostRight)]++;
      }
    }
    double full = 0;
    for (int one : count) {
      full = Math.max(full, Math.log1p(one));
    }
    var image = new BufferedImage(BINS, BINS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < count.length; i++) {
      image.setRGB(
          i % BINS,
          BINS - 1 - i / BINS,
          ColorMap.MAGMA.color(Math.log1p(count[i]) / Math.max(full, 1e-9)));
    }
    String yName = phases.elements().get(y);
    String xName = phases.elements().get(x);
    var drawing =
        new Drawing(
            LEFT + SIDE + 90,
            Panel.TOP + SIDE + BELOW,
            "Joint histogram of the amounts of " + yName + " and " + xName);
    drawing.add(
        new Mark.Words(
            0, 18, yName + " over " + xName, 14, Side.START, Ink.TEXT, Turn.NONE, Weight.BOLD));
    drawing.add(new Mark.Image(LEFT, Panel.TOP, SIDE, SIDE, image));
    axes(drawing, yName, xName, mostUp, mostRight);
    lines(drawing, phases, y, x, mostRight / mostUp);
    return drawing;
  }

  private static double most(Phases phases, RealField amount) {
    double most = 1e-9;
    for (int i = 0; i < amount.values().length; i++) {
      most = phases.label()[i] == Phases.NOTHING ? most : Math.max(most, amount.values()[i]);
    }
    return most;
  }

  private static int bin(double value, double most) {
    return Math.clamp((long) (value / most * BINS), 0, BINS - 1);
  }

  private static void axes(
      Drawing drawing, String yName, String xName, double mostUp, double mostRight) {
    double bottom = Panel.TOP + SIDE;
    for (double tick : Ticks.linear(0, mostRight, 4)) {
      double along = LEFT + tick / mostRight * SIDE;
      String label = Ticks.label(tick, Ticks.step(mostRight, 4));
      drawing.addLine(along, bottom, along, bottom + 4, Ink.MUTED, 1);
      drawing.addWords(along, bottom + 16, label, 10.5, Side.MIDDLE, Ink.TEXT);
    }
    for (double tick : Ticks.linear(0, mostUp, 4)) {
      double along = bottom - tick / mostUp * SIDE;
      String label = Ticks.label(tick, Ticks.step(mostUp, 4));
      drawing.addLine(LEFT - 4, along, LEFT, along, Ink.MUTED, 1);
      drawing.addWords(LEFT - 7, along + 3.6, label, 10.5, Side.END, Ink.TEXT);
    }
    drawing.addWords(
        LEFT + SIDE / 2, bottom + 33, "amount of " + xName, 10.5, Side.MIDDLE, Ink.MUTED);
    drawing.add(
        new Mark.Words(
            12,
            Panel.TOP + SIDE / 2,
            "amount of " + yName,
            10.5,
            Side.MIDDLE,
            Ink.MUTED,
            Turn.UP,
            Weight.PLAIN));
  }

  /// Each compound's ratio from the origin to the border, its name at the end.
  private static void lines(Drawing drawing, Phases phases, int y, int x, double stretch) {
    double bottom = Panel.TOP + SIDE;
    double key = Panel.TOP + 12;
    for (int k = 0; k < phases.phases().size(); k++) {
      var phase = phases.phases().get(k);
      double up = phase.nominal()[y] * stretch;
      double right = phase.nominal()[x];
      double longer = Math.max(up, right);
      if (longer > 0) {
        double[] xs = {LEFT, LEFT + SIDE * right / longer};
        double[] ys = {bottom, bottom - SIDE * up / longer};
        drawing.add(new Mark.Line(xs, ys, Ink.WHITE, 2.6, 0));
        drawing.add(new Mark.Line(xs, ys, Classes.ink(k), 1.6, 0));
        drawing.addLine(LEFT + SIDE + 12, key, LEFT + SIDE + 30, key, Classes.ink(k), 2.4);
        drawing.addWords(LEFT + SIDE + 36, key + 3.6, phase.name(), 10.5, Side.START, Ink.TEXT);
        key += 18;
      }
    }
  }
}
