package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.ScanMaps;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import argand.sampling.Spacing;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Quick pictures from far-field frames without a reconstruction: transmission, differential phase
/// contrast, dark field, integrated phase.
///
/// Of frame j with counts I(q): transmission ΣI over that of the brightest frames; gradient of the
/// phase g = 2π Σ q I / ΣI, q the spatial frequency of a detector pixel [1/m], its median over the
/// scan taken off; dark field, the share of counts outside of the illumination cone, where the mean
/// frame is below `cone` of its maximum. In the limit of a weak phase object g is ∇φ averaged over
/// |P|².
@Paper(
    value =
        "Menzel et al., Scanning transmission X-ray microscopy with a fast framing pixel detector,"
            + " Ultramicroscopy 110, 1143 (2010)",
    doi = "10.1016/j.ultramic.2010.04.007")
public record Preview(
    @Param(value = "pixel of the maps; the step of the scan where it is not given", unit = "m")
        OptionalDouble pixel,
    @Param(
            value = "part of the mean frame's maximum at which the illumination cone ends",
            byDefault = "0.1")
        double cone)
    implements Step.One<DiffractionScan, ScanMaps> {
  /// Share of frames that are taken as empty of sample.
  private static final double EMPTY = 0.02;

  public Preview {
    pixel.ifPresent(p -> Check.within("pixel", p, 1e-12, 1, "m"));
    Check.within("cone", cone, 1e-6, 1, "");
  }

  /// All parameters at their defaults.
  public static Preview defaults() {
    return new Preview(OptionalDouble.empty(), 0.1);
  }

  @Override
  public Class<DiffractionScan> takes() {
    return DiffractionScan.class;
  }

  @Override
  public Class<ScanMaps> gives() {
    return ScanMaps.class;
  }

  /// @throws InvalidInput in a near field, whose frames are images already; for fewer than four
  ///     views
  @Override
  public ScanMaps apply(DiffractionScan scan, Watch watch) {
    if (scan.geometry().regime() != Regime.FAR_FIELD) {
      throw new InvalidInput(
          "preview", "asked of a near field", "a far field", "its frames are images already");
    }
    int count = scan.frames().count();
    Check.atLeast("number of views for a preview", count, 4);
    double[][] moments = moments(scan, watch);
    double step = pixel.orElseGet(() -> Spacing.of(scan.positions()).step(count));
    var surface = new ScatteredSurface(scan.positions(), step);
    var down = surface.through(withoutMedian(moments[1]));
    var right = surface.through(withoutMedian(moments[2]));
    var transmission = surface.through(relative(moments[0]));
    var maps =
        List.of(
            new ScanMaps.Map("Transmission", "", transmission),
            new ScanMaps.Map("Phase gradient down", "rad/m", down),
            new ScanMaps.Map("Phase gradient right", "rad/m", right),
            new ScanMaps.Map("Dark field", "", surface.through(moments[3])),
            new ScanMaps.Map("Integrated phase", "rad", GradientIntegration.of(down, right)));
    for (var map : maps) {
      watch.show(map.name().toLowerCase(java.util.Locale.ROOT), map::values);
    }
    return new ScanMaps(maps, surface.measured(), scan.source().withStep(toString()));
  }

  /// Of each frame: counts, phase gradient along y and x [rad/m], share outside of the cone.
  private double[][] moments(DiffractionScan scan, Watch watch) {
    var grid = scan.geometry().detector();
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good();
    boolean[] lit = cone(scan, good);
    double reach = scan.geometry().beam().wavelength() * scan.geometry().distance();
    double perRow = 2 * Math.PI * grid.pixelY() / reach;
    double perColumn = 2 * Math.PI * grid.pixelX() / reach;
    double[][] moments = new double[4][scan.frames().count()];
    watch
        .workers()
        .forEach(
            scan.frames().count(),
            (j, worker) -> {
              var frame = new RealField(grid);
              scan.frames().read(j, frame);
              double sum = 0;
              double rows = 0;
              double columns = 0;
              double outside = 0;
              for (int i = 0; i < good.length; i++) {
                double counts = good[i] && frame.values()[i] > 0 ? frame.values()[i] : 0; // not NaN
                sum += counts;
                rows += counts * (i / grid.columns() - grid.rows() / 2);
                columns += counts * (i % grid.columns() - grid.columns() / 2);
                outside += lit[i] ? 0 : counts;
              }
              double least = Math.max(sum, Double.MIN_NORMAL);
              moments[0][j] = sum;
              moments[1][j] = perRow * rows / least;
              moments[2][j] = perColumn * columns / least;
              moments[3][j] = outside / least;
            });
    return moments;
  }

  private boolean[] cone(DiffractionScan scan, boolean[] good) {
    var grid = scan.geometry().detector();
    double[] sum = new double[grid.size()];
    var frame = new RealField(grid);
    for (int j = 0; j < scan.frames().count(); j++) {
      scan.frames().read(j, frame);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += good[i] && frame.values()[i] > 0 ? frame.values()[i] : 0; // not NaN
      }
    }
    double most = Arrays.stream(sum).max().orElse(0);
    if (!(most > 0 && most < Double.POSITIVE_INFINITY)) {
      throw new InvalidInput(
          "preview: counts of the brightest pixel over all frames",
          most,
          "a positive number",
          "mask unusable pixels first (maskPixels)");
    }
    boolean[] lit = new boolean[sum.length];
    for (int i = 0; i < lit.length; i++) {
      lit[i] = sum[i] > cone * most;
    }
    return lit;
  }

  private static double[] relative(double[] counts) {
    double[] sorted = counts.clone();
    Arrays.sort(sorted);
    double empty = sorted[(int) ((1 - EMPTY) * (sorted.length - 1))];
    return Arrays.stream(counts).map(value -> value / empty).toArray();
  }

  private static double[] withoutMedian(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double middle = sorted[sorted.length / 2];
    return Arrays.stream(values).map(value -> value - middle).toArray();
  }
}
