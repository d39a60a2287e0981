package argand.file;

import argand.array.Grid;
import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.FluorescenceSpectra;
import argand.data.Quality;
import argand.data.Source;
import argand.data.SpectrumRows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The part of a result file that holds fluorescence spectra: written block by block, read back
/// where they lie.
final class FluorescenceKept {
  private static final String SPECTRA = "/entry/spectra";
  private static final String MAP = "/entry/map";
  private static final String EXPOSURE = "/entry/exposure";
  private static final String BEAM = "/entry/exposure/beam_energy";
  private static final int BLOCK = 1 << 20;

  private FluorescenceKept() {}

  static void write(Hdf5Writer out, FluorescenceSpectra spectra) {
    out.attribute("/entry", "default", "spectra");
    spectra(out, spectra);
    circumstances(out, spectra.exposure(), spectra.incidentEv(), spectra.grid(), spectra.names());
    ResultWriter.quality(out, spectra.quality());
    ResultWriter.source(out, spectra.source());
  }

  /// The counts and their calibration alone.
  static void spectra(Hdf5Writer out, FluorescenceSpectra spectra) {
    ResultWriter.group(out, SPECTRA, "NXdata");
    out.attribute(SPECTRA, "signal", "data");
    counts(out, spectra.counts());
    var calibration = spectra.calibration();
    ResultWriter.list(
        out,
        SPECTRA + "/calibration",
        new double[] {calibration.zeroEv(), calibration.gainEv(), calibration.quadraticEv()});
    out.attribute(SPECTRA + "/calibration", "units", "eV, eV/channel, eV/channel^2");
    ResultWriter.list(out, SPECTRA + "/energy", calibration.energiesEv(spectra.channels()));
    out.attribute(SPECTRA + "/energy", "units", "eV");
  }

  private static void counts(Hdf5Writer out, SpectrumRows counts) {
    int channels = counts.channels();
    int block = Math.clamp(BLOCK / channels, 1, counts.count());
    var storage = Hdf5Storage.chunked(Math.min(block, 64), channels).growable();
    out.write(SPECTRA + "/data", new float[0], storage, 0, channels);
    out.attribute(SPECTRA + "/data", "units", "counts");
    for (int first = 0; first < counts.count(); first += block) {
      int length = Math.min(block, counts.count() - first);
      float[] some = new float[length * channels];
      counts.read(first, length, some, 0);
      out.append(SPECTRA + "/data", some);
    }
  }

  /// What spectra and areas share.
  static void circumstances(
      Hdf5Writer out,
      Exposure exposure,
      OptionalDouble incidentEv,
      Optional<Grid> grid,
      List<String> names) {
    ResultWriter.group(out, EXPOSURE, "NXcollection");
    seconds(out, "real_time", exposure.realTime());
    seconds(out, "live_time", exposure.liveTime());
    exposure.deadShare().ifPresent(s -> ResultWriter.list(out, EXPOSURE + "/dead_share", s));
    exposure
        .incident()
        .ifPresent(
            values -> {
              ResultWriter.list(out, EXPOSURE + "/incident", values);
              out.attribute(
                  EXPOSURE + "/incident", "units", exposure.photons() ? "photons" : "arbitrary");
            });
    incidentEv.ifPresent(
        ev -> {
          out.write(BEAM, ev);
          out.attribute(BEAM, "units", "eV");
        });
    if (!names.isEmpty()) {
      out.write(EXPOSURE + "/names", names);
    }
    grid.ifPresent(
        g -> {
          ResultWriter.group(out, MAP, "NXcollection");
          out.write(MAP + "/shape", new long[] {g.rows(), g.columns()}, Hdf5Storage.CONTIGUOUS, 2);
          ResultWriter.pair(out, MAP + "/pixel_size", g.pixelY(), g.pixelX());
        });
  }

  private static void seconds(Hdf5Writer out, String name, Optional<double[]> values) {
    values.ifPresent(
        seconds -> {
          ResultWriter.list(out, EXPOSURE + "/" + name, seconds);
          out.attribute(EXPOSURE + "/" + name, "units", "s");
        });
  }

  static boolean claims(Hdf5 h5) {
    return h5.has(SPECTRA + "/data") && h5.has(SPECTRA + "/calibration");
  }

  /// @param h5 of the file; not kept
  static FluorescenceSpectra read(Hdf5 h5, Quality quality, Source source) {
    double[] calibration = h5.doubles(SPECTRA + "/calibration");
    var own = Hdf5.open(h5.file());
    try {
      return new FluorescenceSpectra(
          new Hdf5SpectrumRows(own, SPECTRA + "/data"),
          new EnergyCalibration(calibration[0], calibration[1], calibration[2]),
          exposure(h5),
          incidentEv(h5),
          grid(h5),
          names(h5),
          quality,
          source);
    } catch (RuntimeException damaged) {
      own.close();
      throw damaged;
    }
  }

  static Exposure exposure(Hdf5 h5) {
    return new Exposure(
        list(h5, "real_time"),
        list(h5, "live_time"),
        list(h5, "dead_share"),
        list(h5, "incident"),
        h5.has(EXPOSURE + "/incident")
            && h5.units(EXPOSURE + "/incident").orElse("").equals("photons"));
  }

  private static Optional<double[]> list(Hdf5 h5, String name) {
    String path = EXPOSURE + "/" + name;
    return h5.has(path) ? Optional.of(h5.doubles(path)) : Optional.empty();
  }

  static OptionalDouble incidentEv(Hdf5 h5) {
    return h5.has(BEAM) ? OptionalDouble.of(h5.number(BEAM)) : OptionalDouble.empty();
  }

  static List<String> names(Hdf5 h5) {
    return h5.has(EXPOSURE + "/names") ? h5.texts(EXPOSURE + "/names") : List.of();
  }

  static Optional<Grid> grid(Hdf5 h5) {
    if (!h5.has(MAP + "/shape")) {
      return Optional.empty();
    }
    long[] shape = h5.longs(MAP + "/shape");
    double[] pixel = h5.doubles(MAP + "/pixel_size");
    return Optional.of(
        new Grid(Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), pixel[0], pixel[1]));
  }
}
