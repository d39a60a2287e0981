package argand.file;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.EnergyCalibration;
import argand.data.FluorescenceSpectra;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Source;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;

/// Reads X-ray fluorescence spectra from a file: a single one, a series, or a map. What is given
/// here overrides what the file says.
public record ReadSpectra(
    @Param(value = "energy of the exciting beam; overrides the file", unit = "eV")
        OptionalDouble energyEv,
    @Param(value = "energy of the first channel; overrides the file", unit = "eV")
        OptionalDouble zeroEv,
    @Param(value = "energy per channel; overrides the file", unit = "eV") OptionalDouble gainEv,
    @Param(
            "dataset of the spectra in an HDF5 file; found by its place and shape where it is not given")
        Optional<String> dataset,
    @Param("dataset or process variable of a monitor of the beam") Optional<String> monitor,
    @Param(
            value = "elements of the detector that are added up, from 1; [] are all",
            byDefault = "[]")
        List<Integer> elements,
    @Param("dead time as a share of real time, 0 where counts are corrected; overrides the file")
        OptionalDouble deadShare,
    @Param(value = "live time of each spectrum; overrides the file", unit = "s")
        OptionalDouble liveTime,
    @Param(value = "real time of each spectrum; overrides the file", unit = "s")
        OptionalDouble realTime,
    @Param(value = "edge of a square pixel on the sample; overrides the file", unit = "m")
        OptionalDouble pixelSize,
    @Param(value = "file format; auto asks every reader", byDefault = "auto") String format)
    implements Step.One<RawFile, FluorescenceSpectra> {
  private static final double NOMINAL = 1e-6;

  /// What is missing where a file has no calibration.
  static final String CHANNELS = "the energy of the channels";

  public ReadSpectra {
    elements = List.copyOf(elements);
    elements.forEach(one -> Check.atLeast("elements", one, 1));
    energyEv.ifPresent(ev -> Check.within("energy", ev, 100, 1e6, "eV"));
    gainEv.ifPresent(ev -> Check.within("gain", ev, 0.01, 1e4, "eV"));
    deadShare.ifPresent(share -> Check.within("deadShare", share, 0, 0.999, ""));
    pixelSize.ifPresent(size -> Check.within("pixelSize", size, 1e-12, 1, "m"));
  }

  /// As an empty `readSpectra: {}` of a recipe.
  public static ReadSpectra defaults() {
    return new ReadSpectra(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "auto");
  }

  /// With this calibration in place of the file's [eV].
  ReadSpectra calibrated(double zero, double gain) {
    return new ReadSpectra(
        energyEv,
        OptionalDouble.of(zero),
        OptionalDouble.of(gain),
        dataset,
        monitor,
        elements,
        deadShare,
        liveTime,
        realTime,
        pixelSize,
        format);
  }

  @Override
  public Class<RawFile> takes() {
    return RawFile.class;
  }

  @Override
  public Class<FluorescenceSpectra> gives() {
    return FluorescenceSpectra.class;
  }

  @Override
  public FluorescenceSpectra apply(RawFile input, Watch watch) {
    Path file = input.path();
    if (!Files.exists(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (Hdf5.looksLikeHdf5(file) && format.equals("auto") && equals(defaults()) && isResult(file)) {
      return ResultReader.spectra(file);
    }
    try {
      var raw = reader(file).read(file, this);
      try {
        var spectra = assembled(file, raw);
        spectra.source().notes().forEach(note -> watch.tell(new Progress.Noted(note)));
        return spectra;
      } catch (RuntimeException wrong) {
        raw.counts().close();
        throw wrong;
      }
    } catch (InvalidInput wrong) {
      String place = file.toString();
      throw wrong.what().startsWith(place) ? wrong : wrong.at(place);
    }
  }

  private static boolean isResult(Path file) {
    try (var h5 = Hdf5.open(file)) {
      return FluorescenceKept.claims(h5);
    }
  }

  private SpectraReader reader(Path file) {
    var all = new ArrayList<SpectraReader>();
    ServiceLoader.load(SpectraReader.class).forEach(all::add);
    for (var reader : all) {
      if (format.equals("auto") ? reader.claims(file) : reader.name().equals(format)) {
        return reader;
      }
    }
    if (!format.equals("auto")) {
      String names = String.join(", ", all.stream().map(SpectraReader::name).toList());
      throw new InvalidInput("format", format, "auto or one of " + names, "");
    }
    String titles = String.join(", ", all.stream().map(SpectraReader::title).toList());
    throw new FileTrouble(file, "no reader of spectra knows this file; known are " + titles);
  }

  private FluorescenceSpectra assembled(Path file, RawSpectra raw) {
    var notes = new ArrayList<>(raw.notes());
    int count = raw.counts().count();
    var exposure = raw.exposure();
    if (liveTime.isPresent() || realTime.isPresent()) {
      exposure =
          exposure.withTimes(
              realTime.isPresent()
                  ? Optional.of(each(count, realTime.getAsDouble()))
                  : exposure.realTime(),
              liveTime.isPresent()
                  ? Optional.of(each(count, liveTime.getAsDouble()))
                  : exposure.liveTime());
    }
    if (deadShare.isPresent()) {
      exposure = exposure.withDeadShare(each(count, deadShare.getAsDouble()));
    }
    return new FluorescenceSpectra(
        raw.counts(),
        calibration(raw),
        exposure,
        energyEv.isPresent() ? energyEv : raw.incidentEv(),
        grid(raw, notes),
        raw.names(),
        Quality.NONE,
        new Source(List.of(file.toString()), List.of(), notes));
  }

  private static double[] each(int count, double value) {
    double[] all = new double[count];
    Arrays.fill(all, value);
    return all;
  }

  private EnergyCalibration calibration(RawSpectra raw) {
    if (raw.calibration().isEmpty() && (zeroEv.isEmpty() || gainEv.isEmpty())) {
      throw new InvalidInput(
          CHANNELS,
          "not in the file",
          "zero and gain of the detector, as well as they are known",
          "readSpectra: {zero: 0 eV, gain: 10 eV}; fitLines refines them");
    }
    var known = raw.calibration().orElse(new EnergyCalibration(0, 1));
    boolean straight = zeroEv.isPresent() && gainEv.isPresent();
    return new EnergyCalibration(
        zeroEv.orElse(known.zeroEv()),
        gainEv.orElse(known.gainEv()),
        straight ? 0 : known.quadraticEv());
  }

  private Optional<Grid> grid(RawSpectra raw, List<String> notes) {
    if (raw.rows() == 0) {
      return Optional.empty();
    }
    if (pixelSize.isPresent()) {
      double pixel = pixelSize.getAsDouble();
      return Optional.of(new Grid(raw.rows(), raw.columns(), pixel, pixel));
    }
    if (raw.pixel().isEmpty()) {
      notes.add("the size of a pixel is nowhere stated: 1 µm is nominal");
    }
    double[] pixel = raw.pixel().orElse(new double[] {NOMINAL, NOMINAL});
    return Optional.of(new Grid(raw.rows(), raw.columns(), pixel[0], pixel[1]));
  }
}
