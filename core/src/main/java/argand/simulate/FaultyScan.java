package argand.simulate;

import argand.Param;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.ScanPositions;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// A simulated ptychography measurement with faults that its file does not confess: for trying out
/// what a judge of results finds.
///
/// The truth is that of the sound measurement. Faults are applied in the order of the list; the
/// trembling of the stage, which belongs to the exposure, comes first.
public record FaultyScan(
    @Param("the measurement as it should have been") SimulateScan scan,
    @Param("what is wrong with it") List<Fault> faults)
    implements Maker.OfScans {
  /// Places in which a trembling stage is caught during one exposure.
  private static final int TREMORS = 24;

  public FaultyScan {
    faults = List.copyOf(faults);
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "faulty";
  }

  @Override
  public Made make(int index, Watch watch) {
    double tremble = 0;
    for (var fault : faults) {
      if (fault instanceof Fault.Vibration vibration) {
        tremble = Math.hypot(tremble, vibration.rms());
      }
    }
    var made =
        tremble > 0
            ? SimulateExtendedScan.of(scan)
                .moving(new StageMotion(tremble, 0, TREMORS, false))
                .make(index, watch)
            : scan.make(index, watch);
    var measured = made.scan();
    var random = new SplittableRandom(scan.seed() ^ 0x6A09E667F3BCC908L);
    for (var fault : faults) {
      measured = with(measured, fault, random.split());
    }
    return new Made(measured, made.truth());
  }

  private static DiffractionScan with(DiffractionScan scan, Fault fault, SplittableRandom random) {
    return switch (fault) {
      case Fault.WrongEnergy wrong -> geometry(scan, energy(scan.geometry(), wrong.factor()));
      case Fault.WrongDistance wrong -> geometry(scan, distance(scan.geometry(), wrong.factor()));
      case Fault.Transposed transposed -> transposed(scan);
      case Fault.FlippedAxis flipped -> flipped(scan, flipped.axis());
      case Fault.Saturated saturated -> saturated(scan, saturated.share());
      case Fault.HotPixels hot -> hot(scan, hot, random);
      case Fault.DriftingBeam drift -> drifting(scan, drift, random);
      case Fault.Vibration vibration -> scan;
    };
  }

  private static Geometry energy(Geometry actual, double factor) {
    Beam beam =
        switch (actual.beam()) {
          case Beam.XRays x -> new Beam.XRays(x.energyEv() * factor);
          case Beam.Electrons e -> new Beam.Electrons(e.energyEv() * factor);
          case Beam.Light light -> new Beam.Light(light.wavelength() / factor);
        };
    return new Geometry(
        beam, actual.distance(), actual.detector(), actual.regime(), actual.focusDistance());
  }

  private static Geometry distance(Geometry actual, double factor) {
    return new Geometry(
        actual.beam(),
        actual.distance() * factor,
        actual.detector(),
        actual.regime(),
        actual.focusDistance());
  }

  private static DiffractionScan geometry(DiffractionScan scan, Geometry stated) {
    return new DiffractionScan(
        stated, scan.positions(), scan.frames(), scan.mask(), scan.probe(), scan.source());
  }

  private static DiffractionScan flipped(DiffractionScan scan, Fault.FlippedAxis.Axis axis) {
    double[] y = scan.positions().y().clone();
    double[] x = scan.positions().x().clone();
    double[] values = axis == Fault.FlippedAxis.Axis.Y ? y : x;
    for (int j = 0; j < values.length; j++) {
      values[j] = -values[j];
    }
    return new DiffractionScan(
        scan.geometry(),
        new ScanPositions(y, x),
        scan.frames(),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  private static DiffractionScan transposed(DiffractionScan scan) {
    var old = scan.geometry().detector();
    var grid = new Grid(old.columns(), old.rows(), old.pixelX(), old.pixelY());
    var frames = new ArrayList<RealField>();
    for (var frame : read(scan)) {
      var turned = new RealField(grid);
      for (int r = 0; r < grid.rows(); r++) {
        for (int c = 0; c < grid.columns(); c++) {
          turned.set(r, c, frame.at(c, r));
        }
      }
      frames.add(turned);
    }
    return new DiffractionScan(
        scan.geometry().withDetector(grid),
        scan.positions(),
        Frames.of(frames),
        Optional.empty(),
        scan.probe(),
        scan.source());
  }

  private static DiffractionScan saturated(DiffractionScan scan, double share) {
    var frames = read(scan);
    float most = 0;
    for (var frame : frames) {
      most = Math.max(most, frame.max());
    }
    float full = (float) Math.rint(share * most);
    for (var frame : frames) {
      float[] values = frame.values();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.min(values[i], full);
      }
    }
    return frames(scan, frames);
  }

  private static DiffractionScan hot(
      DiffractionScan scan, Fault.HotPixels hot, SplittableRandom random) {
    var frames = read(scan);
    int pixels = scan.frames().grid().size();
    int[] places = random.ints(0, pixels).distinct().limit(hot.pixels()).toArray();
    UniformRandomProvider uniform = random::nextLong;
    var counts = PoissonSampler.of(uniform, hot.counts());
    for (var frame : frames) {
      for (int place : places) {
        frame.values()[place] += counts.sample();
      }
    }
    return frames(scan, frames);
  }

  /// Each photon is kept with the probability that the beam still had: what is left of a Poisson
  /// number is one of the smaller mean.
  private static DiffractionScan drifting(
      DiffractionScan scan, Fault.DriftingBeam drift, SplittableRandom random) {
    var frames = read(scan);
    UniformRandomProvider uniform = random::nextLong;
    for (int j = 0; j < frames.size(); j++) {
      double time = drift.periods() * (j + 0.5) / frames.size();
      double left = 1 - drift.fall() * (time - Math.floor(time));
      float[] values = frames.get(j).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = thinned(values[i], left, uniform);
      }
    }
    return frames(scan, frames);
  }

  /// Binomial number; its normal limit where it is too large to be drawn photon by photon.
  private static float thinned(float count, double share, UniformRandomProvider random) {
    if (count > 1000) {
      double u = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      double normal = u * Math.cos(2 * Math.PI * random.nextDouble());
      double kept = count * share + normal * Math.sqrt(count * share * (1 - share));
      return (float) Math.clamp(Math.rint(kept), 0, count);
    }
    int kept = 0;
    for (int k = 0; k < count; k++) {
      kept += random.nextDouble() < share ? 1 : 0;
    }
    return kept;
  }

  private static List<RealField> read(DiffractionScan scan) {
    var frames = new ArrayList<RealField>();
    for (int j = 0; j < scan.frames().count(); j++) {
      var frame = new RealField(scan.frames().grid());
      scan.frames().read(j, frame);
      frames.add(frame);
    }
    return frames;
  }

  private static DiffractionScan frames(DiffractionScan scan, List<RealField> frames) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        Frames.of(frames),
        scan.mask(),
        scan.probe(),
        scan.source());
  }
}
