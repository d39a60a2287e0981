package argand.ptycho;

import argand.Paper;
import argand.array.ComplexField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Incoherent modes of the probe: how they start, and how they are made orthogonal.
///
/// The intensity of a view does not change when the modes are mixed by a unitary matrix, so any set
/// found may be turned into the one whose modes are orthogonal: with the Gram matrix G_mn = Σ P_m*
/// P_n and G V = V Λ, P_m ← Σ_n V_nm P_n has the powers λ_m. Exit waves and whatever else a method
/// keeps of each mode turn with them.
@Paper(
    value =
        "P. Thibault, A. Menzel, Reconstructing state mixtures from diffraction measurements,"
            + " Nature 494, 68 (2013)",
    doi = "10.1038/nature11806")
final class ProbeModes {
  private ProbeModes() {}

  /// The first mode, and so many more to make `count`: orthogonal, each with `share` of the power
  /// of
  /// all. They are the first one times polynomials of rising order about its middle, with random
  /// coefficients: as smooth as the first and as wide, but in no direction preferred.
  static List<ComplexField> started(ComplexField first, int count, double share, long seed) {
    List<ComplexField> modes = new ArrayList<>();
    modes.add(first);
    if (count == 1) {
      return modes;
    }
    double power = first.power();
    var random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    var moments = new Moments(first);
    for (int m = 1; m < count; m++) {
      int order = 1;
      while ((order + 1) * (order + 2) / 2 <= m + 1) {
        order++;
      }
      var mode = moments.times(first, order, random);
      for (var before : modes) {
        double[] overlap = inner(before, mode);
        double norm = before.power();
        add(mode, before, -overlap[0] / norm, -overlap[1] / norm);
      }
      modes.add(mode.scale(Math.sqrt(share * power / mode.power())));
    }
    first.scale(Math.sqrt(1 - (count - 1) * share));
    return modes;
  }

  /// Turns the modes of a state into orthogonal ones, the strongest first; a first mode that varies
  /// from view to view stays, and only the others are turned.
  static void orthogonalize(PtychoState state) {
    int all = state.modes();
    int first = state.firstModeVaries() ? 1 : 0;
    var modes = state.probes().subList(first, all);
    int count = modes.size();
    if (count < 2) {
      return;
    }
    double[][] re = new double[count][count];
    double[][] im = new double[count][count];
    for (int m = 0; m < count; m++) {
      for (int n = 0; n < count; n++) {
        double[] overlap = inner(modes.get(m), modes.get(n));
        re[m][n] = overlap[0];
        im[m][n] = overlap[1];
      }
    }
    var vectors = new HermitianEigenvectors(re, im);
    turn(modes, vectors);
    for (int k = first; k < state.waves().size(); k += all) {
      turn(state.waves().subList(k, k + count), vectors);
    }
  }

  static void turn(List<ComplexField> fields, HermitianEigenvectors by) {
    var before = fields.stream().map(ComplexField::copy).toList();
    for (int m = 0; m < fields.size(); m++) {
      fields.get(m).setAll(0, 0);
      for (int n = 0; n < fields.size(); n++) {
        add(fields.get(m), before.get(n), by.re(n, m), by.im(n, m));
      }
    }
  }

  /// Each mode's part of the power of all.
  static double[] shares(List<ComplexField> modes) {
    if (modes.size() == 1) {
      return new double[] {1};
    }
    double[] powers = modes.stream().mapToDouble(ComplexField::power).toArray();
    double all = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / all).toArray();
  }

  /// Σ a* b
  private static double[] inner(ComplexField a, ComplexField b) {
    double re = 0;
    double im = 0;
    for (int r = 0; r < a.grid().rows(); r++) {
      for (int c = 0; c < a.grid().columns(); c++) {
        double x = a.re(r, c);
        double y = a.im(r, c);
        re += x * b.re(r, c) + y * b.im(r, c);
        im += x * b.im(r, c) - y * b.re(r, c);
      }
    }
    return new double[] {re, im};
  }

  /// f ← f + (re + i im) g
  private static void add(ComplexField f, ComplexField g, double re, double im) {
    for (int i = 0; i < f.re().length; i++) {
      double x = g.re()[i];
      double y = g.im()[i];
      f.re()[i] += (float) (re * x - im * y);
      f.im()[i] += (float) (re * y + im * x);
    }
  }

  /// Middle and rms width of an intensity [px].
  private static final class Moments {
    private final double row;
    private final double column;
    private final double width;

    Moments(ComplexField field) {
      double sum = 0;
      double y = 0;
      double x = 0;
      double squares = 0;
      for (int r = 0; r < field.grid().rows(); r++) {
        for (int c = 0; c < field.grid().columns(); c++) {
          double w = Math.pow(field.re(r, c), 2) + Math.pow(field.im(r, c), 2);
          sum += w;
          y += w * r;
          x += w * c;
          squares += w * ((double) r * r + (double) c * c);
        }
      }
      row = y / sum;
      column = x / sum;
      width = Math.sqrt(Math.max(1, squares / sum - row * row - column * column));
    }

    /// The field times a random polynomial of the given order.
    ComplexField times(ComplexField field, int order, SplittableRandom random) {
      double[] re = new double[order + 1];
      double[] im = new double[order + 1];
      for (int k = 0; k <= order; k++) {
        re[k] = random.nextGaussian();
        im[k] = random.nextGaussian();
      }
      var product = new ComplexField(field.grid());
      for (int r = 0; r < field.grid().rows(); r++) {
        for (int c = 0; c < field.grid().columns(); c++) {
          double a = 0;
          double b = 0;
          for (int k = 0; k <= order; k++) {
            double term =
                Math.pow((r - row) / width, k) * Math.pow((c - column) / width, order - k);
            a += re[k] * term;
            b += im[k] * term;
          }
          double x = field.re(r, c);
          double y = field.im(r, c);
          product.set(r, c, (float) (a * x - b * y), (float) (a * y + b * x));
        }
      }
      return product;
    }
  }
}
