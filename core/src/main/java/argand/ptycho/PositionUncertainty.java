package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// How well each position is known along each axis, apart from what all have in common.
///
/// The object follows the positions: at each pixel it takes the mean move of the views that light
/// it, v(r) = Σ_k w_k d_k / Σ_k w_k, w_k = |P(r − r_k)|². A view only feels how it differs from
/// that, so the information about all moves along an axis a is that of a graph of overlaps,
///
///     S_jk = c Σ_r |∂_a O|² w_j (δ_jk − w_k/Σ_l w_l)                                      (1)
///
/// with c such that c Σ_j Σ_r |∂_a O|² w_j is ΣH_j, the information where the object is known
/// ({@link NormalEquations}). What moves it is not
/// shot noise alone but also what the model does not explain, which is alike in neighbouring
/// pixels of the detector: with g_jb the sum of w J (I_j − I) over part b of the frame,
///
///     M_j = f² Σ_b g_jb²,  half of it the views' mean in units of H                         (2)
///     σ_j² = (Q S⁺ M S⁺ Q)_jj                                                              (3)
///
/// Q takes a displacement and a linear map out: their errors are not those of a view. f = 1.2 is
/// for what the fit has taken up, found on simulated scans.
record PositionUncertainty(double[] down, double[] right) {
  /// Views beyond which the dense inverse of (1) is not worth its time.
  private static final int MOST_VIEWS = 1000;

  /// Parts of the frame along an axis.
  private static final int SIDE = 16;

  /// Samples of the overlap along an axis.
  private static final int SAMPLES = 32;

  private static final double TAKEN_UP = 1.2;

  private static double rms(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElse(0));
  }

  /// Nothing for scans of too many views.
  ///
  /// @param slope to be taken of the object
  static Optional<PositionUncertainty> of(
      PtychoModel model, PtychoState state, ObjectSlope slope, Workers workers) {
    int views = model.count();
    if (views > MOST_VIEWS || views < 4) {
      return Optional.empty();
    }
    slope.take(state.object());
    var rooms = new PositionSteps[workers.threads()];
    Arrays.setAll(rooms, k -> new PositionSteps(model, state.probes(), slope));
    var parts = new NormalEquations[views][];
    model.expectAll();
    workers.forEach(
        views, (j, worker) -> parts[j] = rooms[worker].parts(state.object(), j, SIDE * SIDE));
    double[] light = light(model, state.probes());
    return Optional.of(
        new PositionUncertainty(
            along(0, slope.down(), parts, light, model, workers),
            along(1, slope.right(), parts, light, model, workers)));
  }

  private static double[] along(
      int axis,
      ComplexField slope,
      NormalEquations[][] parts,
      double[] light,
      PtychoModel model,
      Workers workers) {
    int views = parts.length;
    double[] information = new double[views];
    double[] score = new double[views];
    for (int j = 0; j < views; j++) {
      for (var part : parts[j]) {
        information[j] += part.h(axis, axis);
        score[j] += part.g(axis) * part.g(axis);
      }
    }
    double all = Arrays.stream(information).sum();
    double ratio = Arrays.stream(score).sum() / all;
    double[][] s = overlaps(slope, light, model, workers); // (1)
    double total = -IntStream.range(0, views).mapToDouble(j -> Arrays.stream(s[j]).sum()).sum();
    if (!(total > 0 && all > 0)) {
      return new double[views];
    }
    double scale = all / total;
    double trace = 0;
    for (int j = 0; j < views; j++) {
      double row = Arrays.stream(s[j]).sum();
      for (int k = 0; k < views; k++) {
        s[j][k] *= scale;
      }
      s[j][j] -= scale * row;
      trace += s[j][j];
    }
    for (double[] row : s) {
      for (int k = 0; k < views; k++) {
        row[k] += trace / views / views; // the common move, which nothing measures, is held
      }
    }
    for (int j = 0; j < views; j++) {
      s[j][j] += 1e-9 * trace / views;
    }
    double[][] inverse = inverse(s, workers);
    takeOutCommon(inverse, model.windows());
    double[] sigma = new double[views];
    for (int j = 0; j < views; j++) {
      for (int k = 0; k < views; k++) {
        double m = 0.5 * TAKEN_UP * TAKEN_UP * (score[k] + ratio * information[k]); // (2)
        sigma[j] += inverse[j][k] * inverse[j][k] * m; // (3)
      }
      sigma[j] = Math.sqrt(sigma[j]);
    }
    return sigma;
  }

  /// Σ_m |P_m|² over the frame; where a model says so, of the whole way of an exposure.
  private static double[] light(PtychoModel model, List<ComplexField> probes) {
    double[] light = new double[model.windows().frame().size()];
    if (model.parts().model().plain()) {
      probes.forEach(p -> addPower(p, light));
      return light;
    }
    var exits = new ExitWaves(model, probes);
    for (int m = 0; m < exits.count(); m++) {
      addPower(exits.probe(m, 0), light); // all views are lit alike but for a fraction of a pixel
    }
    return light;
  }

  private static void addPower(ComplexField p, double[] light) {
    int columns = p.grid().columns();
    for (int r = 0; r < p.grid().rows(); r++) {
      for (int c = 0; c < columns; c++) {
        light[r * columns + c] += p.re(r, c) * p.re(r, c) + p.im(r, c) * p.im(r, c);
      }
    }
  }

  /// −Σ_r |∂O|² w_j w_k / Σ_l w_l of all pairs of views.
  private static double[][] overlaps(
      ComplexField slope, double[] light, PtychoModel model, Workers workers) {
    var windows = model.windows();
    int rows = windows.frame().rows();
    int columns = windows.frame().columns();
    int width = slope.grid().columns();
    double[] lit = new double[slope.grid().size()];
    for (int j = 0; j < windows.count(); j++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          lit[(windows.row(j) + r) * width + windows.column(j) + c] += light[r * columns + c];
        }
      }
    }
    int stride = Math.max(1, Math.max(rows, columns) / SAMPLES);
    double[][] s = new double[windows.count()][windows.count()];
    workers.forEach(
        windows.count(),
        (j, worker) -> {
          for (int k = 0; k < s.length; k++) {
            int down = windows.row(k) - windows.row(j);
            int right = windows.column(k) - windows.column(j);
            double sum = 0;
            // on one lattice of the object for all pairs, so that S stays symmetric
            int top = windows.row(j) + Math.max(0, down);
            int left = windows.column(j) + Math.max(0, right);
            int bottom = windows.row(j) + Math.min(rows, rows + down);
            int end = windows.column(j) + Math.min(columns, columns + right);
            for (int y = (top + stride - 1) / stride * stride; y < bottom; y += stride) {
              for (int x = (left + stride - 1) / stride * stride; x < end; x += stride) {
                double l = lit[y * width + x];
                if (l > 0) {
                  double re = slope.re(y, x);
                  double im = slope.im(y, x);
                  int ofJ = (y - windows.row(j)) * columns + x - windows.column(j);
                  int ofK = (y - windows.row(k)) * columns + x - windows.column(k);
                  sum += (re * re + im * im) * light[ofJ] * light[ofK] / l;
                }
              }
            }
            s[j][k] = -sum;
          }
        });
    return s;
  }

  /// Takes a displacement and a linear map out of each column.
  private static void takeOutCommon(double[][] x, Windows windows) {
    int n = x.length;
    double meanY = IntStream.range(0, n).mapToDouble(windows::y).average().orElse(0);
    double meanX = IntStream.range(0, n).mapToDouble(windows::x).average().orElse(0);
    double[] y = IntStream.range(0, n).mapToDouble(j -> windows.y(j) - meanY).toArray();
    double[] z = IntStream.range(0, n).mapToDouble(j -> windows.x(j) - meanX).toArray();
    double yy = IntStream.range(0, n).mapToDouble(j -> y[j] * y[j]).sum();
    double yz = IntStream.range(0, n).mapToDouble(j -> y[j] * z[j]).sum();
    double zz = IntStream.range(0, n).mapToDouble(j -> z[j] * z[j]).sum();
    double ridge = 1e-6 * (yy + zz);
    double determinant = (yy + ridge) * (zz + ridge) - yz * yz;
    for (int k = 0; k < n; k++) {
      double mean = 0;
      double a = 0;
      double b = 0;
      for (int j = 0; j < n; j++) {
        mean += x[j][k] / n;
        a += y[j] * x[j][k];
        b += z[j] * x[j][k];
      }
      double ofY = ((zz + ridge) * a - yz * b) / determinant;
      double ofZ = ((yy + ridge) * b - yz * a) / determinant;
      for (int j = 0; j < n; j++) {
        x[j][k] -= mean + ofY * y[j] + ofZ * z[j];
      }
    }
  }

  /// Of a symmetric matrix above zero, by Cholesky's decomposition.
  private static double[][] inverse(double[][] s, Workers workers) {
    int n = s.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        double sum = s[i][k];
        for (int m = 0; m < k; m++) {
          sum -= l[i][m] * l[k][m];
        }
        l[i][k] = i == k ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / l[k][k];
      }
    }
    double[][] inverse = new double[n][];
    workers.forEach(
        n,
        (j, worker) -> {
          double[] x = new double[n];
          x[j] = 1;
          for (int i = j; i < n; i++) {
            for (int m = j; m < i; m++) {
              x[i] -= l[i][m] * x[m];
            }
            x[i] /= l[i][i];
          }
          for (int i = n - 1; i >= 0; i--) {
            x[i] /= l[i][i];
            for (int m = 0; m < i; m++) {
              x[m] -= l[i][m] * x[i];
            }
          }
          inverse[j] = x;
        });
    return inverse;
  }

  /// Numbers, a figure, a sentence.
  Quality quality() {
    double[] views = IntStream.range(0, down.length).asDoubleStream().toArray();
    return Quality.NONE
        .withMetric("positionUncertaintyDownPx", rms(down))
        .withMetric("positionUncertaintyRightPx", rms(right))
        .withFigure(
            "Uncertainty of the positions",
            List.of(
                new Curve("down", "view", "σ, px of the sample", views, down),
                new Curve("to the right", "view", "σ, px of the sample", views, right)))
        .withVerdict(
            String.format(
                Locale.ROOT,
                "Each position is known to %.2g px down and %.2g px to the right (rms of σ), apart"
                    + " from a displacement and a linear map common to all views.",
                rms(down),
                rms(right)));
  }
}
