package argand.file;

import argand.array.InvalidInput;
import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.SpectrumRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Scans of EPICS whose innermost one is a spectrum of each element of a detector (`…mca1`, `…mca2`
/// …). Live and real time are ELTM and ERTM, calibrations CALO, CALS and CALQ (keV) of the first
/// element that is used.
public final class MdaReader implements SpectraReader {
  /// Made by the service loader.
  public MdaReader() {}

  @Override
  public String name() {
    return "mda";
  }

  @Override
  public String title() {
    return "EPICS MDA";
  }

  @Override
  public boolean claims(Path file) {
    return Files.isRegularFile(file)
        && String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".mda")
        && MdaFile.looksLike(file);
  }

  @Override
  public RawSpectra read(Path file, ReadSpectra how) {
    var mda = new MdaFile(file);
    try {
      return read(file, mda, how);
    } catch (RuntimeException trouble) {
      mda.close();
      throw trouble;
    }
  }

  private static RawSpectra read(Path file, MdaFile mda, ReadSpectra how) {
    int rank = mda.shape.length;
    if (rank < 2) {
      throw new FileTrouble(
          file, "the scan has one axis only: spectra would be scans below its points");
    }
    var above = new ArrayList<MdaFile.Scan>();
    var pixels = new ArrayList<MdaFile.Scan>();
    int rows = collect(mda, mda.outermost(), above, pixels);
    if (pixels.isEmpty()) {
      throw new FileTrouble(file, "no point of the scan has a spectrum");
    }
    int columns = pixels.size() / rows;
    int[] elements = elements(pixels.getFirst(), how);
    int channels = pixels.getFirst().planned();
    var notes = new ArrayList<String>();
    if (elements.length > 1) {
      notes.add(elements.length + " elements of the detector are added up, channel by channel");
    }
    var counts = rows(mda, pixels, elements, channels);
    String element = pixels.getFirst().detectors().get(elements[0]).name().replaceAll("\\..*", "");
    return RawSpectra.of(counts, notes)
        .calibrated(calibration(mda, element))
        .exposed(exposure(mda, above, columns, element, how))
        .map(rank == 2 ? 0 : rows, rank == 2 ? 0 : columns, pixel(mda, above));
  }

  /// Goes down to the scans that are spectra; returns how many rows of them there are. Rows that
  /// the
  /// scan did not finish are left out.
  private static int collect(
      MdaFile mda, MdaFile.Scan scan, List<MdaFile.Scan> above, List<MdaFile.Scan> pixels) {
    if (scan.rank() == 2) {
      if (scan.points() < scan.planned()) {
        return 0;
      }
      var row = new ArrayList<MdaFile.Scan>();
      for (int k = 0; k < scan.planned(); k++) {
        if (scan.below()[k] == 0) {
          return 0;
        }
        row.add(mda.scan(scan.below()[k]));
      }
      above.add(scan);
      pixels.addAll(row);
      return 1;
    }
    int rows = 0;
    for (int k = 0; k < scan.planned(); k++) {
      if (scan.below()[k] != 0) {
        rows += collect(mda, mda.scan(scan.below()[k]), above, pixels);
      }
    }
    return rows;
  }

  private static int[] elements(MdaFile.Scan scan, ReadSpectra how) {
    int all = scan.detectors().size();
    if (how.elements().isEmpty()) {
      int[] every = new int[all];
      for (int k = 0; k < all; k++) {
        every[k] = k;
      }
      return every;
    }
    for (int one : how.elements()) {
      if (one > all) {
        throw new InvalidInput("elements", one, "1 … " + all, "so many has the detector");
      }
    }
    return how.elements().stream().mapToInt(one -> one - 1).toArray();
  }

  private static SpectrumRows rows(
      MdaFile mda, List<MdaFile.Scan> pixels, int[] elements, int channels) {
    return new SpectrumRows() {
      @Override
      public int count() {
        return pixels.size();
      }

      @Override
      public int channels() {
        return channels;
      }

      @Override
      public void read(int first, int length, float[] into, int offset) {
        Arrays.fill(into, offset, offset + length * channels, 0);
        for (int j = 0; j < length; j++) {
          for (int element : elements) {
            mda.add(pixels.get(first + j), element, into, offset + j * channels, channels);
          }
        }
      }

      @Override
      public void close() {
        mda.close();
      }
    };
  }

  private static Optional<EnergyCalibration> calibration(MdaFile mda, String element) {
    var outer = mda.outermost();
    double zero = first(mda, outer, element + ".CALO");
    double gain = first(mda, outer, element + ".CALS");
    double quadratic = first(mda, outer, element + ".CALQ");
    return gain > 0 && !Double.isNaN(zero)
        ? Optional.of(
            new EnergyCalibration(
                1e3 * zero, 1e3 * gain, Double.isNaN(quadratic) ? 0 : 1e3 * quadratic))
        : Optional.empty();
  }

  private static int index(MdaFile.Scan scan, String name) {
    for (int k = 0; k < scan.detectors().size(); k++) {
      if (scan.detectors().get(k).name().equals(name)) {
        return k;
      }
    }
    return -1;
  }

  private static double first(MdaFile mda, MdaFile.Scan scan, String name) {
    int at = index(scan, name);
    if (at < 0) {
      return Double.NaN;
    }
    float[] value = new float[1];
    mda.add(scan, at, value, 0, 1);
    return value[0];
  }

  private static Exposure exposure(
      MdaFile mda, List<MdaFile.Scan> above, int columns, String element, ReadSpectra how) {
    var live = series(mda, above, columns, element + ".ELTM");
    var real = series(mda, above, columns, element + ".ERTM");
    var exposure = Exposure.UNKNOWN;
    if (live.isPresent() && real.isPresent()) {
      exposure = exposure.withTimes(real, live);
    }
    if (how.monitor().isPresent()) {
      String name = how.monitor().get();
      var monitor = series(mda, above, columns, name);
      if (monitor.isEmpty()) {
        throw new InvalidInput(
            "monitor",
            name,
            "one of "
                + String.join(
                    ", ", above.getFirst().detectors().stream().map(MdaFile.Signal::name).toList()),
            "");
      }
      exposure = exposure.withIncident(monitor.get(), false);
    }
    return exposure;
  }

  private static Optional<double[]> series(
      MdaFile mda, List<MdaFile.Scan> above, int columns, String name) {
    int at = index(above.getFirst(), name);
    if (at < 0) {
      return Optional.empty();
    }
    double[] all = new double[above.size() * columns];
    float[] row = new float[columns];
    for (int r = 0; r < above.size(); r++) {
      Arrays.fill(row, 0);
      mda.add(above.get(r), at, row, 0, columns);
      for (int c = 0; c < columns; c++) {
        all[r * columns + c] = row[c];
      }
    }
    return Optional.of(all);
  }

  /// Spacing of rows and columns, where positioners say them.
  private static Optional<double[]> pixel(MdaFile mda, List<MdaFile.Scan> above) {
    var outer = mda.outermost();
    if (outer.rank() != 3 || outer.positions().length == 0) {
      return Optional.empty();
    }
    var inner = above.getFirst();
    if (inner.positions().length == 0) {
      return Optional.empty();
    }
    double y = spacing(outer);
    double x = spacing(inner);
    return y > 1e-13 && x > 1e-13 && y < 1 && x < 1
        ? Optional.of(new double[] {y, x})
        : Optional.empty();
  }

  private static double spacing(MdaFile.Scan scan) {
    double[] at = scan.positions()[0];
    int n = Math.min(scan.points(), at.length);
    double metres =
        switch (scan.positioners().getFirst().unit().toLowerCase(Locale.ROOT)) {
          case "mm" -> 1e-3;
          case "um", "micron", "microns", "µm" -> 1e-6;
          case "m" -> 1;
          default -> Double.NaN;
        };
    return n < 2 ? Double.NaN : Math.abs(at[n - 1] - at[0]) / (n - 1) * metres;
  }
}
