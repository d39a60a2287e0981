package argand.figure;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.LineAreas;
import argand.data.ObjectStack;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The pictures of a reconstruction or of an energy stack as files: images as PNG, curves as SVG
/// and PNG.
public final class Panels {
  private Panels() {}

  /// Writes `amplitude.png`, `phase.png`, `phase-unwrapped.png`, `probe.png` (`probe-2.png` … for
  /// further modes), `positions.png`, `residual.svg` and `.png`, and one pair of files for each
  /// figure and one PNG for each map of the quality.
  public static void of(Reconstruction result, Path folder) {
    var views = new Views(result);
    Raster.write(views.amplitude().drawing(), folder.resolve("amplitude.png"));
    Raster.write(views.phase().drawing(), folder.resolve("phase.png"));
    Raster.write(views.unwrapped().drawing(), folder.resolve("phase-unwrapped.png"));
    for (int mode = 0; mode < result.probe().modes().size(); mode++) {
      String name = mode == 0 ? "probe.png" : "probe-" + (mode + 1) + ".png";
      Raster.write(views.probe(mode).drawing(), folder.resolve(name));
    }
    Raster.write(views.positions(), folder.resolve("positions.png"));
    for (var plot : plots(result)) {
      both(plot, folder, fileName(plot.title()));
    }
    for (var map : result.quality().maps()) {
      Raster.write(map(map).drawing(), folder.resolve(fileName(map.name()) + ".png"));
    }
  }

  /// Writes one PNG for each picture of the stack and of what was found in it, and one pair of
  /// files
  /// for each figure of its quality.
  public static void of(EnergyStack stack, Path folder) {
    var views = new StackViews(stack);
    var pictures = new ArrayList<StackViews.Picture>();
    pictures.add(views.overview());
    pictures.addAll(views.phase());
    pictures.addAll(views.mixes());
    pictures.addAll(views.clusters());
    pictures.addAll(views.maps());
    pictures.addAll(views.histograms());
    pictures.addAll(views.spectra());
    for (var picture : pictures) {
      Raster.write(picture.drawing(), folder.resolve(picture.file() + ".png"));
    }
    stack
        .findings()
        .quality()
        .figures()
        .forEach(
            (title, curves) ->
                both(plot(title, curves).with(stack.findings().bands()), folder, fileName(title)));
  }

  /// Writes one PNG for each picture of the objects, and one pair of files for each figure of their
  /// quality.
  public static void of(ObjectStack stack, Path folder) {
    for (var picture : ObjectViews.of(stack)) {
      Raster.write(picture.drawing(), folder.resolve(picture.file() + ".png"));
    }
    stack
        .findings()
        .quality()
        .figures()
        .forEach((title, curves) -> both(plot(title, curves), folder, fileName(title)));
  }

  /// Writes one PNG for each picture of the areas, and one pair of files for each figure of their
  /// quality.
  public static void of(LineAreas areas, Path folder) {
    for (var picture : FluorescenceViews.of(areas)) {
      Raster.write(picture.drawing(), folder.resolve(picture.file() + ".png"));
    }
    areas
        .quality()
        .figures()
        .forEach((title, curves) -> both(plot(title, curves), folder, fileName(title)));
  }

  /// Writes one PNG for each picture of the scan and of what was found in it, and one pair of files
  /// for each figure of its quality.
  public static void of(StructuredScan scan, Path folder) {
    for (var picture : StructuredViews.of(scan)) {
      Raster.write(picture.drawing(), folder.resolve(picture.file() + ".png"));
    }
    scan.findings()
        .quality()
        .figures()
        .forEach((title, curves) -> both(plot(title, curves), folder, fileName(title)));
  }

  /// A map of a quality; where nothing is known it has the colour of its lowest value.
  static Panel map(ScanMaps.Map map) {
    var values = map.values();
    var known = new RealField(values.grid());
    boolean[] where = new boolean[values.values().length];
    for (int i = 0; i < where.length; i++) {
      where[i] = Float.isFinite(values.values()[i]);
    }
    var range = Pixels.Range.of(values, new Mask(values.grid(), where));
    for (int i = 0; i < where.length; i++) {
      known.values()[i] = where[i] ? values.values()[i] : (float) range.low();
    }
    return Panel.of(
        map.name(), known, range, ColorMap.MAGMA, map.unit().isEmpty() ? "ratio" : map.unit());
  }

  /// The residual, and every figure of the quality that is not the residual again.
  static List<Plot> plots(Reconstruction result) {
    var plots = new ArrayList<Plot>();
    boolean residual = !result.residuals().isEmpty();
    if (residual) {
      plots.add(Plot.ofResiduals(result.residuals()));
    }
    result
        .quality()
        .figures()
        .forEach(
            (title, curves) -> {
              if (!curves.isEmpty() && !(residual && title.equalsIgnoreCase("residual"))) {
                plots.add(plot(title, curves));
              }
            });
    return plots;
  }

  /// A figure of a quality: correlations on an axis from 0 to 1, everything else on an even one.
  static Plot plot(String title, List<Curve> curves) {
    boolean correlation =
        curves.getFirst().labelY().toLowerCase(Locale.ROOT).contains("correlation");
    return new Plot(title, curves, correlation ? Plot.Scale.UNIT : Plot.Scale.LINEAR);
  }

  private static void both(Plot plot, Path folder, String name) {
    var drawing = plot.drawing();
    Svg.write(drawing, folder.resolve(name + ".svg"));
    Raster.write(drawing, folder.resolve(name + ".png"));
  }

  private static String fileName(String title) {
    String name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return name.startsWith("fourier-ring-correlation")
        ? "frc" + name.substring("fourier-ring-correlation".length())
        : name;
  }
}
