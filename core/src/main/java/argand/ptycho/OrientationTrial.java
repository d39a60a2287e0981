package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Orientation;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A short reconstruction of a few views with their frames turned in one way.
///
/// @param how the frames were turned
/// @param result after the last pass
/// @param residual relative amplitude error Σ(|u|−√I)²/ΣI
/// @param errors Σ(|u|−√I)² of each view [counts]
record OrientationTrial(Orientation how, Reconstruction result, double residual, double[] errors) {
  /// Frames are not made smaller than this along a side, where they are larger.
  private static final int LEAST_SIDE = 64;

  /// Share of the mean frame's counts that a cropped far-field frame keeps at least.
  private static final double KEPT = 0.98;

  /// From the probe that came with the scan, or that of the mean frame.
  static OrientationTrial of(DiffractionScan small, Orientation how, int passes) {
    return of(small, how, Ptychography.of(Rpie.DEFAULT, passes));
  }

  static OrientationTrial of(DiffractionScan small, Orientation how, Ptychography ptychography) {
    var turned = how.turn(small);
    var result = ptychography.apply(turned, Watch.SILENT);
    var windows = new Windows(turned.positions(), turned.geometry().sample(), true, 0);
    var model = new PtychoModel(turned, windows, 1);
    var waves = new ExitWaves(model, result.probe().modes());
    double[] errors =
        IntStream.range(0, model.count())
            .mapToDouble(j -> waves.detector().error(waves.of(result.object(), j), j))
            .toArray();
    return new OrientationTrial(how, result, Arrays.stream(errors).sum() / model.counts(), errors);
  }

  /// The geometric mean of the residuals of all passes: small where the start was near.
  double effort() {
    return Math.exp(
        result.residuals().stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  /// How much less the errors are than those of another trial: mean over views ÷ its standard
  /// error.
  double significance(OrientationTrial other) {
    int n = errors.length;
    double sum = 0;
    double square = 0;
    for (int j = 0; j < n; j++) {
      double less = other.errors[j] - errors[j];
      sum += less;
      square += less * less;
    }
    double variance = (square - sum * sum / n) / (n - 1);
    return sum == 0 ? 0 : sum / n / Math.sqrt(Math.max(variance, Double.MIN_NORMAL) / n);
  }

  /// So many views around the middle of the scan, their frames cropped in the far field to where
  /// the light is, binned in the near field.
  static DiffractionScan reduced(DiffractionScan scan, int views, Workers workers) {
    var some = scan.select(middle(scan.positions(), views));
    Grid detector = scan.geometry().detector();
    boolean far = scan.geometry().regime() == Regime.FAR_FIELD;
    int factor = Math.max(1, Math.min(detector.rows(), detector.columns()) / (2 * LEAST_SIDE));
    if (!far && detector.rows() % factor == 0 && detector.columns() % factor == 0) {
      var coarse =
          new Grid(
              detector.rows() / factor,
              detector.columns() / factor,
              detector.pixelY() * factor,
              detector.pixelX() * factor);
      return smaller(some, coarse, 0, 0, factor, workers);
    }
    if (!far) {
      return smaller(some, detector, 0, 0, 1, workers);
    }
    var kept = lit(some);
    return smaller(
        some,
        kept,
        detector.rows() / 2 - kept.rows() / 2,
        detector.columns() / 2 - kept.columns() / 2,
        1,
        workers);
  }

  /// The views nearest to the middle of all, in the order of the scan.
  private static int[] middle(ScanPositions positions, int views) {
    double y = Arrays.stream(positions.y()).average().orElseThrow();
    double x = Arrays.stream(positions.x()).average().orElseThrow();
    return IntStream.range(0, positions.count())
        .boxed()
        .sorted(
            Comparator.comparingDouble(j -> Math.hypot(positions.y()[j] - y, positions.x()[j] - x)))
        .limit(views)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// The smallest window about zero frequency that holds nearly all the light.
  private static Grid lit(DiffractionScan scan) {
    Grid detector = scan.geometry().detector();
    var mask = scan.mask().orElseGet(() -> Mask.all(detector));
    double[] within = new double[Math.max(detector.rows(), detector.columns()) / 2 + 1];
    var frame = new RealField(detector);
    double all = 0;
    for (int j = 0; j < scan.frames().count(); j++) {
      scan.frames().read(j, frame);
      for (int i = 0; i < detector.size(); i++) {
        if (mask.good()[i] && frame.values()[i] > 0) { // not NaN
          int r = Math.abs(i / detector.columns() - detector.rows() / 2);
          int c = Math.abs(i % detector.columns() - detector.columns() / 2);
          within[Math.max(r, c)] += frame.values()[i];
          all += frame.values()[i];
        }
      }
    }
    double sum = 0;
    int half = 0;
    while (half < within.length && (sum < KEPT * all || half < LEAST_SIDE / 2)) {
      sum += within[half++];
    }
    int side = (2 * half + 15) / 16 * 16;
    return detector.resized(Math.min(side, detector.rows()), Math.min(side, detector.columns()));
  }

  private static DiffractionScan smaller(
      DiffractionScan scan, Grid grid, int top, int left, int factor, Workers workers) {
    Grid old = scan.geometry().detector();
    var geometry = scan.geometry().withDetector(grid);
    boolean[] trusted = scan.mask().orElseGet(() -> Mask.all(old)).good();
    var fields = new RealField[scan.frames().count()];
    workers.forEach(
        fields.length,
        (j, worker) -> {
          var whole = new RealField(old);
          scan.frames().read(j, whole);
          fields[j] = new RealField(grid);
          for (int i = 0; i < grid.rows() * factor * grid.columns() * factor; i++) {
            int r = i / (grid.columns() * factor);
            int c = i % (grid.columns() * factor);
            float value = whole.values()[(top + r) * old.columns() + left + c];
            fields[j].values()[r / factor * grid.columns() + c / factor] +=
                value < 0 ? 0 : value; // NaN stays
          }
        });
    boolean[] good = Mask.all(grid).good();
    for (int i = 0; i < grid.rows() * factor * grid.columns() * factor; i++) {
      int r = i / (grid.columns() * factor);
      int c = i % (grid.columns() * factor);
      good[r / factor * grid.columns() + c / factor] &=
          trusted[(top + r) * old.columns() + left + c];
    }
    Optional<Probe> probe =
        factor > 1
            ? Optional.empty()
            : scan.probe().flatMap(p -> follow(p, old, geometry.sample()));
    return new DiffractionScan(
        geometry,
        scan.positions(),
        Frames.of(List.of(fields)),
        Optional.of(new Mask(grid, good)),
        probe,
        scan.source());
  }

  /// The strongest mode in the pixels of a smaller frame, as its spectrum says.
  private static Optional<Probe> follow(Probe probe, Grid detector, Grid sample) {
    var mode = probe.modes().getFirst();
    Grid grid = mode.grid();
    if (grid.rows() != detector.rows() || grid.columns() != detector.columns()) {
      return Optional.empty();
    }
    var spectrum = mode.copy();
    new Fft2(grid.rows(), grid.columns()).forward(spectrum);
    var part = new ComplexField(sample);
    int top = grid.rows() / 2 - sample.rows() / 2;
    int left = grid.columns() / 2 - sample.columns() / 2;
    for (int r = 0; r < sample.rows(); r++) {
      for (int c = 0; c < sample.columns(); c++) {
        part.set(r, c, spectrum.re(top + r, left + c), spectrum.im(top + r, left + c));
      }
    }
    new Fft2(sample.rows(), sample.columns()).inverse(part);
    return Optional.of(Probe.of(part));
  }
}
