package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Exposure;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.Quality;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// A map of fluorescence spectra of a thin sample, counted photon by photon.
///
///     rate of a line = flux · m σ_l(E₀) Ω/4π T(E_l)
///
/// m the areal density of its element in the pixel, σ_l its cross section, T what window and air
/// let pass; the support scatters the beam elastically and by moving electrons (Compton profiles).
/// {@link PulseTrain} makes spectra of them. The sample is thin: it absorbs nothing. Beam and
/// scattering are not polarised.
public record SimulateSpectra(
    @Param("elements on the sample") List<Deposit> elements,
    @Param(value = "energy of the beam", unit = "eV", byDefault = "12 keV") double energyEv,
    @Param(value = "photons of the beam in a second", byDefault = "1e10") double flux,
    @Param(value = "how long each spectrum is counted", unit = "s", byDefault = "50 ms")
        double dwell,
    @Param(value = "pixels down", byDefault = "20") int rows,
    @Param(value = "pixels across", byDefault = "20") int columns,
    @Param(value = "size of a pixel on the sample", unit = "m", byDefault = "1 um") double pixel,
    @Param(value = "formula of what carries the sample", byDefault = "Si3N4") String support,
    @Param(
            value = "mass of it in a unit area; 0.2 µm of silicon nitride have 63 µg/cm²",
            unit = "kg/m2",
            byDefault = "63 ug/cm2")
        double supportDensity,
    @Param(value = "the detector", byDefault = "{}") PulseDetector detector,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfSpectra {
  private static final double MICROGRAMS = 1e5;

  /// More photons than that take an hour.
  private static final double MOST_PHOTONS = 2e10;

  public SimulateSpectra {
    elements = List.copyOf(elements);
    if (elements.isEmpty()) {
      throw new InvalidInput("elements", "none", "one at least", "{element: Fe, arealDensity: …}");
    }
    Check.within("energy", energyEv, 1000, 2e5, "eV");
    Check.within("flux", flux, 0, 1e16, "");
    Check.within("dwell", dwell, 1e-6, 1e5, "s");
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
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

  /// A group of lines, and which deposit sends it out.
  private record Origin(LineGroup group, int deposit) {}

  @Override
  public MadeSpectra make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateSpectra", 0));
    var grid = new Grid(rows, columns, pixel, pixel);
    var origins = new ArrayList<Origin>();
    var sources = new ArrayList<PhotonSource>();
    for (int d = 0; d < elements.size(); d++) {
      for (var family : List.of(LineGroup.Family.K, LineGroup.Family.L, LineGroup.Family.M)) {
        var group = new LineGroup(elements.get(d).element(), family);
        var lines =
            FluorescenceLines.of(group, energyEv).stream()
                .filter(line -> line.energyEv() > detector.thresholdEv())
                .toList();
        if (!lines.isEmpty()) {
          origins.add(new Origin(group, d));
          sources.add(PhotonSource.of(lines, detector));
        }
      }
    }
    if (origins.isEmpty()) {
      throw new InvalidInput(
          "elements",
          String.join(", ", elements.stream().map(Deposit::element).toList()),
          "at least one with lines that this beam excites and the detector sees",
          "");
    }
    var matter = Material.of(support);
    sources.add(PhotonSource.elastic(matter, energyEv, detector));
    sources.add(PhotonSource.compton(matter, energyEv, detector));
    double[][] mass = new double[elements.size()][];
    Arrays.setAll(mass, d -> elements.get(d).map(grid, seed));
    bounded(origins, sources, mass);

    int n = grid.size();
    var streams = new SplittableRandom[n];
    var root = new SplittableRandom(seed);
    Arrays.setAll(streams, j -> root.split());
    float[] counts = new float[n * detector.channels()];
    double[] live = new double[n];
    double[][] whole = new double[origins.size()][n];
    var train = new PulseTrain(detector, sources);
    watch
        .workers()
        .forEach(
            n,
            (j, worker) -> {
              if (watch.stopped()) {
                return;
              }
              double[] rates = new double[sources.size()];
              for (int k = 0; k < rates.length; k++) {
                double there =
                    k < origins.size() ? mass[origins.get(k).deposit()][j] : supportDensity;
                rates[k] = flux * there * sources.get(k).yield();
              }
              var counted = train.count(rates, dwell, streams[j]);
              System.arraycopy(
                  counted.counts(), 0, counts, j * detector.channels(), detector.channels());
              live[j] = counted.liveTime();
              for (int g = 0; g < whole.length; g++) {
                whole[g][j] = counted.whole()[g];
              }
            });
    if (watch.stopped()) {
      throw new java.util.concurrent.CancellationException("the simulation was stopped");
    }
    double[] real = filled(n, dwell);
    var exposure = Exposure.ofTimes(real, live).withIncident(filled(n, flux * dwell), true);
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    var spectra =
        FluorescenceSpectra.of(
                SpectrumRows.of(detector.channels(), counts), detector.stated(), source)
            .withExposure(exposure)
            .withIncidentEv(energyEv);
    var made =
        new MadeSpectra(
            n == 1 ? spectra : spectra.withGrid(grid),
            truth(
                origins,
                whole,
                mass,
                exposure,
                n == 1 ? Optional.empty() : Optional.of(grid),
                source));
    watch.tell(new Progress.Finished("simulateSpectra", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  private static double[] filled(int n, double value) {
    double[] all = new double[n];
    Arrays.fill(all, value);
    return all;
  }

  private void bounded(List<Origin> origins, List<PhotonSource> sources, double[][] mass) {
    double photons = 0;
    for (int k = 0; k < sources.size(); k++) {
      double there =
          k < origins.size()
              ? Arrays.stream(mass[origins.get(k).deposit()]).sum()
              : supportDensity * rows * columns;
      photons += flux * dwell * there * sources.get(k).yield();
    }
    if (photons > MOST_PHOTONS) {
      throw new InvalidInput(
          "the photons that meet the detector",
          String.format(Locale.ROOT, "%.3g", photons),
          String.format(Locale.ROOT, "%.0g at most, each is drawn by itself", MOST_PHOTONS),
          "less flux, dwell or solidAngle");
    }
  }

  private LineAreas truth(
      List<Origin> origins,
      double[][] whole,
      double[][] mass,
      Exposure exposure,
      Optional<Grid> grid,
      Source source) {
    var amounts = new ArrayList<LineAreas.Amount>();
    for (var origin : origins) {
      double[] density = Arrays.stream(mass[origin.deposit()]).map(m -> m * MICROGRAMS).toArray();
      amounts.add(
          new LineAreas.Amount(
              origin.group().name(), "areal density", "µg/cm²", density, Optional.empty()));
    }
    return new LineAreas(
        origins.stream().map(Origin::group).toList(),
        whole,
        new double[whole.length][exposure.realTime().orElseThrow().length],
        Optional.empty(),
        exposure,
        OptionalDouble.of(energyEv),
        grid,
        List.of(),
        amounts,
        List.of(),
        Quality.NONE,
        source);
  }
}
