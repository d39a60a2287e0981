package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.FluorescenceSpectra;
import argand.data.Planes;
import argand.data.ScanMaps;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.data.StructuredScan;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import argand.physics.Beam;
import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// A cathode under speckle, as a full-field microscope with a fluorescence detector measures it:
/// images of each pattern without and with the sample, a whole spectrum for each pattern, counted
/// photon by photon, and the transmission image of the sample in even light.
///
///     photons of a line for each exposure = dwell · flux · ⟨a_j m⟩ σ_l(E₀) Ω/4π T(E_l)
///
/// a_j the pattern with mean 1, m the areal density of the line's element, ⟨⟩ the mean over the
/// field, σ_l the line's cross section, T what window and air let pass. Between the image without
/// and the exposure with the sample the diffusers are moved and come back only nearly. {@link
/// PulseTrain} makes spectra with tails, escapes, pile-up and dead time; the support scatters the
/// beam. The sample is thin: it absorbs no line.
///
/// The transmission image is blurred by a Gaussian, as an objective with that resolution in even
/// light does, and counted.
public record SimulateStructuredSpectra(
    @Param(value = "the sample", byDefault = "{thickest: 0.1}") MixedCathode sample,
    @Param(value = "number of patterns", byDefault = "1000") int patterns,
    @Param(value = "pixels along each side", byDefault = "128") int side,
    @Param(value = "size of a pixel on the sample", unit = "m", byDefault = "30 nm") double pixel,
    @Param(value = "energy of the beam", unit = "eV", byDefault = "9 keV") double energyEv,
    @Param(value = "photons on the field in a second", byDefault = "1e10") double flux,
    @Param(value = "how long each pattern is exposed", unit = "s", byDefault = "0.5 s")
        double dwell,
    @Param(value = "counts of the camera in the mean pixel of a pattern", byDefault = "20000")
        double frameCounts,
    @Param(
            value = "rms of how far the light misses its place when the sample is in",
            unit = "m",
            byDefault = "2 nm")
        double stageError,
    @Param(value = "rms of the beam from exposure to exposure, a share", byDefault = "0.01")
        double beamNoise,
    @Param(value = "counts of the transmission image in an empty pixel", byDefault = "1e6")
        double guideCounts,
    @Param(
            value = "full width of the blur of the transmission image",
            unit = "m",
            byDefault = "50 nm")
        double guideBlur,
    @Param(value = "how far the transmission image lies to the right", byDefault = "0")
        double guideOffPx,
    @Param(value = "formula of what carries the sample", byDefault = "Si3N4") String support,
    @Param(value = "mass of it in a unit area", unit = "kg/m2", byDefault = "63 ug/cm2")
        double supportDensity,
    @Param(value = "the detector", byDefault = "{}") PulseDetector detector,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfStructuredScans {
  /// Optical density 1 of the sample's thickness is that of this oxide.
  private static final Material OXIDE = Material.of("LiNiO2");

  private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));

  /// Of its incident light a monitor knows so much.
  private static final double MONITOR_NOISE = 1e-3;

  private static final double MOST_PHOTONS = 2e10;

  public SimulateStructuredSpectra {
    Check.atLeast("patterns", patterns, 2);
    Check.within("side", side, 8, 4096, "pixels");
    Check.within("pixel", pixel, 1e-10, 1e-3, "m");
    Check.within("energy", energyEv, 1000, 2e5, "eV");
    Check.within("flux", flux, 1, 1e16, "");
    Check.within("dwell", dwell, 1e-6, 1e5, "s");
    Check.within("frameCounts", frameCounts, 1, 1e9, "");
    Check.within("stageError", stageError, 0, 1e-3, "m");
    Check.within("beamNoise", beamNoise, 0, 0.3, "");
    Check.within("guideCounts", guideCounts, 1, 1e12, "");
    Check.within("guideBlur", guideBlur, 0, 1e-3, "m");
    Check.within("guideOffPx", guideOffPx, -20, 20, "");
    Check.within("supportDensity", supportDensity, 0, 1000, "kg/m2");
    Material.of(support);
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "simulated";
  }

  /// What one exposure gave.
  private record Shot(
      RealField without,
      RealField with,
      PulseTrain.Counted counted,
      double[] expected,
      double monitor) {}

  @Override
  public MadeStructuredScan make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateStructuredSpectra", 0));
    var grid = Grid.square(side, side, pixel);
    var drawn = sample.draw(grid);
    var density = areal(drawn);
    var sources = sources();
    bounded(sources, density);
    var diffusers = new DiffuserPair[watch.workers().threads()];
    diffusers[0] = new DiffuserPair(grid, seed);
    for (int worker = 1; worker < diffusers.length; worker++) {
      diffusers[worker] = diffusers[0].again();
    }
    var root = new SplittableRandom(seed);
    var guide = guide(grid, root.split());
    var streams = new SplittableRandom[patterns];
    Arrays.setAll(streams, j -> root.split());
    var shots = new Shot[patterns];
    var train = new PulseTrain(detector, sources);
    watch
        .workers()
        .forEach(
            patterns,
            (j, worker) -> {
              if (!watch.stopped()) {
                shots[j] = shot(diffusers[worker], drawn, density, sources, train, streams[j]);
              }
            });
    if (watch.stopped()) {
      throw new java.util.concurrent.CancellationException("the simulation was stopped");
    }
    var all = List.of(shots);
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    double[] real = new double[patterns];
    Arrays.fill(real, dwell);
    var exposure =
        Exposure.ofTimes(real, all.stream().mapToDouble(s -> s.counted().liveTime()).toArray())
            .withIncident(all.stream().mapToDouble(Shot::monitor).toArray(), false);
    var scan =
        new StructuredScan(
            Planes.of(all.stream().map(Shot::without).toList()),
            Optional.of(Planes.of(all.stream().map(Shot::with).toList())),
            List.of(),
            exposure,
            Optional.of(guide),
            Findings.NONE,
            source);
    float[] counts = new float[patterns * detector.channels()];
    for (int j = 0; j < patterns; j++) {
      System.arraycopy(
          shots[j].counted().counts(), 0, counts, j * detector.channels(), detector.channels());
    }
    var spectra =
        FluorescenceSpectra.of(
                SpectrumRows.of(detector.channels(), counts), detector.stated(), source)
            .withExposure(exposure)
            .withIncidentEv(energyEv);
    var made =
        new MadeStructuredScan(
            scan, Optional.of(spectra), truth(drawn, density, sources, all, source));
    watch.tell(
        new Progress.Finished("simulateStructuredSpectra", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  /// Mass of each metal in a unit area of each pixel [kg/m²].
  private double[][] areal(MixedCathode.Drawn drawn) {
    double moles = 1 / (OXIDE.massAttenuation(new Beam.XRays(energyEv)) * OXIDE.molarMass());
    double[][] density = new double[MixedCathode.ELEMENTS.size()][];
    for (int e = 0; e < density.length; e++) {
      double mass = moles * Material.of(MixedCathode.ELEMENTS.get(e)).molarMass();
      float[] metal = drawn.elements().get(e).values();
      density[e] = new double[metal.length];
      for (int i = 0; i < metal.length; i++) {
        density[e][i] = mass * metal[i];
      }
    }
    return density;
  }

  /// The K lines of each metal, and what the support scatters.
  private List<PhotonSource> sources() {
    var sources = new ArrayList<PhotonSource>();
    for (String element : MixedCathode.ELEMENTS) {
      var lines = FluorescenceLines.of(LineGroup.of(element + " K"), energyEv);
      if (lines.isEmpty()) {
        throw new InvalidInput(
            "the energy of the beam",
            energyEv + " eV",
            "one that excites the K lines of Mn, Co and Ni",
            "energy: 9 keV");
      }
      sources.add(PhotonSource.of(lines, detector));
    }
    var matter = Material.of(support);
    sources.add(PhotonSource.elastic(matter, energyEv, detector));
    sources.add(PhotonSource.compton(matter, energyEv, detector));
    return sources;
  }

  private void bounded(List<PhotonSource> sources, double[][] density) {
    double photons = 0;
    for (int k = 0; k < sources.size(); k++) {
      double mean =
          k < density.length ? Arrays.stream(density[k]).sum() / density[k].length : supportDensity;
      photons += patterns * flux * dwell * mean * sources.get(k).yield();
    }
    if (photons > MOST_PHOTONS) {
      throw new InvalidInput(
          "the photons that meet the detector",
          String.format(java.util.Locale.ROOT, "%.3g", photons),
          String.format(
              java.util.Locale.ROOT, "%.0g at most, each is drawn by itself", MOST_PHOTONS),
          "less flux, dwell or solidAngle");
    }
  }

  private Shot shot(
      DiffuserPair diffusers,
      MixedCathode.Drawn drawn,
      double[][] density,
      List<PhotonSource> sources,
      PulseTrain train,
      SplittableRandom random) {
    double[] sent = new double[4];
    for (int k = 0; k < sent.length; k++) {
      sent[k] = side * pixel * random.nextDouble();
    }
    double before = beam(random);
    double known = monitor(before, random);
    var alone = diffusers.intensity(sent[0], sent[1], sent[2], sent[3]);
    var without = new RealField(alone.grid());
    for (int i = 0; i < without.values().length; i++) {
      double mean = frameCounts * before * alone.values()[i];
      without.values()[i] = (float) (poisson(mean, random) / known);
    }
    for (int k = 0; k < sent.length; k++) {
      sent[k] += stageError * random.nextGaussian();
    }
    double beam = beam(random);
    double monitor = monitor(beam, random);
    var light = diffusers.intensity(sent[0], sent[1], sent[2], sent[3]);
    var with = new RealField(alone.grid());
    double[] rates = new double[sources.size()];
    for (int i = 0; i < with.values().length; i++) {
      double passed = Math.exp(-drawn.density().values()[i]);
      with.values()[i] =
          (float) (poisson(frameCounts * beam * light.values()[i] * passed, random) / monitor);
      for (int e = 0; e < density.length; e++) {
        rates[e] += light.values()[i] * density[e][i] / density[e].length;
      }
    }
    for (int k = 0; k < rates.length; k++) {
      double there = k < density.length ? rates[k] : supportDensity;
      rates[k] = beam * flux * there * sources.get(k).yield();
    }
    return new Shot(without, with, train.count(rates, dwell, random), rates, monitor);
  }

  private double beam(SplittableRandom random) {
    return Math.max(0.1, 1 + beamNoise * random.nextGaussian());
  }

  private static double monitor(double beam, SplittableRandom random) {
    return beam * (1 + MONITOR_NOISE * random.nextGaussian());
  }

  private static double poisson(double mean, SplittableRandom random) {
    return mean > 0 ? PoissonSampler.of(random::nextLong, mean).sample() : 0;
  }

  /// −ln of the counted and blurred transmission, drawn where it lies.
  private RealField guide(Grid grid, SplittableRandom random) {
    var sharp = sample.transmission(grid, guideOffPx);
    var wave = new ComplexField(grid);
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        wave.set(r, c, sharp.at(r, c), 0);
      }
    }
    var fft = new Fft2(side, side);
    fft.transform(wave);
    double width = guideBlur / FWHM / pixel;
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        double k = Math.hypot(DiffuserPair.frequency(r, side), DiffuserPair.frequency(c, side));
        double gain = Math.exp(-2 * Math.PI * Math.PI * k * k * width * width) / grid.size();
        wave.set(r, c, (float) (wave.re(r, c) * gain), (float) (wave.im(r, c) * gain));
      }
    }
    fft.transformBack(wave);
    var guide = new RealField(grid);
    for (int i = 0; i < guide.values().length; i++) {
      double mean = guideCounts * wave.re(i / side, i % side);
      guide.values()[i] = (float) -Math.log(Math.max(1, poisson(mean, random)) / guideCounts);
    }
    return guide;
  }

  /// What an exact measurement finds: photons that are counted whole and alone for each unit of a
  /// pattern's light; the optical density; the number of the particle's material that has most
  /// metal,
  /// NaN where there is less than a tenth of the greatest; and the Co of the small piece alone.
  private ScanMaps truth(
      MixedCathode.Drawn drawn,
      double[][] density,
      List<PhotonSource> sources,
      List<Shot> shots,
      Source source) {
    var grid = drawn.density().grid();
    var maps = new ArrayList<ScanMaps.Map>();
    var piece = new RealField(grid);
    for (int e = 0; e < density.length; e++) {
      double whole = 0;
      double met = 0;
      for (var shot : shots) {
        whole += shot.counted().whole()[e];
        met += shot.expected()[e] * shot.counted().liveTime();
      }
      double perMass =
          flux * dwell * sources.get(e).yield() * whole / met / (grid.size() * frameCounts);
      var map = new RealField(grid);
      for (int i = 0; i < density[e].length; i++) {
        map.values()[i] = (float) (perMass * density[e][i]);
        if (e == 1 && drawn.elements().get(e).values()[i] > 0) {
          piece.values()[i] =
              map.values()[i] * drawn.piece().values()[i] / drawn.elements().get(e).values()[i];
        }
      }
      maps.add(new ScanMaps.Map(MixedCathode.ELEMENTS.get(e) + " K", "counts", map));
    }
    maps.add(new ScanMaps.Map("optical density", "", drawn.density()));
    maps.add(new ScanMaps.Map("phase", "", material(drawn, grid)));
    maps.add(new ScanMaps.Map("piece in Co K", "counts", piece));
    return new ScanMaps(maps, Mask.all(grid), source);
  }

  private static RealField material(MixedCathode.Drawn drawn, Grid grid) {
    var material = new RealField(grid);
    double[][] metal = new double[grid.size()][];
    double most = 0;
    for (int i = 0; i < metal.length; i++) {
      metal[i] = MixedCathode.metalOfMaterials(drawn, i);
      most = Math.max(most, Arrays.stream(metal[i]).sum());
    }
    for (int i = 0; i < metal.length; i++) {
      int best = 0;
      for (int k = 1; k < metal[i].length; k++) {
        best = metal[i][k] > metal[i][best] ? k : best;
      }
      boolean there = Arrays.stream(metal[i]).sum() > 0.1 * most;
      material.values()[i] = there ? best : Float.NaN;
    }
    return material;
  }
}
