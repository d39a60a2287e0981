package argand.acquire;

import argand.acquire.PlannedExposure.Kind;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.BucketSignal;
import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.FluorescenceSpectra;
import argand.data.Planes;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.data.StructuredScan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a measurement left: the patterns whose sample was exposed, and the spectrum of each. A
/// measurement that was stopped is one of fewer patterns.
///
/// @param scan patterns without the sample, the same with it, times and monitor; no signals yet
/// @param spectra in the order of the patterns
public record AcquiredScan(StructuredScan scan, FluorescenceSpectra spectra) {
  /// @throws InvalidInput where no pattern has been exposed both ways
  public static AcquiredScan read(Path folder) {
    var plan = ExposurePlan.read(folder.resolve(Acquisition.PLAN));
    var frames = new AcquiredFrames(folder.resolve(Acquisition.FRAMES), plan.fingerprint());
    var taken =
        plan.exposures().stream()
            .filter(e -> e.kind() == Kind.WITH_SAMPLE && frames.has(e))
            .flatMap(e -> taken(plan, frames, e).stream())
            .toList();
    return of(taken, Source.file(folder.toString()));
  }

  /// One pattern, exposed both ways.
  record Taken(Reading pattern, Reading sample) {}

  /// What was taken of an exposure with the sample; nothing where its pattern has not been.
  static Optional<Taken> taken(ExposurePlan plan, AcquiredFrames frames, PlannedExposure with) {
    return partner(plan, with)
        .filter(frames::has)
        .map(alone -> new Taken(frames.read(alone).reading(), frames.read(with).reading()));
  }

  /// @param taken in the order that the patterns shall have
  static AcquiredScan of(List<Taken> taken, Source source) {
    if (taken.isEmpty()) {
      throw new InvalidInput(
          "the measurement",
          "no pattern exposed both with and without the sample",
          "at least one",
          "let it go on");
    }
    var readings = taken.stream().map(Taken::sample).toList();
    var exposure = exposure(readings);
    var scan =
        new StructuredScan(
            Planes.of(taken.stream().map(t -> perIncident(t.pattern())).toList()),
            Optional.of(Planes.of(readings.stream().map(AcquiredScan::perIncident).toList())),
            List.of(),
            exposure,
            Optional.empty(),
            Findings.NONE,
            source);
    return new AcquiredScan(scan, spectra(readings, exposure, source));
  }

  static Optional<PlannedExposure> partner(ExposurePlan plan, PlannedExposure with) {
    return plan.exposures().stream()
        .filter(e -> e.kind() == Kind.WITHOUT_SAMPLE && e.pattern() == with.pattern())
        .findFirst();
  }

  /// Counts over the monitor, so that patterns are of one beam.
  private static RealField perIncident(Reading reading) {
    var image = reading.image().copy();
    float[] values = image.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) reading.incident();
    }
    return image;
  }

  private static Exposure exposure(List<Reading> readings) {
    return Exposure.ofTimes(
            readings.stream().mapToDouble(Reading::realTime).toArray(),
            readings.stream().mapToDouble(Reading::liveTime).toArray())
        .withIncident(readings.stream().mapToDouble(Reading::incident).toArray(), false);
  }

  private static FluorescenceSpectra spectra(
      List<Reading> readings, Exposure exposure, Source source) {
    int channels = readings.getFirst().spectrum().length;
    float[] counts = new float[readings.size() * channels];
    for (int j = 0; j < readings.size(); j++) {
      System.arraycopy(readings.get(j).spectrum(), 0, counts, j * channels, channels);
    }
    return FluorescenceSpectra.of(
            SpectrumRows.of(channels, counts), readings.getFirst().calibration(), source)
        .withExposure(exposure)
        .withIncidentEv(readings.getFirst().energyEv());
  }

  /// Counts in a window of energies, as a quick look while measuring: nothing is fitted, what lies
  /// under the line is left in.
  ///
  /// @param fromEv and toEv of the window [eV]
  public BucketSignal window(String name, double fromEv, double toEv) {
    var calibration = spectra.calibration();
    double[] counts = new double[spectra.count()];
    int found = 0;
    for (int j = 0; j < counts.length; j++) {
      float[] spectrum = spectra.counts().spectrum(j);
      for (int c = 0; c < spectrum.length; c++) {
        double ev = calibration.energyEv(c);
        if (ev >= fromEv && ev < toEv) {
          counts[j] += spectrum[c];
          found++;
        }
      }
    }
    if (found == 0) {
      throw new InvalidInput(
          "the window of " + name,
          fromEv + " eV … " + toEv + " eV",
          "energies within the spectrum, " + ends(calibration, spectra.channels()),
          "");
    }
    return BucketSignal.ofCounts(name, counts);
  }

  private static String ends(EnergyCalibration calibration, int channels) {
    return Math.round(calibration.energyEv(0))
        + " eV … "
        + Math.round(calibration.energyEv(channels - 1))
        + " eV";
  }
}
