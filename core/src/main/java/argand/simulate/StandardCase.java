package argand.simulate;

import argand.array.Grid;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.ZonePlate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The far-field measurement by which ptychography programs are compared here, and its negative
/// control.
///
/// 8 keV, 5 m, pixels of 75 µm; 200 views on a Fermat spiral, mean step 0.078 of a frame; object
/// amplitude 0.6 … 1 and phase over 2 rad; a zone plate with central stop, defocus and
/// astigmatism; shot noise. Solvers start from a wrong probe: a hard disc without stop and
/// astigmatism, its defocus a fifth too large. Lengths follow the sample pixel, so that the case
/// looks alike in every frame size.
public final class StandardCase {
  private static final double DISTANCE = 5;
  private static final double PIXEL = 75e-6;
  private static final double DIAMETER = 100e-6;
  private static final int VIEWS = 200;

  private StandardCase() {}

  /// 61 photons meet the sample for each pixel of a frame; two thirds of them reach the detector,
  /// 10⁶ for a frame of 128².
  public static SimulateScan farField(int size, long seed) {
    return withStep(size, 0.078, seed);
  }

  /// The same with steps of half a frame, twice the diameter of the probe: no two views see the
  /// same place, and nothing fixes the phase.
  public static SimulateScan withoutOverlap(int size, long seed) {
    return withStep(size, 0.5, seed);
  }

  /// The same with so many views, each of which the probe missed by so much along each axis, rms,
  /// normally distributed [px of the sample].
  public static SimulateScan misplaced(int size, int views, double errorPx, long seed) {
    var detector = DetectorChain.photonCounting(photons(size));
    return of(size, views, 0.078, errorPx, detector, seed);
  }

  /// The same measured by another detector; its photons are its own.
  public static SimulateScan farField(int size, DetectorChain detector, long seed) {
    return withStep(size, 0.078, detector, seed);
  }

  /// The same, three tenths of its light in two further modes: powers of 0.7, 0.2 and 0.1, the
  /// source trembling by 5 pixels of the sample to each side.
  public static SimulateExtendedScan partlyCoherent(int size, long seed) {
    var plain = farField(size, seed);
    double tremble = 5 * plain.geometry().sample().pixelY();
    return SimulateExtendedScan.of(plain)
        .coherence(new PartialCoherence(List.of(0.7, 0.2, 0.1), tremble));
  }

  /// Photons that meet the sample in one frame of this size.
  public static double photons(int size) {
    return 1.5e6 * size * size / (128.0 * 128.0);
  }

  private static SimulateScan withStep(int size, double step, long seed) {
    return withStep(size, step, DetectorChain.photonCounting(photons(size)), seed);
  }

  private static SimulateScan withStep(int size, double step, DetectorChain detector, long seed) {
    return of(size, VIEWS, step, 0, detector, seed);
  }

  private static SimulateScan of(
      int size, int views, double step, double errorPx, DetectorChain detector, long seed) {
    var beam = new Beam.XRays(8000);
    var geometry = Geometry.farField(beam, DISTANCE, Grid.square(size, size, PIXEL));
    double pixel = geometry.sample().pixelY();
    double field = size * pixel;
    double outerZone = 2.5 * pixel; // the pupil's radius is a fifth of the detector
    double defocus = 0.25 * field * outerZone / beam.wavelength(); // the beam, a quarter of a frame
    return new SimulateScan(
        beam,
        DISTANCE,
        size,
        PIXEL,
        Geometry.Regime.FAR_FIELD,
        OptionalDouble.empty(),
        new Texture(8 * pixel, 0.6, 1, 2, seed),
        new ZonePlate(DIAMETER, outerZone, 0.3 * DIAMETER, defocus, 0.2 * defocus, 0.5),
        new FermatSpiral(step * field, views),
        detector,
        errorPx * pixel,
        Optional.of(new ZonePlate(DIAMETER, outerZone, 0, 1.2 * defocus, 0, 0)),
        2,
        2,
        seed);
  }
}
