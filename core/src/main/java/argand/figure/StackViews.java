package argand.figure;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.MixedColors;
import argand.data.Planes;
import argand.data.Spectrum;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import argand.figure.Pixels.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The pictures of an energy stack: one of its images with what is masked, the maps with their
/// errors, mixed colours, clusters, spectra.
final class StackViews {
  private static final int BINS = 60;
  private static final int LOOKED_AT = 5;
  private static final Ink MASKED = Ink.ORANGE;

  private final EnergyStack stack;
  private final Shrunk shrunk;
  private final Mask mask;

  /// One picture.
  ///
  /// @param file its name as a file, without ending
  record Picture(String file, Drawing drawing, String caption) {}

  StackViews(EnergyStack stack) {
    this.stack = stack.slices() > 1 ? SliceSheet.of(stack) : stack;
    this.shrunk = Shrunk.of(this.stack.grid());
    this.mask = shrunk(this.stack.mask(), shrunk);
  }

  /// The image of greatest contrast, what is masked in it, and the regions.
  Picture overview() {
    int shown = contrasted();
    var image = shrunk.mean(stack.images().plane(shown));
    var range = Range.of(image, mask.count() > 0 ? mask : Mask.all(image.grid()));
    var pixels = Pixels.of(image, range, ColorMap.GRAY);
    int columns = shrunk.grid().columns();
    boolean some = false;
    for (int i = 0; i < mask.good().length; i++) {
      if (!mask.good()[i]) {
        some = true;
        pixels.setRGB(
            i % columns, i / columns, blend(pixels.getRGB(i % columns, i / columns), MASKED.rgb()));
      }
    }
    var panel =
        new Panel(
            String.format(java.util.Locale.ROOT, "Image at %.1f eV", stack.energyEv()[shown]),
            pixels,
            shrunk.width(),
            shrunk.height(),
            new Panel.Key.Bar(
                ColorMap.GRAY, range, label(stack.quantity().words(), stack.quantity().unit())));
    var drawing = panel.drawing();
    double perRow = panel.shownHeight() / stack.grid().rows();
    double perColumn = panel.shownWidth() / stack.grid().columns();
    for (int k = 0; k < stack.findings().regions().size(); k++) {
      var region = stack.findings().regions().get(k);
      double[][] corners = region.shape().outline();
      int n = corners[0].length;
      double[] x = new double[n + 1];
      double[] y = new double[n + 1];
      for (int i = 0; i <= n; i++) {
        x[i] = Math.clamp((corners[1][i % n] + 0.5) * perColumn, 0, panel.shownWidth());
        y[i] = Panel.TOP + Math.clamp((corners[0][i % n] + 0.5) * perRow, 0, panel.shownHeight());
      }
      drawing.add(new Mark.Line(x, y, Ink.WHITE, 3, 0));
      drawing.add(new Mark.Line(x, y, Ink.RED, 1.6, 0));
      name(drawing, region.name(), x, y);
    }
    String masked =
        some
            ? " Orange is masked: "
                + (stack.grid().size() - stack.mask().count())
                + " of "
                + stack.grid().size()
                + " pixels."
            : " No pixel is masked.";
    return new Picture(
        "image",
        drawing,
        "One image of the stack, " + stack.quantity().words() + "." + masked + shrunk.words());
  }

  /// The phase beside the optical density, where it differs most.
  List<Picture> phase() {
    if (stack.phase().isEmpty()) {
      return List.of();
    }
    var images = stack.phase().get().images();
    int shown = contrasted(images);
    var image = shrunk.mean(images.plane(shown));
    var range = Range.of(image, mask.count() > 0 ? mask : Mask.all(image.grid()));
    var panel =
        new Panel(
            String.format(Locale.ROOT, "Phase at %.1f eV", stack.energyEv()[shown]),
            Pixels.of(image, range, ColorMap.GRAY, mask),
            shrunk.width(),
            shrunk.height(),
            new Panel.Key.Bar(ColorMap.GRAY, range, "phase [rad]"));
    return List.of(
        new Picture(
            "phase",
            panel.drawing(),
            "One image of the phase, zero where there is no sample; a delay is negative, so dense"
                + " matter is dark. Pale gray is masked."
                + shrunk.words()));
  }

  /// Above its outline, or below where there is no room.
  private static void name(Drawing drawing, String name, double[] x, double[] y) {
    double left = Arrays.stream(x).min().orElse(0);
    double top = Arrays.stream(y).min().orElse(0);
    double line = top < Panel.TOP + 18 ? Arrays.stream(y).max().orElse(0) + 15 : top - 5;
    drawing.add(new Mark.Box(left, line - 11, 8 + 7.2 * name.length(), 15, Ink.BLACK, 0.62));
    drawing.add(
        new Mark.Words(left + 4, line, name, 12, Side.START, Ink.WHITE, Turn.NONE, Weight.BOLD));
  }

  /// Of a few images over the stack, the one whose good pixels differ most.
  private int contrasted() {
    return contrasted(stack.images());
  }

  private int contrasted(Planes planes) {
    int best = stack.count() - 1;
    double most = -1;
    for (int k = 1; k <= LOOKED_AT; k++) {
      int e = Math.max(0, k * stack.count() / LOOKED_AT - 1);
      var range = Range.of(planes.plane(e), stack.mask());
      if (range.high() - range.low() > most) {
        most = range.high() - range.low();
        best = e;
      }
    }
    return best;
  }

  /// A picture of each map, and of its standard deviation where it is known.
  List<Picture> maps() {
    var pictures = new ArrayList<Picture>();
    for (var map : stack.findings().maps()) {
      pictures.add(map(map));
      map.sigma()
          .ifPresent(
              sigma ->
                  pictures.add(
                      map(
                          new FoundMap(
                              "σ of " + map.name(),
                              map.unit(),
                              sigma,
                              java.util.Optional.empty()))));
    }
    return pictures;
  }

  private Picture map(FoundMap map) {
    var small = Shrunk.of(map.values().grid());
    var values = small.mean(map.values());
    var where = sameSize(map.values().grid()) ? mask : Mask.all(small.grid());
    boolean log = isLogarithmic(map, values, where);
    boolean error = map.name().startsWith("σ of ");
    var colors = error || log ? ColorMap.MAGMA : ColorMap.VIRIDIS;
    String label = label(log ? map.name() : error ? "σ" : "", map.unit());
    Panel panel;
    if (log) {
      var exponents = new RealField(values.grid());
      for (int i = 0; i < exponents.values().length; i++) {
        float value = values.values()[i];
        exponents.values()[i] = value > 0 ? (float) Math.log10(value) : Float.NaN;
      }
      var range = Range.of(exponents, where);
      panel =
          new Panel(
              map.name(),
              Pixels.of(exponents, range, colors, where),
              small.width(),
              small.height(),
              new Panel.Key.Decades(colors, range, label + " (log scale)"));
    } else {
      var range = Range.of(values, where);
      panel =
          new Panel(
              map.name(),
              Pixels.of(values, range, colors, where),
              small.width(),
              small.height(),
              new Panel.Key.Bar(colors, range, label));
    }
    return new Picture(
        file(map.name()),
        panel.drawing(),
        (error ? "Standard deviation of each pixel" + ofPrior(map.name()) + ". " : "")
            + (log ? "Logarithmic scale. " : "")
            + "Pale gray is masked or unknown."
            + small.words());
  }

  /// What the error of a fraction leaves out where neighbours helped each other.
  private String ofPrior(String name) {
    boolean smoothed =
        name.startsWith("σ of fraction of ")
            && stack.findings().quality().metrics().containsKey("priorWeight");
    return smoothed
        ? ": of the noise that the prior has left, without what it displaces at edges (its bias)"
        : "";
  }

  /// What a fit left over spans decades: fitting errors, misfits, χ².
  private static boolean isLogarithmic(FoundMap map, RealField values, Mask where) {
    var range = Range.of(values, where);
    if (range.low() < 0 || range.high() <= 0) {
      return false;
    }
    String name = map.name().toLowerCase(Locale.ROOT);
    return name.contains("fitting error")
        || name.contains("misfit")
        || name.contains("χ²")
        || name.contains("chi-square");
  }

  /// Each mix whose maps are there.
  List<Picture> mixes() {
    var pictures = new ArrayList<Picture>();
    for (var mix : stack.findings().mixes()) {
      boolean there = mix.maps().stream().allMatch(name -> stack.findings().map(name).isPresent());
      if (there) {
        pictures.add(mix(mix));
      }
    }
    return pictures;
  }

  private Picture mix(MixedColors mix) {
    var maps =
        mix.maps().stream()
            .map(name -> shrunk.mean(stack.findings().map(name).orElseThrow().values()))
            .toList();
    var light = new RealField(shrunk.grid());
    Arrays.fill(light.values(), 1);
    mix.brightness()
        .flatMap(b -> stack.findings().map(b.map()))
        .ifPresent(
            map -> {
              var values = shrunk.mean(map.values());
              double full = mix.brightness().orElseThrow().full();
              for (int i = 0; i < light.values().length; i++) {
                light.values()[i] = (float) (values.values()[i] / full);
              }
            });
    var panel =
        new Panel(
            String.join(", ", mix.maps()),
            MixedPixels.of(mix, maps, light, mask),
            shrunk.width(),
            shrunk.height(),
            new Panel.Key.Mix(mix));
    return new Picture(
        "mix-" + file(String.join(" ", mix.maps())),
        panel.drawing(),
        "Maps mixed by colour"
            + mix.brightness().map(b -> ", as bright as “" + b.map() + "”").orElse("")
            + ". Black is masked or unknown."
            + shrunk.words());
  }

  /// The clusters and their mean spectra.
  List<Picture> clusters() {
    return stack
        .findings()
        .clusters()
        .map(c -> ClusterViews.of(c, stack.findings().bands()))
        .orElse(List.of());
  }

  /// Spectra that belong to no region, which has its own figure, one plot for each quantity.
  List<Picture> spectra() {
    var others = new ArrayList<Spectrum>();
    for (var spectrum : stack.findings().spectra()) {
      if (stack.findings().regions().stream()
          .noneMatch(region -> spectrum.name().startsWith(region.name()))) {
        others.add(spectrum);
      }
    }
    return SpectraViews.of(
        "spectra", "Spectra", "", others, SpectraViews.inks(others), stack.findings().bands());
  }

  /// How often each value occurs among the good pixels of the maps without a unit, which are
  /// fractions and ratios.
  List<Picture> histograms() {
    var curves = new ArrayList<Curve>();
    for (var map : stack.findings().maps()) {
      if (map.unit().isEmpty()
          && sameSize(map.values().grid())
          && curves.size() < 6
          && !isLogarithmic(map, map.values(), stack.mask())) {
        histogram(map).ifPresent(curves::add);
      }
    }
    return curves.isEmpty()
        ? List.of()
        : List.of(
            new Picture(
                "histograms",
                new Plot("How often each value occurs", curves, Plot.Scale.LINEAR).drawing(),
                "Good pixels only, between the 0.5th and the 99.5th hundredth of the values; "
                    + BINS
                    + " bins."));
  }

  private java.util.Optional<Curve> histogram(FoundMap map) {
    var range = Range.of(map.values(), stack.mask());
    double[] x = new double[BINS];
    double[] y = new double[BINS];
    long all = 0;
    for (int i = 0; i < map.values().values().length; i++) {
      double share = (map.values().values()[i] - range.low()) / (range.high() - range.low());
      if (stack.mask().good()[i] && share >= 0 && share <= 1) {
        y[Math.min(BINS - 1, (int) (share * BINS))]++;
        all++;
      }
    }
    for (int b = 0; b < BINS; b++) {
      x[b] = range.low() + (b + 0.5) / BINS * (range.high() - range.low());
      y[b] = 100.0 * y[b] / Math.max(1, all);
    }
    return all == 0
        ? java.util.Optional.empty()
        : java.util.Optional.of(new Curve(map.name(), "value", "pixels [%]", x, y));
  }

  private boolean sameSize(Grid grid) {
    return grid.rows() == stack.grid().rows() && grid.columns() == stack.grid().columns();
  }

  /// Good where any pixel of the block is.
  private static Mask shrunk(Mask mask, Shrunk shrunk) {
    int[] label = new int[mask.good().length];
    for (int i = 0; i < label.length; i++) {
      label[i] = mask.good()[i] ? 0 : -1;
    }
    int[] most = shrunk.most(label, 1);
    boolean[] good = new boolean[most.length];
    for (int i = 0; i < good.length; i++) {
      good[i] = most[i] == 0;
    }
    return new Mask(shrunk.grid(), good);
  }

  private static int blend(int rgb, int over) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      mixed |= ((rgb >> shift & 0xff) * 45 + (over >> shift & 0xff) * 55) / 100 << shift;
    }
    return mixed;
  }

  private static String label(String words, String unit) {
    return unit.isEmpty() ? words : (words + " [" + unit + "]").strip();
  }

  static String file(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("σ", "sigma")
        .replace("²", "2")
        .replaceAll("[^a-z0-9+]+", "-")
        .replaceAll("^-|-$", "");
  }
}
