package argand.file;

import argand.array.InvalidInput;
import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.Quality;
import argand.data.Source;
import argand.data.SpectrumRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Spectra in HDF5: MAPS (`/MAPS_RAW/data_a` … or `/MAPS/mca_arr`, channels first), PyXRF
/// (`/xrfmap/detsum/counts`), Xspress3 (`/entry/instrument/detector/data`, points × elements ×
/// channels), NXfluo (`…/fluorescence/data` with its energies), and any dataset that the recipe
/// names, whose last axis is channels.
public final class Hdf5SpectraReader implements SpectraReader {
  private static final String MAPS = "/MAPS_RAW/data_";
  private static final String MAPS_SUM = "/MAPS/mca_arr";
  private static final List<String> KNOWN =
      List.of(
          "/xrfmap/detsum/counts",
          "/entry/instrument/detector/data",
          "/entry/data/data",
          "/entry1/fluo_entry/data/data",
          "/entry/instrument/fluorescence/data",
          "/entry1/instrument/fluorescence/data");
  private static final int FEWEST_CHANNELS = 128;
  private static final String XSPRESS = "/entry/instrument/detector";

  /// Largest arrays of silicon drift detectors; what has more rows is an image.
  private static final int MOST_ELEMENTS = 64;

  /// Made by the service loader.
  public Hdf5SpectraReader() {}

  @Override
  public String name() {
    return "hdf5";
  }

  @Override
  public String title() {
    return "HDF5 (MAPS, PyXRF, Xspress3, NXfluo)";
  }

  @Override
  public boolean claims(Path file) {
    return Files.isRegularFile(file) && Hdf5.looksLikeHdf5(file);
  }

  /// Whose layout a file has that can be nothing but fluorescence spectra. Not {@code
  /// /entry/data/data}, where others keep images.
  static Optional<String> layout(Hdf5 h5) {
    if (FluorescenceKept.claims(h5)) {
      return Optional.of("Argand");
    }
    if (h5.isDataset(MAPS + "a") || h5.isDataset(MAPS_SUM)) {
      return Optional.of("MAPS");
    }
    for (String path : KNOWN) {
      if (h5.isDataset(path) && !path.equals("/entry/data/data")) {
        long[] shape = h5.shape(path);
        long channels = shape[shape.length - 1];
        boolean xspress = path.startsWith(XSPRESS);
        boolean elements = shape.length == 3 && shape[1] <= MOST_ELEMENTS && channels >= 512;
        if (xspress ? elements : shape.length >= 2 && channels >= FEWEST_CHANNELS) {
          return Optional.of(
              xspress ? "Xspress3" : path.startsWith("/xrfmap") ? "PyXRF" : "NXfluo");
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public RawSpectra read(Path file, ReadSpectra how) {
    var h5 = Hdf5.open(file);
    try {
      if (how.dataset().isPresent()) {
        return lastAxis(h5, how.dataset().get(), how);
      }
      if (FluorescenceKept.claims(h5)) {
        return kept(h5);
      }
      if (h5.isDataset(MAPS + "a")) {
        return maps(h5, how);
      }
      if (h5.isDataset(MAPS_SUM)) {
        return channelsFirst(h5, List.of(MAPS_SUM), how, Exposure.UNKNOWN);
      }
      for (String path : KNOWN) {
        if (h5.isDataset(path)
            && h5.shape(path).length >= 2
            && h5.shape(path)[h5.shape(path).length - 1] >= FEWEST_CHANNELS) {
          return lastAxis(h5, path, how);
        }
      }
      throw new InvalidInput(
          "the dataset of the spectra",
          "not found",
          "one at a place that is known: MAPS, PyXRF, Xspress3, NXfluo",
          "name it: readSpectra: {dataset: /entry/…}");
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  /// A result of Argand, or simulated spectra.
  private static RawSpectra kept(Hdf5 h5) {
    var spectra = FluorescenceKept.read(h5, Quality.NONE, Source.NONE);
    h5.close();
    var raw =
        RawSpectra.of(spectra.counts(), List.of())
            .calibrated(Optional.of(spectra.calibration()))
            .exposed(spectra.exposure())
            .excited(spectra.incidentEv())
            .named(spectra.names());
    return spectra
        .grid()
        .map(
            g -> raw.map(g.rows(), g.columns(), Optional.of(new double[] {g.pixelY(), g.pixelX()})))
        .orElse(raw);
  }

  private static RawSpectra maps(Hdf5 h5, ReadSpectra how) {
    var paths = new ArrayList<String>();
    for (char element = 'a'; h5.isDataset(MAPS + element); element++) {
      paths.add(MAPS + element);
    }
    var chosen = new ArrayList<Integer>();
    for (int k = 0; k < paths.size(); k++) {
      if (how.elements().isEmpty() || how.elements().contains(k + 1)) {
        chosen.add(k);
      }
    }
    must(chosen.size(), how, paths.size());
    var exposure = Exposure.UNKNOWN;
    if (h5.isDataset("/MAPS_RAW/livetime") && h5.isDataset("/MAPS_RAW/realtime")) {
      var live = mean(h5, "/MAPS_RAW/livetime", chosen);
      var real = mean(h5, "/MAPS_RAW/realtime", chosen);
      if (Arrays.stream(live).allMatch(t -> t >= 0) && Arrays.stream(real).allMatch(t -> t > 0)) {
        exposure = Exposure.ofTimes(real, live);
      }
    }
    return channelsFirst(h5, chosen.stream().map(paths::get).toList(), how, exposure);
  }

  private static void must(int found, ReadSpectra how, int all) {
    if (found == 0 || found < how.elements().size()) {
      throw new InvalidInput("elements", how.elements(), "1 … " + all, "so many has the detector");
    }
  }

  /// Of the chosen elements, for each point.
  private static double[] mean(Hdf5 h5, String path, List<Integer> elements) {
    double[] all = h5.doubles(path);
    int points = all.length / Math.toIntExact(h5.shape(path)[0]);
    double[] mean = new double[points];
    for (int element : elements) {
      for (int j = 0; j < points; j++) {
        mean[j] += all[element * points + j] / elements.size();
      }
    }
    return mean;
  }

  /// Channels × rows × columns, one dataset for each element: taken into memory, where spectra lie
  /// whole.
  private static RawSpectra channelsFirst(
      Hdf5 h5, List<String> paths, ReadSpectra how, Exposure exposure) {
    long[] shape = h5.shape(paths.getFirst());
    if (shape.length != 3) {
      throw new FileTrouble(
          h5.file(),
          paths.getFirst()
              + " has the shape "
              + Arrays.toString(shape)
              + "; expected channels, rows, columns");
    }
    int channels = Math.toIntExact(shape[0]);
    int points = Math.toIntExact(shape[1] * shape[2]);
    Hdf5Slabs.fits(h5.file(), paths.getFirst(), (long) channels * points, 4);
    float[] counts = new float[channels * points];
    for (String path : paths) {
      for (int c = 0; c < channels; c++) {
        float[] plane = h5.floats(path, new long[] {c, 0, 0}, new long[] {1, shape[1], shape[2]});
        for (int j = 0; j < points; j++) {
          counts[j * channels + c] += plane[j];
        }
      }
    }
    var notes =
        paths.size() > 1
            ? List.of(paths.size() + " elements of the detector are added up, channel by channel")
            : List.<String>of();
    var raw =
        RawSpectra.of(SpectrumRows.of(channels, counts), notes)
            .exposed(monitored(h5, how, exposure, points))
            .map((int) shape[1], (int) shape[2], Optional.empty());
    h5.close();
    return raw;
  }

  private static Exposure monitored(Hdf5 h5, ReadSpectra how, Exposure exposure, int points) {
    if (how.monitor().isEmpty()) {
      return exposure;
    }
    double[] values = h5.doubles(how.monitor().get());
    if (values.length != points) {
      throw new InvalidInput(
          "monitor",
          values.length + " values for " + points + " spectra",
          "one for each spectrum",
          "");
    }
    return exposure.withIncident(values, false);
  }

  private static RawSpectra lastAxis(Hdf5 h5, String path, ReadSpectra how) {
    if (!h5.isDataset(path)) {
      throw new InvalidInput("dataset", path, "a dataset of the file", "");
    }
    long[] shape = h5.shape(path);
    boolean xspress = path.startsWith(XSPRESS) && shape.length == 3;
    SpectrumRows rows = new Hdf5SpectrumRows(h5, path);
    int points = rows.count();
    var notes = new ArrayList<String>();
    int mapRows = 0;
    int mapColumns = 0;
    if (xspress) {
      int elements = Math.toIntExact(shape[1]);
      rows = added(rows, elements, how);
      points = Math.toIntExact(shape[0]);
      notes.add("the elements of the detector are added up, channel by channel");
    } else if (shape.length == 3) {
      mapRows = Math.toIntExact(shape[0]);
      mapColumns = Math.toIntExact(shape[1]);
    } else if (shape.length > 3) {
      throw new FileTrouble(
          h5.file(),
          path
              + " has the shape "
              + Arrays.toString(shape)
              + "; expected spectra, or rows, columns and channels");
    }
    String group = path.substring(0, path.lastIndexOf('/'));
    return RawSpectra.of(rows, notes)
        .calibrated(energies(h5, group + "/energy", rows.channels()))
        .excited(beam(h5, path))
        .exposed(monitored(h5, how, Exposure.UNKNOWN, points))
        .map(mapRows, mapColumns, Optional.empty());
  }

  private static SpectrumRows added(SpectrumRows from, int elements, ReadSpectra how) {
    int channels = from.channels();
    how.elements()
        .forEach(
            one -> {
              if (one > elements) {
                throw new InvalidInput("elements", one, "1 … " + elements, "");
              }
            });
    return SpectrumRows.computed(
        from,
        from.count() / elements,
        channels,
        (first, length, into, offset) -> {
          float[] some = new float[elements * channels];
          Arrays.fill(into, offset, offset + length * channels, 0);
          for (int j = 0; j < length; j++) {
            from.read((first + j) * elements, elements, some, 0);
            for (int e = 0; e < elements; e++) {
              if (how.elements().isEmpty() || how.elements().contains(e + 1)) {
                for (int c = 0; c < channels; c++) {
                  into[offset + j * channels + c] += some[e * channels + c];
                }
              }
            }
          }
        });
  }

  private static Optional<EnergyCalibration> energies(Hdf5 h5, String path, int channels) {
    if (!h5.isDataset(path)) {
      return Optional.empty();
    }
    double[] energy = h5.doubles(path);
    if (energy.length != channels || channels < 2) {
      return Optional.empty();
    }
    boolean kev =
        h5.units(path).map(u -> u.equalsIgnoreCase("keV")).orElse(energy[channels - 1] < 200);
    double scale = kev ? 1e3 : 1;
    double gain = (energy[channels - 1] - energy[0]) / (channels - 1);
    return gain > 0
        ? Optional.of(new EnergyCalibration(scale * energy[0], scale * gain))
        : Optional.empty();
  }

  /// Of the monochromator beside the spectra.
  private static OptionalDouble beam(Hdf5 h5, String path) {
    String up = path;
    while (up.lastIndexOf('/') > 0) {
      up = up.substring(0, up.lastIndexOf('/'));
      String energy = up + "/instrument/monochromator/energy";
      if (h5.isDataset(energy)) {
        double[] values = h5.doubles(energy);
        if (values.length == 1 && values[0] > 0) {
          boolean kev =
              h5.units(energy).map(u -> u.equalsIgnoreCase("keV")).orElse(values[0] < 200);
          return OptionalDouble.of(kev ? 1e3 * values[0] : values[0]);
        }
      }
    }
    return OptionalDouble.empty();
  }
}
