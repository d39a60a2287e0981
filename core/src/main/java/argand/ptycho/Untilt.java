package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// Far-field frames of a tilted detector, or of a tilted sample, as they would be without the tilt
/// ({@link TiltedPlane}, {@link UntiltedFrames}); the angle is looked for where asked.
///
/// For each angle that is tried, a few views around the middle of the scan are reconstructed in a
/// few passes of {@link Rpie}; the angle of the least Σ(|u|−√I)²/ΣI is found by golden section in
/// stated ± search, first to the right, then down. The direct beam must lie at
/// (rows/2, columns/2): center the frames first. Where all angles are small the frame is only
/// stretched, by 1/cos of the tilt: then the tilt's sign is not seen, and a scan whose axes have
/// different scales looks alike.
@Paper(
    value =
        "A. de Beurs et al., aPIE: an angle calibration algorithm for reflection ptychography, Opt."
            + " Lett. 47, 1949 (2022)",
    doi = "10.1364/OL.453655")
public record Untilt(
    @Param(value = "what is tilted, and by how much") TiltedPlane tilted,
    @Param(
            value = "the angle down is looked for so far to both sides; 0 takes it as it is",
            unit = "rad",
            byDefault = "0 deg")
        double searchDown,
    @Param(
            value =
                "the angle to the right is looked for so far to both sides; 0 takes it as it is",
            unit = "rad",
            byDefault = "0 deg")
        double searchRight,
    @Param(value = "views around the middle of the scan for the search", byDefault = "60")
        int views,
    @Param(value = "passes over them for each angle that is tried", byDefault = "30") int passes)
    implements ScanStep {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /// Parts of the searched range that an angle is found to.
  private static final int PARTS = 60;

  public Untilt {
    Check.within("searchDown", searchDown, 0, TiltedPlane.MOST, "rad");
    Check.within("searchRight", searchRight, 0, TiltedPlane.MOST, "rad");
    if (Math.abs(tilted.down()) + searchDown > TiltedPlane.MOST
        || Math.abs(tilted.right()) + searchRight > TiltedPlane.MOST) {
      throw new InvalidInput(
          "untilt", "a search beyond 80 deg", "angles of at most 80 deg", "search less far");
    }
    Check.atLeast("views", views, 8);
    Check.atLeast("passes", passes, 5);
  }

  /// The angle as it is stated.
  public static Untilt by(TiltedPlane tilted) {
    return new Untilt(tilted, 0, 0, 60, 30);
  }

  /// @throws InvalidInput for a near field
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    if (scan.geometry().regime() != Regime.FAR_FIELD) {
      throw new InvalidInput("untilt", "asked of a near field", "a far field", "leave untilt out");
    }
    var found = found(scan, watch);
    String said =
        String.format(
            Locale.ROOT,
            "untilt: %s tilted by %.2f deg down and %.2f deg to the right%s",
            found instanceof TiltedPlane.Detector ? "detector" : "sample",
            Math.toDegrees(found.down()),
            Math.toDegrees(found.right()),
            searchDown + searchRight > 0 ? ", found by the residual" : "");
    watch.tell(new Progress.Noted(said));
    var flat = untilted(scan, found);
    return flat.withSource(flat.source().withStep(said));
  }

  /// The tilt as stated, or as found.
  TiltedPlane found(DiffractionScan scan, Watch watch) {
    if (searchDown == 0 && searchRight == 0) {
      return tilted;
    }
    var some = OrientationTrial.reduced(scan, views, watch.workers());
    double right = tilted.right();
    double down = tilted.down();
    if (searchRight > 0) {
      double fixed = down;
      right = least(right, searchRight, angle -> residual(some, tilted.at(fixed, angle), watch));
    }
    if (searchDown > 0) {
      double fixed = right;
      down = least(down, searchDown, angle -> residual(some, tilted.at(angle, fixed), watch));
    }
    return tilted.at(down, right);
  }

  private double residual(DiffractionScan some, TiltedPlane plane, Watch watch) {
    double residual =
        Ptychography.of(Rpie.DEFAULT, passes)
            .apply(untilted(some, plane), Watch.SILENT)
            .residuals()
            .getLast();
    watch.tell(
        new Progress.Noted(
            String.format(
                Locale.ROOT,
                "untilt: %.2f deg down, %.2f deg to the right leave a residual of %.5f",
                Math.toDegrees(plane.down()),
                Math.toDegrees(plane.right()),
                residual)));
    return residual;
  }

  /// Where in middle ± reach a function with one valley is least.
  private static double least(double middle, double reach, DoubleUnaryOperator of) {
    double from = middle - reach;
    double to = middle + reach;
    double a = to - GOLDEN * (to - from);
    double b = from + GOLDEN * (to - from);
    double atA = of.applyAsDouble(a);
    double atB = of.applyAsDouble(b);
    while (to - from > 2 * reach / PARTS) {
      if (atA < atB) {
        to = b;
        b = a;
        atB = atA;
        a = to - GOLDEN * (to - from);
        atA = of.applyAsDouble(a);
      } else {
        from = a;
        a = b;
        atA = atB;
        b = from + GOLDEN * (to - from);
        atB = of.applyAsDouble(b);
      }
    }
    return atA < atB ? a : b;
  }

  private static DiffractionScan untilted(DiffractionScan scan, TiltedPlane plane) {
    var frames = new UntiltedFrames(scan.frames(), plane, scan.geometry().distance(), false);
    var trusted = scan.mask().orElseGet(() -> Mask.all(scan.frames().grid()));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        frames,
        Optional.of(frames.mask(trusted)),
        scan.probe(),
        scan.source());
  }
}
