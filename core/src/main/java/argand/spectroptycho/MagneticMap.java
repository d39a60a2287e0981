package argand.spectroptycho;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.List;
import java.util.Optional;

/// One map of what all energies of a dichroism show: D_e(r) ≈ s_e m(r), by alternating weighted
/// least squares, the first principal component where all errors are alike.
///
/// (1) m(r) = Σ_e s_e D_e(r)/σ_e² / Σ_e s_e²/σ_e²,  σ_e² the median variance of energy e
/// (2) s_e = Σ_r m(r) D_e(r) / Σ_r m(r)²
///
/// beginning with s from the energy of the strongest signal against its noise, and scaled at the
/// end
/// so that the largest |s| is 1 and its sign positive: m is the dichroism at that energy.
///
/// @param map m
/// @param sigma its standard deviation from the variances
record MagneticMap(RealField map, RealField sigma) {
  private static final int ROUNDS = 30;
  private static final int PLACES = 32;

  static MagneticMap of(List<RealField> images, List<RealField> variances, Mask mask) {
    int count = images.size();
    double[] noise = new double[count];
    double[] signal = new double[count];
    int first = 0;
    for (int e = 0; e < count; e++) {
      noise[e] = Math.max(mean(variances.get(e), mask, 1), 1e-30);
      signal[e] = squares(images.get(e), mask) / noise[e];
      first = signal[e] > signal[first] ? e : first;
    }
    double[] s = new double[count];
    s[first] = 1;
    var map = new RealField(images.getFirst().grid());
    for (int round = 0; round < ROUNDS; round++) {
      project(images, noise, s, map);
      double all = squares(map, mask);
      for (int e = 0; e < count; e++) {
        s[e] = product(map, images.get(e), mask) / all;
      }
    }
    int top = 0;
    for (int e = 1; e < count; e++) {
      top = Math.abs(s[e]) > Math.abs(s[top]) ? e : top;
    }
    double scale = s[top];
    double information = 0;
    for (int e = 0; e < count; e++) {
      s[e] /= scale;
      information += s[e] * s[e] / noise[e];
    }
    project(images, noise, s, map);
    var sigma = new RealField(map.grid());
    for (int i = 0; i < sigma.values().length; i++) {
      double variance = 0;
      for (int e = 0; e < count; e++) {
        double weight = s[e] / noise[e] / information;
        variance += weight * weight * variances.get(e).values()[i];
      }
      sigma.values()[i] = (float) Math.sqrt(variance);
    }
    return new MagneticMap(map, sigma);
  }

  private static void project(List<RealField> images, double[] noise, double[] s, RealField into) {
    double all = 0;
    for (int e = 0; e < s.length; e++) {
      all += s[e] * s[e] / noise[e];
    }
    for (int i = 0; i < into.values().length; i++) {
      double sum = 0;
      for (int e = 0; e < s.length; e++) {
        sum += s[e] / noise[e] * images.get(e).values()[i];
      }
      into.values()[i] = (float) (sum / all);
    }
  }

  private static double squares(RealField field, Mask mask) {
    return product(field, field, mask);
  }

  private static double product(RealField a, RealField b, Mask mask) {
    double sum = 0;
    for (int i = 0; i < a.values().length; i++) {
      double one = (double) a.values()[i] * b.values()[i];
      sum += mask.good()[i] && !Double.isNaN(one) ? one : 0;
    }
    return sum;
  }

  /// Of the domains: at each energy the slope of the image against the map where the map is known
  /// to
  /// three standard deviations, times the mean |m| there.
  Spectrum spectrum(
      String name,
      double[] energies,
      Quantity quantity,
      List<RealField> images,
      List<RealField> variances) {
    double[] values = new double[energies.length];
    double[] sigmas = new double[energies.length];
    for (int e = 0; e < energies.length; e++) {
      double sum = 0;
      double variance = 0;
      double clear = 0;
      for (int i = 0; i < map.values().length; i++) {
        float m = map.values()[i];
        float value = images.get(e).values()[i];
        if (Math.abs(m) > 3 * sigma.values()[i] && !Float.isNaN(value)) {
          sum += Math.signum(m) * value;
          variance += variances.get(e).values()[i];
          clear++;
        }
      }
      values[e] = clear == 0 ? 0 : sum / clear;
      sigmas[e] = clear == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(variance) / clear;
    }
    return new Spectrum(name, energies, values, Optional.of(sigmas), quantity);
  }

  /// How many standard deviations an image's dichroism in these domains is from zero, by what the
  /// same
  /// image shows in domains displaced by a quarter to a third of the field in all directions: so
  /// slow
  /// errors of the phase, which neighbouring pixels share, count as what they are.
  double sigmasFromZero(RealField image) {
    var grid = map.grid();
    double here = inDomains(image, 0, 0);
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < PLACES; k++) {
      double angle = 2 * Math.PI * k / PLACES;
      double reach = k % 2 == 0 ? 0.25 : 0.33;
      int down = (int) Math.rint(reach * grid.rows() * Math.sin(angle));
      int right = (int) Math.rint(reach * grid.columns() * Math.cos(angle));
      double there = inDomains(image, down, right);
      sum += there;
      squares += there * there;
    }
    double mean = sum / PLACES;
    double scatter = Math.sqrt(Math.max(squares / PLACES - mean * mean, 0) * PLACES / (PLACES - 1));
    return scatter > 0 ? Math.abs(here - mean) / scatter : 0;
  }

  /// Σ m D / Σ |m| over the pixels that both have, the map displaced.
  private double inDomains(RealField image, int down, int right) {
    var grid = map.grid();
    double sum = 0;
    double all = 0;
    for (int r = Math.max(0, -down); r < Math.min(grid.rows(), grid.rows() - down); r++) {
      for (int c = Math.max(0, -right); c < Math.min(grid.columns(), grid.columns() - right); c++) {
        float m = map.at(r + down, c + right);
        float value = image.at(r, c);
        if (!Float.isNaN(m) && !Float.isNaN(value)) {
          sum += m * value;
          all += Math.abs(m);
        }
      }
    }
    return all > 0 ? sum / all : 0;
  }

  /// Pearson's r of both maps over the good pixels.
  double correlation(MagneticMap other, Mask mask) {
    double meanOne = mean(map, mask, 0);
    double meanOther = mean(other.map, mask, 0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < map.values().length; i++) {
      double x = map.values()[i] - meanOne;
      double y = other.map.values()[i] - meanOther;
      if (mask.good()[i] && !Double.isNaN(x) && !Double.isNaN(y)) {
        xy += x * y;
        xx += x * x;
        yy += y * y;
      }
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
  }

  private static double mean(RealField field, Mask mask, double nothing) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < field.values().length; i++) {
      if (mask.good()[i] && !Float.isNaN(field.values()[i])) {
        sum += field.values()[i];
        n++;
      }
    }
    return n == 0 ? nothing : sum / n;
  }
}
