package argand.exafs;

import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.NotAKnotSpline;
import java.util.ArrayList;
import java.util.List;

/// How one shell of neighbours scatters the photo-electron, as tables over its wave number:
/// computed
/// by FEFF ({@link #feff}) or taken from a measured standard ({@link MeasuredShell}).
///
/// @param name of the shell
/// @param neighbours N of the tables
/// @param distance R of the tables [Å]
/// @param k wave numbers, rising [Å⁻¹]
/// @param amplitude |F(k)| [Å], with all that reduces it but disorder and mean free path
/// @param phase φ(k) without 2kR [rad]
/// @param real real part of the wave number inside of matter [Å⁻¹]
/// @param path mean free path λ(k) [Å]; infinite where the amplitude holds it already
public record Scattering(
    String name,
    double neighbours,
    double distance,
    double[] k,
    double[] amplitude,
    double[] phase,
    double[] real,
    double[] path) {
  public Scattering {
    for (double[] column : List.of(amplitude, phase, real, path)) {
      Check.same("rows of the scattering of " + name, column.length, k.length);
    }
    Check.within("distance of " + name, distance, 0.5, 20, "Å");
    Check.within("neighbours of " + name, neighbours, 1e-3, 1000, "");
  }

  /// The table of a path as FEFF writes it into `feffNNNN.dat`: after the line of dashes legs,
  /// neighbours and half the length of the path; after the line of titles k, 2 Re δ_c, |f|, arg f,
  /// reduction, λ and Re p.
  ///
  /// @param name of the shell
  /// @param lines of the file
  /// @throws InvalidInput where it is no such file, or a path of more than one scattering
  public static Scattering feff(String name, List<String> lines) {
    int at = 0;
    while (at < lines.size() && !lines.get(at).strip().startsWith("-----")) {
      at++;
    }
    if (at + 1 >= lines.size()) {
      throw noTable(name, "without a line of dashes");
    }
    double[] head = numbers(lines.get(at + 1));
    if (head.length < 3) {
      throw noTable(name, "without legs, neighbours and distance below the dashes");
    }
    if (head[0] != 2) {
      throw new InvalidInput(
          "the path of " + name,
          "of " + (int) head[0] + " legs",
          "a path of two legs, there and back",
          "multiple scattering is not fitted");
    }
    while (at < lines.size() && !lines.get(at).contains("mag[feff]")) {
      at++;
    }
    List<double[]> rows = new ArrayList<>();
    for (String line : lines.subList(Math.min(lines.size(), at + 1), lines.size())) {
      double[] row = numbers(line);
      if (row.length >= 7) {
        rows.add(row);
      }
    }
    if (rows.size() < 4) {
      throw noTable(name, "of " + rows.size() + " rows of seven numbers");
    }
    int n = rows.size();
    double[][] columns = new double[5][n];
    for (int i = 0; i < n; i++) {
      double[] row = rows.get(i);
      columns[0][i] = row[0];
      columns[1][i] = row[2] * row[4];
      columns[2][i] = row[1] + row[3];
      columns[3][i] = row[6];
      columns[4][i] = row[5];
    }
    return new Scattering(
        name, head[1], head[2], columns[0], columns[1], columns[2], columns[3], columns[4]);
  }

  private static InvalidInput noTable(String name, String found) {
    return new InvalidInput(
        "the table of " + name, found, "a file feffNNNN.dat as FEFF writes it", "");
  }

  /// The numbers a line begins with.
  private static double[] numbers(String line) {
    var found = new ArrayList<Double>();
    for (String word : line.strip().split("\\s+")) {
      try {
        found.add(Double.parseDouble(word));
      } catch (NumberFormatException e) {
        // words behind the numbers, as "nleg, deg" are, end them
        break;
      }
    }
    return found.stream().mapToDouble(v -> v).toArray();
  }

  /// The tables at some wave numbers after the edge was moved.
  At at(double[] wanted, double shiftEv) {
    var amplitudes = new NotAKnotSpline(k, amplitude);
    var phases = new NotAKnotSpline(k, phase);
    var reals = new NotAKnotSpline(k, real);
    boolean free = Double.isInfinite(path[0]);
    var paths = free ? reals : new NotAKnotSpline(k, path);
    int n = wanted.length;
    double[][] all = new double[5][n];
    for (int i = 0; i < n; i++) {
      double q = PhotoElectron.waveNumber(PhotoElectron.aboveEdgeEv(wanted[i]) - shiftEv);
      all[0][i] = q;
      all[1][i] = amplitudes.at(q);
      all[2][i] = phases.at(q);
      all[3][i] = reals.at(q);
      all[4][i] = free ? 0 : 1 / paths.at(q);
    }
    return new At(this, all[0], all[1], all[2], all[3], all[4]);
  }

  /// The tables at some wave numbers.
  ///
  /// @param inverse 1/λ
  record At(
      Scattering of,
      double[] q,
      double[] amplitude,
      double[] phase,
      double[] real,
      double[] inverse) {
    /// Adds the shell to χ: the EXAFS equation with p = Re p + i/λ, as in FEFF and IFEFFIT,
    ///
    /// χ = Im[N |F|/(q R²) exp(−2 R₀ Im p − 2 p²σ² + i(2 q R₀ + φ + 2 p (R − R₀ − 2σ²/R₀)))].
    ///
    /// @param neighbours N S₀²
    /// @param distance R [Å]
    /// @param disorder σ² [Å²]
    void addTo(double[] chi, double neighbours, double distance, double disorder) {
      double first = of.distance;
      double longer = distance - first - 2 * disorder / first;
      for (int i = 0; i < chi.length; i++) {
        if (!(q[i] > 1e-3)) {
          continue;
        }
        double re = real[i];
        double im = inverse[i];
        double fall = -2 * first * im - 2 * (re * re - im * im) * disorder - 2 * im * longer;
        double turn = 2 * q[i] * first + phase[i] + 2 * re * longer - 4 * re * im * disorder;
        chi[i] +=
            neighbours
                * amplitude[i]
                / (q[i] * distance * distance)
                * Math.exp(fall)
                * Math.sin(turn);
      }
    }
  }
}
