package argand.file;

import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.SpectrumRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Spectra as text: SPEC (`@A` lines with `#@CALIB` and `#@CTIME`), Amptek (`<<PMCA SPECTRUM>>`),
/// Ortec (`$DATA:`), one count a line, and tables (CSV) with a spectrum in each column.
///
/// Calibrations of such files are keV: energies of a detector in eV would have gains above 1.
public final class McaTextReader implements SpectraReader {
  private static final int FEWEST_CHANNELS = 64;
  private static final long LARGEST = 256L << 20;

  /// Made by the service loader.
  public McaTextReader() {}

  @Override
  public String name() {
    return "mca";
  }

  @Override
  public String title() {
    return "MCA text (SPEC, Amptek, Ortec, CSV)";
  }

  @Override
  public boolean claims(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".mca")
        || name.endsWith(".spe")
        || name.endsWith(".spec")
        || name.endsWith(".csv")
        || name.endsWith(".txt")
        || name.endsWith(".dat");
  }

  @Override
  public RawSpectra read(Path file, ReadSpectra how) {
    List<String> lines;
    try {
      if (Files.size(file) > LARGEST) {
        throw new FileTrouble(file, "text of more than 256 MiB is no spectrum");
      }
      lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot read: " + trouble.getMessage(), trouble);
    }
    if (lines.stream().anyMatch(line -> line.startsWith("@A"))) {
      return spec(file, lines);
    }
    if (lines.stream().anyMatch(line -> line.startsWith("<<PMCA SPECTRUM"))) {
      return amptek(file, lines);
    }
    if (lines.stream().anyMatch(line -> line.startsWith("$DATA:"))) {
      return ortec(file, lines);
    }
    return table(file, lines);
  }

  private static EnergyCalibration kev(double zero, double gain, double quadratic) {
    return gain > 1
        ? new EnergyCalibration(zero, gain, quadratic)
        : new EnergyCalibration(1e3 * zero, 1e3 * gain, 1e3 * quadratic);
  }

  private static RawSpectra spec(Path file, List<String> lines) {
    var spectra = new ArrayList<float[]>();
    var live = new ArrayList<Double>();
    var real = new ArrayList<Double>();
    var names = new ArrayList<String>();
    Optional<EnergyCalibration> calibration = Optional.empty();
    double[] times = {};
    String scan = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#S ")) {
        scan = line.substring(3).strip();
      } else if (line.startsWith("#@CALIB")) {
        double[] c = numbers(file, line.substring(7), i);
        if (c.length >= 2 && c[1] > 0) {
          calibration = Optional.of(kev(c[0], c[1], c.length > 2 ? c[2] : 0));
        }
      } else if (line.startsWith("#@CTIME")) {
        times = numbers(file, line.substring(7), i);
      } else if (line.startsWith("@A")) {
        var text = new StringBuilder(line.substring(2));
        while (text.toString().strip().endsWith("\\") && i + 1 < lines.size()) {
          text.setLength(text.lastIndexOf("\\"));
          text.append(' ').append(lines.get(++i));
        }
        spectra.add(floats(numbers(file, text.toString(), i)));
        names.add(scan.isEmpty() ? "spectrum " + spectra.size() : scan);
        if (times.length >= 3) {
          live.add(times[1]);
          real.add(times[2]);
        }
      }
    }
    var raw = RawSpectra.of(rows(file, spectra), List.of()).calibrated(calibration);
    if (live.size() == spectra.size()) {
      raw = raw.exposed(exposure(real, live));
    }
    return raw.named(names);
  }

  private static Exposure exposure(List<Double> real, List<Double> live) {
    return Exposure.ofTimes(
        real.stream().mapToDouble(Double::doubleValue).toArray(),
        live.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static RawSpectra amptek(Path file, List<String> lines) {
    var counts = new ArrayList<Double>();
    double live = Double.NaN;
    double real = Double.NaN;
    var points = new ArrayList<double[]>();
    String part = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("<<")) {
        part = line;
      } else if (line.startsWith("LIVE_TIME")) {
        live = numbers(file, line.substring(line.indexOf('-') + 1), i)[0];
      } else if (line.startsWith("REAL_TIME")) {
        real = numbers(file, line.substring(line.indexOf('-') + 1), i)[0];
      } else if (part.equals("<<DATA>>")) {
        counts.add(numbers(file, line, i)[0]);
      } else if (part.equals("<<CALIBRATION>>") && !line.startsWith("LABEL")) {
        points.add(numbers(file, line, i));
      }
    }
    var raw =
        RawSpectra.of(
            rows(file, List.of(floats(counts.stream().mapToDouble(d -> d).toArray()))), List.of());
    if (points.size() >= 2) {
      double[] a = points.getFirst();
      double[] b = points.getLast();
      double gain = (b[1] - a[1]) / (b[0] - a[0]);
      raw = raw.calibrated(Optional.of(kev(a[1] - gain * a[0], gain, 0)));
    }
    return live > 0 && real > 0 ? raw.exposed(exposure(List.of(real), List.of(live))) : raw;
  }

  private static RawSpectra ortec(Path file, List<String> lines) {
    double[] counts = {};
    Optional<EnergyCalibration> calibration = Optional.empty();
    double[] times = {};
    for (int i = 0; i + 1 < lines.size(); i++) {
      String key = lines.get(i).strip();
      if (key.equals("$MEAS_TIM:")) {
        times = numbers(file, lines.get(i + 1), i + 1);
      } else if (key.equals("$ENER_FIT:")) {
        double[] c = numbers(file, lines.get(i + 1), i + 1);
        calibration = c.length >= 2 && c[1] > 0 ? Optional.of(kev(c[0], c[1], 0)) : calibration;
      } else if (key.equals("$DATA:")) {
        double[] ends = numbers(file, lines.get(i + 1), i + 1);
        int n = (int) (ends[1] - ends[0]) + 1;
        var all = new ArrayList<Double>();
        for (int k = i + 2; k < lines.size() && !lines.get(k).startsWith("$"); k++) {
          for (double one : numbers(file, lines.get(k), k)) {
            all.add(one);
          }
        }
        if (all.size() != n) {
          throw new FileTrouble(
              file, "$DATA: announces " + n + " channels and holds " + all.size());
        }
        counts = all.stream().mapToDouble(d -> d).toArray();
      }
    }
    var raw = RawSpectra.of(rows(file, List.of(floats(counts))), List.of()).calibrated(calibration);
    return times.length >= 2 ? raw.exposed(exposure(List.of(times[1]), List.of(times[0]))) : raw;
  }

  /// One column: counts. More: a first column that counts 0, 1, 2 … is left out, one named energy
  /// calibrates, the others are spectra.
  private static RawSpectra table(Path file, List<String> lines) {
    var rows = new ArrayList<double[]>();
    String[] titles = {};
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("%")) {
        continue;
      }
      if (rows.isEmpty() && line.matches(".*\\p{L}{2,}.*")) {
        titles = line.split("[,;\\t]");
        continue;
      }
      double[] row = numbers(file, line, i);
      if (!rows.isEmpty() && row.length != rows.getFirst().length) {
        throw new FileTrouble(
            file,
            "line "
                + (i + 1)
                + " has "
                + row.length
                + " numbers; those before have "
                + rows.getFirst().length);
      }
      rows.add(row);
    }
    if (rows.size() < FEWEST_CHANNELS) {
      throw new FileTrouble(
          file, rows.size() + " lines of numbers are no spectrum: at least " + FEWEST_CHANNELS);
    }
    int width = rows.getFirst().length;
    var spectra = new ArrayList<float[]>();
    var names = new ArrayList<String>();
    Optional<EnergyCalibration> calibration = Optional.empty();
    for (int k = 0; k < width; k++) {
      int at = k;
      double[] column = rows.stream().mapToDouble(row -> row[at]).toArray();
      String title = k < titles.length ? titles[k].strip() : "";
      boolean energy = title.toLowerCase(Locale.ROOT).contains("energy");
      if (energy) {
        double gain = (column[column.length - 1] - column[0]) / (column.length - 1);
        boolean inKev =
            title.toLowerCase(Locale.ROOT).contains("kev") || column[column.length - 1] < 200;
        calibration =
            Optional.of(
                inKev
                    ? new EnergyCalibration(1e3 * column[0], 1e3 * gain)
                    : new EnergyCalibration(column[0], gain));
      } else if (width == 1 || k > 0 || !counts(column)) {
        spectra.add(floats(column));
        names.add(title.isEmpty() ? "spectrum " + (spectra.size()) : title);
      }
    }
    return RawSpectra.of(rows(file, spectra), List.of()).calibrated(calibration).named(names);
  }

  /// Whether it is the number of the channel.
  private static boolean counts(double[] column) {
    for (int c = 1; c < column.length; c++) {
      if (column[c] != column[c - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  private static double[] numbers(Path file, String text, int line) {
    String[] words = text.strip().split("[\\s,;]+");
    double[] numbers = new double[words.length];
    for (int k = 0; k < words.length; k++) {
      try {
        numbers[k] = Double.parseDouble(words[k]);
      } catch (NumberFormatException wrong) {
        throw new FileTrouble(
            file,
            "line " + (line + 1) + " holds “" + words[k] + "” where a number should be",
            wrong);
      }
    }
    return numbers;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int k = 0; k < values.length; k++) {
      floats[k] = (float) values[k];
    }
    return floats;
  }

  private static SpectrumRows rows(Path file, List<float[]> spectra) {
    if (spectra.isEmpty() || spectra.getFirst().length < FEWEST_CHANNELS) {
      throw new FileTrouble(file, "there is no spectrum in it");
    }
    int channels = spectra.getFirst().length;
    float[] all = new float[spectra.size() * channels];
    for (int j = 0; j < spectra.size(); j++) {
      if (spectra.get(j).length != channels) {
        throw new FileTrouble(
            file,
            "spectrum "
                + (j + 1)
                + " has "
                + spectra.get(j).length
                + " channels, the first "
                + channels);
      }
      System.arraycopy(spectra.get(j), 0, all, j * channels, channels);
    }
    return SpectrumRows.of(channels, all);
  }
}
