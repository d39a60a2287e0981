package argand.judge;

import argand.array.Grid;
import argand.flow.Maker;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.ZonePlate;
import argand.simulate.DetectorChain;
import argand.simulate.Fault;
import argand.simulate.FaultyScan;
import argand.simulate.FermatSpiral;
import argand.simulate.RasterScan;
import argand.simulate.RoundScan;
import argand.simulate.ScanPattern;
import argand.simulate.SimulateScan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Small far-field measurements, sound and spoiled, no two alike: photons, steps, probe, sample and
/// scan pattern are drawn from the seed.
final class TrialSets {
  static final int SIZE = 64;
  private static final int VIEWS = 120;
  private static final double DISTANCE = 5;
  private static final double PIXEL = 75e-6;

  /// The twelve ways to spoil a measurement.
  enum Spoiled {
    NO_OVERLAP,
    WRONG_ENERGY,
    WRONG_DISTANCE,
    TRANSPOSED_DETECTOR,
    FLIPPED_AXIS,
    SATURATED_CENTRE,
    HOT_PIXELS,
    DRIFTING_BEAM,
    VIBRATING_STAGE,
    TOO_FEW_PHOTONS,
    RASTER_GRID,
    WRONG_PROBE_SIZE
  }

  private TrialSets() {}

  /// What the seed draws.
  private record Draw(
      double pixel, double photons, double step, double defocus, Texture sample, int pattern) {
    static Draw of(long seed) {
      var random = new SplittableRandom(seed * 7919 + 13);
      var geometry =
          Geometry.farField(new Beam.XRays(8000), DISTANCE, Grid.square(SIZE, SIZE, PIXEL));
      double pixel = geometry.sample().pixelY();
      return new Draw(
          pixel,
          Math.pow(10, 5 + 1.5 * random.nextDouble()),
          (4 + 1.5 * random.nextDouble()) * pixel,
          0.8 + 0.5 * random.nextDouble(),
          new Texture(
              (6 + 4 * random.nextDouble()) * pixel,
              0.5 + 0.3 * random.nextDouble(),
              1,
              1 + 1.5 * random.nextDouble(),
              seed),
          random.nextInt(3));
    }

    ScanPattern pattern(double mean) {
      return switch (pattern) {
        case 0 -> new FermatSpiral(mean, VIEWS);
        case 1 -> new RoundScan(mean, 6, VIEWS);
        default -> new RasterScan(mean, 11, 11, 0.25);
      };
    }

    SimulateScan scan(ScanPattern pattern, double light, double startDefocus, long seed) {
      var beam = new Beam.XRays(8000);
      double outerZone = 2.5 * pixel;
      double full = 0.25 * SIZE * pixel * outerZone / beam.wavelength() * defocus;
      return new SimulateScan(
          beam,
          DISTANCE,
          SIZE,
          PIXEL,
          Geometry.Regime.FAR_FIELD,
          OptionalDouble.empty(),
          sample,
          new ZonePlate(100e-6, outerZone, 30e-6, full, 0.2 * full, 0.5),
          pattern,
          DetectorChain.photonCounting(light),
          0,
          Optional.of(new ZonePlate(100e-6, outerZone, 0, startDefocus * full, 0, 0)),
          2,
          2,
          seed);
    }
  }

  /// Nothing is wrong with it but the start probe, a little.
  static Maker.OfScans sound(long seed) {
    var draw = Draw.of(seed);
    return draw.scan(draw.pattern(draw.step), draw.photons, 1.2, seed);
  }

  /// @param strength 0 weak, 1 middle, 2 strong
  static Maker.OfScans spoiled(Spoiled how, int strength, long seed) {
    var draw = Draw.of(seed);
    var random = new SplittableRandom(seed + 1000003L * strength);
    var scan = draw.scan(draw.pattern(draw.step), draw.photons, 1.2, seed);
    boolean up = random.nextBoolean();
    return switch (how) {
      case NO_OVERLAP ->
          draw.scan(
              draw.pattern(new double[] {11, 15, 20}[strength] * draw.pixel * draw.defocus),
              draw.photons,
              1.2,
              seed);
      case WRONG_ENERGY ->
          faulty(scan, new Fault.WrongEnergy(factor(new double[] {.03, .06, .12}[strength], up)));
      case WRONG_DISTANCE ->
          faulty(scan, new Fault.WrongDistance(factor(new double[] {.03, .06, .12}[strength], up)));
      case TRANSPOSED_DETECTOR ->
          faulty(
              draw.scan(draw.pattern(draw.step), light(strength), 1.2, seed),
              new Fault.Transposed());
      case FLIPPED_AXIS ->
          faulty(
              draw.scan(draw.pattern(draw.step), light(strength), 1.2, seed),
              new Fault.FlippedAxis(up ? Fault.FlippedAxis.Axis.Y : Fault.FlippedAxis.Axis.X));
      case SATURATED_CENTRE ->
          faulty(scan, new Fault.Saturated(new double[] {.5, .3, .15}[strength]));
      case HOT_PIXELS ->
          faulty(
              scan,
              new Fault.HotPixels(
                  new int[] {3, 8, 20}[strength],
                  draw.photons / (SIZE * SIZE) * new double[] {4, 12, 50}[strength]));
      case DRIFTING_BEAM ->
          faulty(scan, new Fault.DriftingBeam(new double[] {.15, .3, .6}[strength], up ? 1 : 3.3));
      case VIBRATING_STAGE ->
          faulty(scan, new Fault.Vibration(new double[] {0.8, 1.4, 2.5}[strength] * draw.pixel));
      case TOO_FEW_PHOTONS ->
          draw.scan(draw.pattern(draw.step), new double[] {800, 300, 100}[strength], 1.2, seed);
      case RASTER_GRID ->
          draw.scan(
              new RasterScan(draw.step, 11, 11, new double[] {.03, .01, 0}[strength]),
              draw.photons,
              1.2,
              seed);
      case WRONG_PROBE_SIZE ->
          draw.scan(
              draw.pattern(draw.step),
              draw.photons,
              up ? new double[] {2, 2.5, 3}[strength] : new double[] {.5, .35, .2}[strength],
              seed);
    };
  }

  private static double light(int strength) {
    return new double[] {1e5, 3e5, 2e6}[strength];
  }

  private static double factor(double off, boolean up) {
    return up ? 1 + off : 1 / (1 + off);
  }

  private static Maker.OfScans faulty(SimulateScan scan, Fault fault) {
    return new FaultyScan(scan, List.of(fault));
  }
}
