package argand.figure;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.Phases;
import argand.data.StructuredScan;
import argand.figure.Pixels.Range;
import argand.segment.Otsu;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The pictures of a structured scan: patterns, what was counted, transmission image, and the maps
/// with its outlines.
final class StructuredViews {
  /// End of the names of maps that classifyPhases makes of others.
  private static final String AMOUNT = ", amount";

  private static final int SHOWN = 2;
  private static final int SIGNALS = 6;

  /// Patterns whose signals are shown: more are a black band.
  private static final int DRAWN = 120;

  private StructuredViews() {}

  static List<StackViews.Picture> of(StructuredScan scan) {
    var pictures = new ArrayList<StackViews.Picture>();
    maps(scan, pictures);
    scan.findings().phases().ifPresent(phases -> compounds(scan, phases, pictures));
    scan.guide()
        .ifPresent(
            guide ->
                pictures.add(
                    new StackViews.Picture(
                        "transmission",
                        outlined(
                            scan,
                            Panel.of(
                                "Transmission image",
                                guide,
                                Range.of(guide),
                                ColorMap.GRAY,
                                "optical density")),
                        "−ln I/I₀ of the sample in even light; its outlines, half way to Otsu's"
                            + " threshold, are drawn over the maps too.")));
    for (int j = 0; j < Math.min(SHOWN, scan.count()); j++) {
      pictures.add(pattern(scan.patterns().plane(j), j));
    }
    if (!scan.signals().isEmpty()) {
      pictures.add(signals(scan));
    }
    for (var map : scan.findings().quality().maps()) {
      pictures.add(
          new StackViews.Picture(
              StackViews.file(map.name()), dependence(map.values()), DEPENDENCE));
    }
    return pictures;
  }

  private static final String DEPENDENCE =
      "Each column belongs to one pixel: its correlation over the patterns with other pixels, the"
          + " nearest on top. The fewer bright rows, the finer the grain of the light.";

  private static void maps(StructuredScan scan, List<StackViews.Picture> pictures) {
    for (var map : scan.findings().maps()) {
      if (map.name().endsWith(AMOUNT)) {
        continue; // the same picture in another unit
      }
      String unit = map.unit().isEmpty() ? "signal per light" : map.unit() + " per light";
      var panel =
          Panel.of(map.name(), map.values(), fromZero(map.values()), ColorMap.VIRIDIS, unit);
      pictures.add(
          new StackViews.Picture(
              StackViews.file(map.name()),
              outlined(scan, panel),
              "What gave the signal, for each unit of the patterns' light"
                  + (scan.guide().isPresent() ? "; lines outline the transmission image." : ".")));
      map.sigma()
          .ifPresent(
              sigma ->
                  pictures.add(
                      new StackViews.Picture(
                          StackViews.file("σ of " + map.name()),
                          outlined(
                              scan,
                              Panel.of(
                                  "σ of " + map.name(),
                                  sigma,
                                  fromZero(sigma),
                                  ColorMap.MAGMA,
                                  unit)),
                          "Standard deviation of each pixel by noise.")));
    }
  }

  private static void compounds(
      StructuredScan scan, Phases phases, List<StackViews.Picture> pictures) {
    pictures.add(
        new StackViews.Picture(
            "compounds",
            outlined(scan, PhaseViews.map(phases)),
            "The compound whose ratios of elements each pixel has; pale gray has too little of all,"
                + " black could be more than one."));
    pictures.add(
        new StackViews.Picture(
            "probability-of-the-compound",
            outlined(scan, PhaseViews.confidence(phases)),
            "Of the compound that explains the pixel best."));
    pictures.addAll(PhaseViews.histograms(scan, phases));
  }

  /// Amounts are compared with none.
  private static Range fromZero(RealField field) {
    var range = Range.of(field);
    return range.low() > 0 && range.high() > 0 ? new Range(0, range.high()) : range;
  }

  private static Drawing outlined(StructuredScan scan, Panel panel) {
    var drawing = panel.drawing();
    scan.guide()
        .ifPresent(
            guide -> {
              double level = Otsu.threshold(guide, Mask.all(guide.grid())) / 2;
              Outlines.over(drawing, panel, guide, level);
            });
    return drawing;
  }

  private static StackViews.Picture pattern(RealField pattern, int index) {
    return new StackViews.Picture(
        "pattern-" + (index + 1),
        Panel.of("Pattern " + (index + 1), pattern, Range.of(pattern), ColorMap.GRAY, "intensity")
            .drawing(),
        "Light on the sample, without the sample.");
  }

  /// Each over its own mean.
  private static StackViews.Picture signals(StructuredScan scan) {
    int count = Math.min(DRAWN, scan.count());
    double[] number = IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    var curves = new ArrayList<Curve>();
    for (var signal : scan.signals().subList(0, Math.min(SIGNALS, scan.signals().size()))) {
      double mean = 0;
      for (double value : signal.values()) {
        mean += value / signal.values().length;
      }
      double[] over = new double[count];
      for (int j = 0; j < count; j++) {
        over[j] = signal.values()[j] / mean;
      }
      curves.add(new Curve(signal.name(), "pattern", "signal over its mean", number, over));
    }
    return new StackViews.Picture(
        "signals",
        new Plot("What was counted", curves, Plot.Scale.LINEAR).drawing(),
        "Signals of the first " + count + " patterns, each over its mean.");
  }

  /// Rows of near pixels, on a scale that it shares with others.
  private static Drawing dependence(RealField map) {
    var range = new Range(-0.5, 1);
    return new Panel(
            "Dependence map",
            Pixels.of(map, range, ColorMap.MAGMA),
            0,
            0,
            new Panel.Key.Bar(ColorMap.MAGMA, range, "correlation"))
        .drawing();
  }

  /// Patterns, pixels, and each map in three numbers.
  static List<List<String>> numbers(StructuredScan scan) {
    var rows = new ArrayList<List<String>>();
    var grid = scan.grid();
    rows.add(
        List.of(
            "Patterns",
            scan.count() + " of " + grid.rows() + " × " + grid.columns() + " pixels",
            String.format(
                Locale.ROOT,
                "%.3g %% of what would determine every pixel.",
                100.0 * scan.count() / grid.size())));
    rows.add(List.of("Pixel", Quantities.length(grid.pixelX()), "On the sample."));
    for (var map : scan.findings().maps()) {
      rows.add(MapNumbers.row(map, Mask.all(map.values().grid())));
    }
    return rows;
  }
}
