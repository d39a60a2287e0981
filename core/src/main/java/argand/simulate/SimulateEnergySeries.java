package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.SpectralSample;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.Optics;
import argand.physics.Polarization;
import argand.physics.ZonePlate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Ptychography of one sample at many energies, and at each in light of each polarization: a scan
/// for each, as a beamline writes them one after the other.
///
/// The detector stands still, so that the pixel of the sample is proportional to the wavelength.
/// The zone plate follows its focal length, which is proportional to the energy, but for an error;
/// or it does not. Between two scans the stage drifts and the light changes. All scans send the
/// probe to the same places. Each scan has its own random numbers, so that each can be made alone.
public record SimulateEnergySeries(
    @Param("the sample") SpectralSample sample,
    @Param(value = "photon energies, rising", unit = "eV") List<Double> energies,
    @Param(
            value =
                "polarizations, each at every energy; one scan of no stated polarization without",
            byDefault = "[]")
        List<Polarization> polarizations,
    @Param(value = "sample to detector", unit = "m", byDefault = "58.6 mm") double distance,
    @Param(value = "detector pixels along each side", byDefault = "128") int size,
    @Param(value = "size of a detector pixel", unit = "m", byDefault = "100 um") double pixel,
    @Param("the zone plate at the middle energy") ZonePlate optics,
    @Param(value = "where the zone plate stands at other energies", byDefault = "followed")
        Focus focus,
    @Param(
            value = "rms error of the place of the zone plate from energy to energy",
            unit = "m",
            byDefault = "0 m")
        double focusError,
    @Param("where the probe is sent") ScanPattern scan,
    @Param(value = "what the detector does", byDefault = "{}") DetectorChain detector,
    @Param(
            value = "rms way of the sample along each axis from one scan to the next",
            unit = "m",
            byDefault = "0 m")
        double drift,
    @Param(value = "rms change of the light from scan to scan ÷ light", byDefault = "0")
        double fluctuation,
    @Param(
            value = "rms distance along each axis from where the probe was sent to where it stood",
            unit = "m",
            byDefault = "0 m")
        double positionError,
    @Param(
            "a guess of the zone plate from which the probe in each file is computed; wrong on"
                + " purpose")
        Optional<ZonePlate> startProbe,
    @Param(value = "width of the computed field ÷ width of a frame", byDefault = "2")
        int oversampling,
    @Param(value = "sample pixel of a frame ÷ computed pixel", byDefault = "2") int refinement,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfScans {
  /// Less light than this share of the mean is no measurement.
  private static final double LEAST_LIGHT = 0.1;

  /// Where the zone plate stands.
  public enum Focus {
    /// Moved with the energy, so that the sample keeps its distance to the focus.
    FOLLOWED,
    /// Left where it was at the middle energy; the focus wanders over the sample.
    KEPT
  }

  public SimulateEnergySeries {
    energies = rising(energies);
    polarizations = List.copyOf(polarizations);
    if (new HashSet<>(polarizations).size() < polarizations.size()) {
      throw new InvalidInput("polarizations", polarizations, "each once", "");
    }
    Check.within("size", size, 8, 8192, "");
    Check.within("focusError", focusError, 0, 1, "m");
    Check.within("drift", drift, 0, 1, "m");
    Check.within("fluctuation", fluctuation, 0, 1, "");
    Check.within("positionError", positionError, 0, 1, "m");
    Check.within("oversampling", oversampling, 1, 8, "");
    Check.within("refinement", refinement, 1, 8, "");
  }

  /// Energies that rise, at least one.
  static List<Double> rising(List<Double> energies) {
    Check.atLeast("number of energies", energies.size(), 1);
    for (int e = 1; e < energies.size(); e++) {
      if (!(energies.get(e) > energies.get(e - 1))) {
        throw new InvalidInput(
            "energies, number " + (e + 1),
            energies.get(e) + " eV after " + energies.get(e - 1) + " eV",
            "rising energies, each once",
            "");
      }
    }
    return List.copyOf(energies);
  }

  private int lights() {
    return Math.max(1, polarizations.size());
  }

  @Override
  public int count() {
    return energies.size() * lights();
  }

  /// `003-708.20eV`, `003-7243.00eV-circular+0.95`.
  @Override
  public String name(int index) {
    String name =
        String.format(Locale.ROOT, "%03d-%.2feV", index + 1, energies.get(index / lights()));
    if (polarizations.isEmpty()) {
      return name;
    }
    return name
        + "-"
        + polarizations.get(index % lights()).words().replaceAll("[^A-Za-z0-9.+\\-]+", "");
  }

  /// The light of scan `index`.
  public Beam beam(int index) {
    double energyEv = energies.get(index / lights());
    return polarizations.isEmpty()
        ? new Beam.XRays(energyEv)
        : new Beam.XRays(energyEv, Optional.of(polarizations.get(index % lights())));
  }

  @Override
  public Made make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateEnergySeries", 0));
    var random = new SplittableRandom(seed);
    var sent = scan.positions(random.split());
    var living = detector.living(geometry(0).detector(), random.split());
    double[] away = drifted(index, random.split());
    var light = random.split();
    var streams = random.split();
    // one stream a scan, split off in order, so that each can be made alone
    SplittableRandom own = streams;
    double relative = 1;
    double error = 0;
    for (int k = 0; k <= index; k++) {
      own = streams.split();
      relative = Math.max(LEAST_LIGHT, 1 + fluctuation * light.nextGaussian());
      error = focusError * light.nextGaussian();
    }
    var one = one(index, relative, error);
    var stood = moved(one.displaced(sent, own.split()), away);
    var source =
        Source.NONE
            .withStep(toString())
            .withNote("simulated, seed " + seed + ", scan " + (index + 1) + " of " + count());
    var made = one.measured(sent, stood, living, own, source, watch);
    watch.tell(new Progress.Finished("simulateEnergySeries", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  /// Beam, distances and detector of a scan.
  public Geometry geometry(int index) {
    return one(index, 1, 0).geometry();
  }

  private SimulateScan one(int index, double light, double error) {
    var beam = beam(index);
    double off = error;
    if (focus == Focus.KEPT) {
      off += optics.focalLength(beam(count() / 2)) - optics.focalLength(beam);
    }
    var plate = optics.withDefocus(optics.defocus() + off);
    double guessed = focus == Focus.KEPT ? off - error : 0;
    Optional<Optics> guess = startProbe.map(z -> z.withDefocus(z.defocus() + guessed));
    return new SimulateScan(
        beam,
        distance,
        size,
        pixel,
        Geometry.Regime.FAR_FIELD,
        OptionalDouble.empty(),
        sample,
        plate,
        scan,
        detector.withPhotons(light * detector.photons()),
        positionError,
        guess,
        oversampling,
        refinement,
        seed);
  }

  /// How far the probe has come off over the sample by scan `index` [m].
  private double[] drifted(int index, SplittableRandom random) {
    double[] away = new double[2];
    for (int k = 0; k < index; k++) {
      away[0] += drift * random.nextGaussian();
      away[1] += drift * random.nextGaussian();
    }
    return away;
  }

  private static ScanPositions moved(ScanPositions positions, double[] away) {
    double[] y = positions.y().clone();
    double[] x = positions.x().clone();
    for (int j = 0; j < y.length; j++) {
      y[j] += away[0];
      x[j] += away[1];
    }
    return new ScanPositions(y, x);
  }

  /// The sample over energy, on the finest of the grids; of light of both helicities the dichroism.
  @Override
  public Optional<EnergyStack> commonTruth() {
    var sent = scan.positions(new SplittableRandom(seed).split());
    var frame = geometry(count() - 1).sample();
    int rows = size / 2 + (int) Math.ceil(sent.extentY() / frame.pixelY());
    int columns = size / 2 + (int) Math.ceil(sent.extentX() / frame.pixelX());
    var grid = frame.resized(rows, columns);
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    double[] energyEv = energies.stream().mapToDouble(Double::doubleValue).toArray();
    double[] helicities = polarizations.stream().mapToDouble(p -> p.stokes()[2]).toArray();
    boolean both =
        Arrays.stream(helicities).anyMatch(h -> h > 0)
            && Arrays.stream(helicities).anyMatch(h -> h < 0);
    if (both) {
      return Optional.of(DichroismTruth.of(sample, grid, energyEv, source));
    }
    List<Beam> beams = new ArrayList<>();
    energies.forEach(ev -> beams.add(new Beam.XRays(ev)));
    return Optional.of(SpectralTruth.of(sample, grid, beams, source));
  }
}
