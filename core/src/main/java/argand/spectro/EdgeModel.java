package argand.spectro;

import argand.array.InvalidInput;
import argand.spectro.NormalizeEdge.Division;
import java.util.Optional;

/// An edge normalization as linear algebra, the same for every pixel:
///
///     (1)  c_k  = Σ_e W_ke y_e
///     (2)  n_e  = (y_e − Σ_k b_ke c_k)/Σ_k s_ke c_k
///     (3)  dn_e = (dy_e − Σ_k g_ke dc_k)/Σ_k s_ke c_k,   g_ke = b_ke + n_e s_ke
///
/// c are the coefficients of the lines below and above the edge, b what is subtracted, s the step
/// that is divided by.
///
/// @param weights W, [k][e]
/// @param base b, [k][e]
/// @param step s, [k][e]
/// @param jump the step at E₀ is Σ_k jump_k c_k
/// @param thickness the mean step over the post-edge energies is Σ_k thickness_k c_k
record EdgeModel(
    double[][] weights, double[][] base, double[][] step, double[] jump, double[] thickness) {
  int coefficients() {
    return weights.length;
  }

  /// What kind of lines, where they are fitted, what is divided by.
  ///
  /// @param post empty where only the line below the edge is wanted
  /// @param commonPre shape of the line below the edge; absent where each pixel has its own
  /// @param commonStep shape of the step above it; absent where each pixel has its own
  record Lines(
      double[] energyEv,
      int[] pre,
      int[] post,
      PreEdge preEdge,
      int degree,
      Division division,
      double e0Ev,
      Optional<double[]> commonPre,
      Optional<double[]> commonStep) {
    Lines at(double otherE0) {
      return new Lines(
          energyEv, pre, post, preEdge, degree, division, otherE0, commonPre, commonStep);
    }

    Lines withCommon(double[] preShape, double[] stepShape) {
      return new Lines(
          energyEv,
          pre,
          post,
          preEdge,
          degree,
          division,
          e0Ev,
          Optional.of(preShape),
          Optional.of(stepShape));
    }

    /// The model; energies at which `use` is false are left out of the fits.
    ///
    /// @return nothing where the energies that are left do not determine the lines
    Optional<EdgeModel> model(boolean[] use) {
      int n = energyEv.length;
      double[][] low = commonPre.isPresent() ? new double[][] {commonPre.get()} : preColumns();
      double[][] high = commonStep.isPresent() ? new double[][] {commonStep.get()} : postColumns();
      var below = LinearFit.weights(low, chosen(pre, use));
      var above =
          high.length == 0
              ? Optional.of(new double[0][])
              : LinearFit.weights(high, chosen(post, use));
      if (below.isEmpty() || above.isEmpty()) {
        return Optional.empty();
      }
      int k = low.length;
      double[][] weights = new double[k + high.length][];
      double[][] base = new double[weights.length][n];
      double[][] step = new double[weights.length][n];
      System.arraycopy(below.get(), 0, weights, 0, k);
      System.arraycopy(low, 0, base, 0, k);
      for (int j = 0; j < high.length; j++) {
        weights[k + j] = withoutLine(above.get()[j], below.get(), low);
      }
      double[] jump = new double[weights.length];
      double[] thickness = new double[weights.length];
      for (int j = 0; j < high.length; j++) {
        jump[k + j] = at(high[j], e0Ev);
        for (int e : post) {
          thickness[k + j] += high[j][e] / post.length;
        }
        for (int e = 0; e < n; e++) {
          boolean behind = energyEv[e] > e0Ev;
          switch (division) {
            case POST_LINE -> step[k + j][e] = behind ? high[j][e] : jump[k + j];
            case EDGE_JUMP -> step[k + j][e] = jump[k + j];
            case FLATTENED -> {
              step[k + j][e] = jump[k + j];
              base[k + j][e] = behind ? high[j][e] - jump[k + j] : 0;
            }
          }
        }
      }
      return Optional.of(new EdgeModel(weights, base, step, jump, thickness));
    }

    double[][] preColumns() {
      double center = mean(pre);
      return preEdge.columns(energyEv, center, half(pre, center));
    }

    double[][] postColumns() {
      if (post.length == 0) {
        return new double[0][];
      }
      double center = mean(post);
      double width = half(post, center);
      double[][] columns = new double[degree + 1][energyEv.length];
      for (int e = 0; e < energyEv.length; e++) {
        double t = (energyEv[e] - center) / width;
        double power = 1;
        for (double[] column : columns) {
          column[e] = power;
          power *= t;
        }
      }
      return columns;
    }

    private double mean(int[] window) {
      double sum = 0;
      for (int e : window) {
        sum += energyEv[e] / window.length;
      }
      return sum;
    }

    private double half(int[] window, double center) {
      double most = 0;
      for (int e : window) {
        most = Math.max(most, Math.abs(energyEv[e] - center));
      }
      return most > 0 ? most : 1;
    }

    private double[] chosen(int[] window, boolean[] use) {
      double[] weight = new double[energyEv.length];
      for (int e : window) {
        weight[e] = use[e] ? 1 : 0;
      }
      return weight;
    }

    /// Weights on y of a functional of y less its pre-edge line.
    private static double[] withoutLine(double[] weights, double[][] below, double[][] low) {
      double[] all = weights.clone();
      for (int k = 0; k < low.length; k++) {
        double share = 0;
        for (int e = 0; e < weights.length; e++) {
          share += weights[e] * low[k][e];
        }
        for (int e = 0; e < weights.length; e++) {
          all[e] -= share * below[k][e];
        }
      }
      return all;
    }

    /// A column between the energies.
    private double at(double[] column, double energy) {
      return Interpolation.linear(energyEv, column, energy);
    }
  }

  /// The sum of the windows' energies, for a model of them.
  static boolean[] all(int count) {
    boolean[] use = new boolean[count];
    java.util.Arrays.fill(use, true);
    return use;
  }

  /// c of one spectrum.
  double[] fit(double[] y) {
    double[] c = new double[weights.length];
    for (int k = 0; k < c.length; k++) {
      for (int e = 0; e < y.length; e++) {
        if (weights[k][e] != 0) {
          c[k] += weights[k][e] * y[e];
        }
      }
    }
    return c;
  }

  /// Σ_k row_k c_k
  static double sum(double[] row, double[] c) {
    double sum = 0;
    for (int k = 0; k < c.length; k++) {
      sum += row[k] * c[k];
    }
    return sum;
  }

  /// Column e of a table [k][e].
  static double[] column(double[][] table, int e) {
    double[] column = new double[table.length];
    for (int k = 0; k < column.length; k++) {
      column[k] = table[k][e];
    }
    return column;
  }

  /// Line (2) of one spectrum.
  ///
  /// @throws InvalidInput when the step at E₀ is not above 0
  double[] normalized(double[] y) {
    double[] c = fit(y);
    if (!(sum(jump, c) > 0)) {
      throw new InvalidInput(
          "the edge step", sum(jump, c), "above 0", "check the windows before and behind the edge");
    }
    double[] n = new double[y.length];
    for (int e = 0; e < n.length; e++) {
      n[e] = (y[e] - sum(column(base, e), c)) / sum(column(step, e), c);
    }
    return n;
  }

  /// Σ_e∈window W_je W_ke
  double[][] products(int[] window) {
    double[][] products = new double[weights.length][weights.length];
    for (int j = 0; j < weights.length; j++) {
      for (int k = 0; k < weights.length; k++) {
        for (int e : window) {
          products[j][k] += weights[j][e] * weights[k][e];
        }
      }
    }
    return products;
  }

  /// xᵀ P x
  static double quadratic(double[][] p, double[] x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      for (int k = 0; k < x.length; k++) {
        sum += x[j] * p[j][k] * x[k];
      }
    }
    return sum;
  }
}
