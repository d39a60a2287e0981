package argand.figure;

import argand.data.MixedColors;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import argand.figure.Pixels.Range;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/// One image with its title, scale bar and the key to its colours.
///
/// @param title what is shown
/// @param pixels the image
/// @param width of the image [m]; 0 for none, then no scale bar is drawn
/// @param height of the image [m]
/// @param key what the colours mean
public record Panel(String title, BufferedImage pixels, double width, double height, Key key) {
  private static final double SIDE = 330;
  /// Where the image begins, below the title.
  static final double TOP = 30;
  private static final double KEY = 82;
  private static final double WIDE_KEY = 108;
  private static final int STEPS = 128;

  /// The key to the colours.
  public sealed interface Key {
    /// A bar from low to high.
    record Bar(ColorMap colors, Range range, String label) implements Key {}

    /// A bar of powers of ten.
    ///
    /// @param exponents decimal logarithms of its ends
    record Decades(ColorMap colors, Range exponents, String label) implements Key {}

    /// A coloured square with a name for each class; names longer than a dozen letters are cut.
    record Names(List<String> names, List<Ink> inks) implements Key {}

    /// Each map's colour with its name and range, and what they make together.
    record Mix(MixedColors mix) implements Key {}

    /// No key.
    record None() implements Key {}

    /// A bar once around the hues, −π … π.
    record Phase() implements Key {}

    /// A disc: hue is the phase, brightness the modulus from 0 to `full`.
    record Wheel(String label) implements Key {}
  }

  /// A real quantity.
  public static Panel of(
      String title, argand.array.RealField field, Range range, ColorMap colors, String label) {
    var grid = field.grid();
    return new Panel(
        title,
        Pixels.of(field, range, colors),
        grid.columns() * grid.pixelX(),
        grid.rows() * grid.pixelY(),
        new Key.Bar(colors, range, label));
  }

  /// A wrapped phase [rad].
  public static Panel ofPhase(String title, argand.array.RealField phase) {
    var grid = phase.grid();
    return new Panel(
        title,
        Pixels.ofPhase(phase),
        grid.columns() * grid.pixelX(),
        grid.rows() * grid.pixelY(),
        new Key.Phase());
  }

  /// A complex quantity, brightest at the modulus `full`.
  public static Panel of(String title, argand.array.ComplexField field, double full, String label) {
    var grid = field.grid();
    return new Panel(
        title,
        Pixels.of(field, full),
        grid.columns() * grid.pixelX(),
        grid.rows() * grid.pixelY(),
        new Key.Wheel(label));
  }

  private double aspect() {
    return width > 0 ? height / width : (double) pixels.getHeight() / pixels.getWidth();
  }

  /// Points that the image is wide.
  double shownWidth() {
    return aspect() > 1 ? SIDE / aspect() : SIDE;
  }

  /// Points that the image is high.
  double shownHeight() {
    return shownWidth() * aspect();
  }

  /// The longer side of the image is 330 points.
  public Drawing drawing() {
    double w = shownWidth();
    double h = shownHeight();
    double span = Math.max(h, 150);
    double keyWidth =
        switch (key) {
          case Key.Names _, Key.Mix _ -> WIDE_KEY;
          case Key.None() -> 2;
          default -> KEY;
        };
    var drawing = new Drawing(w + keyWidth, TOP + span + 6, title + words());
    drawing.add(new Mark.Words(0, 18, title, 14, Side.START, Ink.TEXT, Turn.NONE, Weight.BOLD));
    drawing.add(new Mark.Image(0, TOP, w, h, pixels));
    if (width > 0) {
      ScaleBar.forWidth(width).draw(drawing, 0, TOP, h, w, width);
    }
    double x = w + 12;
    switch (key) {
      case Key.Bar bar -> bar(drawing, bar, x, h);
      case Key.Phase() -> phase(drawing, x, h);
      case Key.Wheel wheel -> wheel(drawing, wheel, x);
      case Key.Decades decades -> decades(drawing, decades, x, h);
      case Key.Names names -> PanelKeys.names(drawing, names, x, TOP);
      case Key.Mix mix -> PanelKeys.mix(drawing, mix.mix(), x, TOP);
      case Key.None() -> {}
    }
    return drawing;
  }

  private String words() {
    String scale =
        width > 0
            ? ", field of " + Quantities.length(width) + " × " + Quantities.length(height)
            : "";
    return scale
        + switch (key) {
          case Key.Bar bar ->
              ", colours from "
                  + Quantities.plain(bar.range().low())
                  + " to "
                  + Quantities.plain(bar.range().high())
                  + " "
                  + bar.label();
          case Key.Phase() -> ", hue is the phase from −π to π";
          case Key.Wheel wheel -> ", hue is the phase and brightness the " + wheel.label();
          case Key.Decades decades ->
              ", colours by powers of ten from "
                  + Quantities.plain(Math.pow(10, decades.exponents().low()))
                  + " to "
                  + Quantities.plain(Math.pow(10, decades.exponents().high()))
                  + " "
                  + decades.label();
          case Key.Names names -> ", a colour each for " + String.join(", ", names.names());
          case Key.Mix mix ->
              ", colours mixed of "
                  + String.join(
                      ", ",
                      mix.mix().channels().stream()
                          .map(c -> c.map() + " (" + c.tint().name().toLowerCase(Locale.ROOT) + ")")
                          .toList());
          case Key.None() -> "";
        };
  }

  private static void bar(Drawing drawing, Key.Bar bar, double x, double h) {
    double height = Math.min(h, 220);
    double top = TOP + (h - height) / 2 + 8;
    height -= 16;
    strip(drawing, x, top, height, step -> bar.colors().color((step + 0.5) / STEPS));
    double low = bar.range().low();
    double span = bar.range().high() - low;
    for (double value : Ticks.linear(low, bar.range().high(), 5)) {
      double y = top + height * (1 - (value - low) / span);
      mark(drawing, x, y, Ticks.label(value, span / 5));
    }
    upright(drawing, x + 63, top + height / 2, bar.label());
  }

  private static void decades(Drawing drawing, Key.Decades bar, double x, double h) {
    double height = Math.min(h, 220) - 16;
    double top = TOP + (Math.min(h, 220) - height) / 2 + (h - Math.min(h, 220)) / 2;
    strip(drawing, x, top, height, step -> bar.colors().color((step + 0.5) / STEPS));
    double low = bar.exponents().low();
    double span = bar.exponents().high() - low;
    for (double value : Ticks.logarithmic(Math.pow(10, low), Math.pow(10, low + span))) {
      double y = top + height * (1 - (Math.log10(value) - low) / span);
      mark(drawing, x, y, Quantities.plain(value));
    }
    upright(drawing, x + 60, top + height / 2, bar.label());
  }

  private static void phase(Drawing drawing, double x, double h) {
    double height = Math.min(h, 220) - 16;
    double top = TOP + (h - height) / 2;
    strip(
        drawing,
        x,
        top,
        height,
        step -> PhaseWheel.color(-Math.PI + 2 * Math.PI * (step + 0.5) / STEPS));
    String[] labels = {"−π", "−π/2", "0", "π/2", "π"};
    for (int k = 0; k < labels.length; k++) {
      mark(drawing, x, top + height * (1 - k / 4.0), labels[k]);
    }
    upright(drawing, x + 58, top + height / 2, "phase [rad]");
  }

  private static void strip(
      Drawing drawing, double x, double top, double height, IntUnaryOperator color) {
    var strip = new BufferedImage(1, STEPS, BufferedImage.TYPE_INT_RGB);
    for (int step = 0; step < STEPS; step++) {
      strip.setRGB(0, STEPS - 1 - step, color.applyAsInt(step));
    }
    drawing.add(new Mark.Image(x, top, 13, height, strip));
  }

  private static void mark(Drawing drawing, double x, double y, String label) {
    drawing.addLine(x + 13, y, x + 16.5, y, Ink.MUTED, 1);
    drawing.addWords(x + 19, y + 3.6, label, 10.5, Side.START, Ink.TEXT);
  }

  private static void upright(Drawing drawing, double x, double y, String label) {
    drawing.add(new Mark.Words(x, y, label, 10.5, Side.MIDDLE, Ink.MUTED, Turn.UP, Weight.PLAIN));
  }

  private static void wheel(Drawing drawing, Key.Wheel wheel, double x) {
    int n = 192;
    var disc = new BufferedImage(n, n, BufferedImage.TYPE_INT_ARGB);
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double dy = (n / 2.0 - r - 0.5) / (n / 2.0 - 1);
        double dx = (c + 0.5 - n / 2.0) / (n / 2.0 - 1);
        double radius = Math.hypot(dx, dy);
        // One pixel of softness at the rim.
        int opaque = (int) Math.rint(255 * Math.clamp((1 - radius) * n / 2 + 0.5, 0.0, 1.0));
        disc.setRGB(c, r, opaque << 24 | PhaseWheel.color(Math.atan2(dy, dx), radius));
      }
    }
    double side = 52;
    double top = TOP + 14;
    drawing.add(new Mark.Image(x, top, side, side, disc));
    drawing.addWords(x + side + 2, top + side / 2 + 3.5, "0", 10.5, Side.START, Ink.TEXT);
    drawing.addWords(x + side / 2, top - 4, "π/2", 10.5, Side.MIDDLE, Ink.TEXT);
    drawing.addWords(x + side / 2, top + side + 12, "−π/2", 10.5, Side.MIDDLE, Ink.TEXT);
    drawing.addWords(x + side / 2, top + side + 30, "hue: phase", 9.5, Side.MIDDLE, Ink.MUTED);
    drawing.addWords(x + side / 2, top + side + 42, "brightness:", 9.5, Side.MIDDLE, Ink.MUTED);
    drawing.addWords(x + side / 2, top + side + 54, wheel.label(), 9.5, Side.MIDDLE, Ink.MUTED);
  }
}
