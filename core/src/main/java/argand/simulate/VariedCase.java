package argand.simulate;

import argand.array.Grid;
import argand.flow.Maker;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Diffuser;
import argand.physics.GaussianBeam;
import argand.physics.Geometry;
import argand.physics.KirkpatrickBaez;
import argand.physics.Optics;
import argand.physics.Pinhole;
import argand.physics.ZonePlate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Relatives of {@link StandardCase} with other light, overlap, photons, modes and errors: what a
/// method that chooses for itself is tried on.
///
/// Beam, distance, detector and sample are those of the standard case. Lengths follow the sample
/// pixel. Solvers start from a wrong probe each time.
///
/// @param step mean distance between neighbours ÷ width of a frame
/// @param counts about so many in a frame; half as many more meet the sample
/// @param errorPx how far the probe missed its place along each axis, rms [px of the sample]
/// @param partlyCoherent three modes with 70, 20 and 10 % of the photons instead of one
public record VariedCase(
    Lighting lighting,
    int size,
    int views,
    double step,
    double counts,
    double errorPx,
    boolean partlyCoherent,
    long seed) {
  private static final double DISTANCE = 5;
  private static final double PIXEL = 75e-6;

  /// What forms the probe, and the wrong guess from which solvers start.
  public enum Lighting {
    /// Stop, defocus and astigmatism; guessed without stop and astigmatism, a fifth more defocus.
    ZONE_PLATE,
    /// A shadow with Fresnel fringes; guessed a fifth wider and in contact.
    PINHOLE,
    /// A rectangular pupil out of focus; guessed a fifth farther, without astigmatism.
    MIRRORS,
    /// A curved wave; guessed a fifth wider and less curved.
    GAUSSIAN,
    /// A round beam behind a screen of random phase; guessed without the screen.
    DIFFUSER;

    Optics optics(double wavelength, double pixel, int size) {
      double field = size * pixel;
      double slope = 0.4 * wavelength / pixel; // the beam fills two fifths of the detector
      return switch (this) {
        case ZONE_PLATE -> zonePlate(wavelength, pixel, field, 1);
        case PINHOLE -> new Pinhole(0.3 * field, square(0.15 * field) / wavelength / 4, 0);
        case MIRRORS ->
            new KirkpatrickBaez(
                0.1 * slope, 0.1 * slope, 0.1, 0.1, 0.25 * field / slope, 0.05 * field / slope);
        case GAUSSIAN -> new GaussianBeam(0.25 * field, 1.25 * field * pixel / wavelength);
        case DIFFUSER -> new Diffuser(0.35 * field, 8 * pixel, 1.5, 0, 0, 5);
      };
    }

    Optics guess(double wavelength, double pixel, int size) {
      double field = size * pixel;
      double slope = 0.4 * wavelength / pixel;
      return switch (this) {
        case ZONE_PLATE -> zonePlate(wavelength, pixel, field, 1.2);
        case PINHOLE -> new Pinhole(0.36 * field, 0, 0);
        case MIRRORS ->
            new KirkpatrickBaez(0.1 * slope, 0.1 * slope, 0.1, 0.1, 0.3 * field / slope, 0);
        case GAUSSIAN -> new GaussianBeam(0.3 * field, 1.5 * field * pixel / wavelength);
        case DIFFUSER -> new Pinhole(0.35 * field, 0, 0);
      };
    }

    private static Optics zonePlate(double wavelength, double pixel, double field, double times) {
      double diameter = 100e-6;
      double outerZone = 2.5 * pixel;
      double defocus = 0.25 * field * outerZone / wavelength;
      return times == 1
          ? new ZonePlate(diameter, outerZone, 0.3 * diameter, defocus, 0.2 * defocus, 0.5)
          : new ZonePlate(diameter, outerZone, 0, times * defocus, 0, 0);
    }

    private static double square(double x) {
      return x * x;
    }
  }

  /// `zonePlate-64-0.078-1e+06-1mode-0px-seed1`
  public String name() {
    return String.format(
        Locale.ROOT,
        "%s-%d-%.3g-%.0e-%dmode-%.2gpx-seed%d",
        lighting.name().toLowerCase(Locale.ROOT).replace("_", ""),
        size,
        step,
        counts,
        modes(),
        errorPx,
        seed);
  }

  /// Modes of the light.
  public int modes() {
    return partlyCoherent ? 3 : 1;
  }

  /// What measures it.
  public Maker.OfScans maker() {
    var beam = new Beam.XRays(8000);
    var sample = Geometry.farField(beam, DISTANCE, Grid.square(size, size, PIXEL)).sample();
    double pixel = sample.pixelY();
    var plain =
        new SimulateScan(
            beam,
            DISTANCE,
            size,
            PIXEL,
            Geometry.Regime.FAR_FIELD,
            OptionalDouble.empty(),
            new Texture(8 * pixel, 0.6, 1, 2, seed),
            lighting.optics(beam.wavelength(), pixel, size),
            new FermatSpiral(step * size * pixel, views),
            DetectorChain.photonCounting(1.5 * counts),
            errorPx * pixel,
            Optional.of(lighting.guess(beam.wavelength(), pixel, size)),
            2,
            2,
            seed);
    return partlyCoherent
        ? SimulateExtendedScan.of(plain)
            .coherence(new PartialCoherence(List.of(0.7, 0.2, 0.1), 0.04 * size * pixel))
        : plain;
  }
}
