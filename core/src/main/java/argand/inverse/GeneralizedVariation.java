package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.Workers;
import java.util.Arrays;

/// Smoothing of a field of K channels that keeps its edges, each pixel with the weight of its own
/// data:
///
///     min_{f, v} Σ_p (½ f_pᵀ W_p f_p − d_pᵀ f_p) + λ Σ_p |∇f − v| + 2λ Σ_p |E v|
///
/// E v is the symmetrised gradient of v, |·| the Euclidean norm over directions and channels, so
/// that
/// channels share their edges. Order 1 fixes v = 0: total variation, for which flat parts are free;
/// with order 2 slopes are free too (total generalised variation), so that a gradient neither
/// becomes
/// steps nor is flattened where it meets a border. A pixel of weight 0 takes what its surroundings
/// say.
///
/// By the primal-dual method (Chambolle & Pock, J. Math. Imaging Vis. 40, 120 (2011),
/// 10.1007/s10851-010-0251-1, algorithm 1) with steps τ σ ‖K‖² ≤ 1, ‖K‖² ≤ 12:
///
/// 1. p ← Π_λ(p + σ (∇f̄ − v̄)), q ← Π_{2λ}(q + σ E v̄)
/// 2. f ← (1 + τW)⁻¹ (f + τ div p + τ d), v ← v + τ (p − E* q)
/// 3. f̄ = 2f − f_before, v̄ = 2v − v_before
///
/// All of f, v, p, q are kept, so that a neighbouring problem begins where this one ended.
@Paper(
    value =
        "Bredies, Kunisch & Pock, Total generalized variation, SIAM J. Imaging Sci. 3, 492 (2010)",
    doi = "10.1137/090769521")
public final class GeneralizedVariation {
  private static final int BLOCK_ROWS = 16;
  private static final double NORM_SQUARED = 12;
  private static final float SECOND = 2;

  private final int rows;
  private final int columns;
  private final int channels;
  private final int order;
  private final Channel[] of;

  /// @param order 1 or 2
  public GeneralizedVariation(int rows, int columns, int channels, int order) {
    Check.within("order of the variation", order, 1, 2, "");
    Check.atLeast("channels", channels, 1);
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.order = order;
    of = new Channel[channels];
    for (int k = 0; k < channels; k++) {
      of[k] = new Channel(rows * columns, order);
    }
  }

  /// The field, its slope and their duals, one channel; y down the rows, x along the columns.
  private static final class Channel {
    final float[] f;
    final float[] ahead;
    final float[] py;
    final float[] px;
    final float[] vy;
    final float[] vx;
    final float[] aheadY;
    final float[] aheadX;
    final float[] qyy;
    final float[] qxx;
    final float[] qxy;

    Channel(int size, int order) {
      int slopes = order == 2 ? size : 0;
      f = new float[size];
      ahead = new float[size];
      py = new float[size];
      px = new float[size];
      vy = new float[slopes];
      vx = new float[slopes];
      aheadY = new float[slopes];
      aheadX = new float[slopes];
      qyy = new float[slopes];
      qxx = new float[slopes];
      qxy = new float[slopes];
    }
  }

  /// Begins anew at this field, with slopes and duals of zero.
  public void setStart(float[][] field) {
    Check.same("channels", field.length, channels);
    for (int k = 0; k < channels; k++) {
      var c = of[k];
      System.arraycopy(field[k], 0, c.f, 0, c.f.length);
      System.arraycopy(field[k], 0, c.ahead, 0, c.f.length);
      for (float[] zero :
          new float[][] {c.py, c.px, c.vy, c.vx, c.aheadY, c.aheadX, c.qyy, c.qxx, c.qxy}) {
        Arrays.fill(zero, 0);
      }
    }
  }

  /// The field as it stands, not a copy.
  public float[][] field() {
    float[][] field = new float[channels][];
    for (int k = 0; k < channels; k++) {
      field[k] = of[k].f;
    }
    return field;
  }

  /// Goes on from where it stands.
  ///
  /// @param weights W, for channels k ≥ l the plane k (k + 1)/2 + l
  /// @param pulls d, which is W c for data c
  /// @param lambda λ
  /// @param scale by how much f changes over its features, which balances the two steps
  /// @param tolerance stops when the root mean square change of f in one iteration is less than
  ///     this · scale
  /// @return iterations done
  public int solve(
      float[][] weights,
      float[][] pulls,
      double lambda,
      double scale,
      int iterations,
      double tolerance,
      Workers workers) {
    Check.same("planes of weights", weights.length, channels * (channels + 1) / 2);
    Check.within("weight of the variation", lambda, 1e-30, 1e30, "");
    float tau = (float) (scale / (lambda * Math.sqrt(NORM_SQUARED)));
    float sigma = (float) (lambda / (scale * Math.sqrt(NORM_SQUARED)));
    int blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    double[] moved = new double[blocks];
    var buffers = new float[workers.threads()][columns];
    for (int iteration = 1; iteration <= iterations; iteration++) {
      workers.forEach(
          blocks,
          (block, worker) -> {
            int last = Math.min(rows, (block + 1) * BLOCK_ROWS);
            for (int r = block * BLOCK_ROWS; r < last; r++) {
              climbFirst(r, sigma, (float) lambda, buffers[worker]);
              if (order == 2) {
                climbSecond(r, sigma, (float) (SECOND * lambda), buffers[worker]);
              }
            }
          });
      workers.forEach(
          blocks,
          (block, worker) -> {
            double sum = 0;
            int last = Math.min(rows, (block + 1) * BLOCK_ROWS);
            for (int r = block * BLOCK_ROWS; r < last; r++) {
              sum +=
                  channels == 1
                      ? descendOne(r, tau, weights[0], pulls[0])
                      : descend(r, tau, weights, pulls);
              if (order == 2) {
                for (var channel : of) {
                  descendSlope(channel, r, tau);
                }
              }
            }
            moved[block] = sum;
          });
      double sum = 0;
      for (double part : moved) {
        sum += part;
      }
      double change = Math.sqrt(sum / ((double) channels * rows * columns));
      if (change <= tolerance * scale) {
        return iteration;
      }
    }
    return iterations;
  }

  /// Line 1, p of one row.
  private void climbFirst(int r, float sigma, float radius, float[] squares) {
    int start = r * columns;
    boolean lastRow = r + 1 == rows;
    Arrays.fill(squares, 0, columns, 0);
    for (var c : of) {
      float[] f = c.ahead;
      float[] py = c.py;
      float[] px = c.px;
      if (!lastRow) {
        for (int i = 0; i < columns; i++) {
          int at = start + i;
          py[at] = Math.fma(sigma, f[at + columns] - f[at], py[at]);
        }
      }
      for (int i = 0; i < columns - 1; i++) {
        int at = start + i;
        px[at] = Math.fma(sigma, f[at + 1] - f[at], px[at]);
      }
      if (order == 2) {
        subtractSlope(c, start, lastRow, sigma);
      }
      for (int i = 0; i < columns; i++) {
        int at = start + i;
        squares[i] += py[at] * py[at] + px[at] * px[at];
      }
    }
    for (int i = 0; i < columns; i++) {
      squares[i] = radius / Math.max(radius, (float) Math.sqrt(squares[i]));
    }
    for (var c : of) {
      for (int i = 0; i < columns; i++) {
        c.py[start + i] *= squares[i];
        c.px[start + i] *= squares[i];
      }
    }
  }

  private void subtractSlope(Channel c, int start, boolean lastRow, float sigma) {
    if (!lastRow) {
      for (int at = start; at < start + columns; at++) {
        c.py[at] = Math.fma(-sigma, c.aheadY[at], c.py[at]);
      }
    }
    for (int at = start; at < start + columns - 1; at++) {
      c.px[at] = Math.fma(-sigma, c.aheadX[at], c.px[at]);
    }
  }

  /// Line 1, q of one row; E by differences backwards, zero where there is no neighbour.
  private void climbSecond(int r, float sigma, float radius, float[] squares) {
    int start = r * columns;
    int up = r == 0 ? 0 : columns;
    Arrays.fill(squares, 0, columns, 0);
    for (var c : of) {
      float[] vy = c.aheadY;
      float[] vx = c.aheadX;
      // at the first column only the differences along the rows
      c.qyy[start] = Math.fma(sigma, vy[start] - vy[start - up], c.qyy[start]);
      c.qxy[start] = Math.fma(sigma / 2, vx[start] - vx[start - up], c.qxy[start]);
      for (int at = start + 1; at < start + columns; at++) {
        c.qyy[at] = Math.fma(sigma, vy[at] - vy[at - up], c.qyy[at]);
        c.qxx[at] = Math.fma(sigma, vx[at] - vx[at - 1], c.qxx[at]);
        c.qxy[at] = Math.fma(sigma / 2, vy[at] - vy[at - 1] + vx[at] - vx[at - up], c.qxy[at]);
      }
      for (int i = 0; i < columns; i++) {
        int at = start + i;
        squares[i] += c.qyy[at] * c.qyy[at] + c.qxx[at] * c.qxx[at] + 2 * c.qxy[at] * c.qxy[at];
      }
    }
    for (int i = 0; i < columns; i++) {
      squares[i] = radius / Math.max(radius, (float) Math.sqrt(squares[i]));
    }
    for (var c : of) {
      for (int i = 0; i < columns; i++) {
        c.qyy[start + i] *= squares[i];
        c.qxx[start + i] *= squares[i];
        c.qxy[start + i] *= squares[i];
      }
    }
  }

  /// Lines 2 and 3, f of one row of the only channel; the sum of the squares of its changes.
  private double descendOne(int r, float tau, float[] w, float[] pull) {
    var c = of[0];
    int start = r * columns;
    double sum = 0;
    for (int i = start; i < start + columns; i++) {
      float above = r == 0 ? 0 : c.py[i - columns];
      float before = i == start ? 0 : c.px[i - 1];
      float pulled = Math.fma(tau, c.py[i] - above + c.px[i] - before, c.f[i]);
      float stiff = tau * w[i];
      float value = Math.fma(tau, pull[i], pulled) / (1 + stiff);
      float change = value - c.f[i];
      c.f[i] = value;
      c.ahead[i] = value + change;
      sum += (double) change * change;
    }
    return sum;
  }

  /// Lines 2 and 3, f of one row; the sum of the squares of its changes.
  private double descend(int r, float tau, float[][] weights, float[][] pulls) {
    int start = r * columns;
    double sum = 0;
    double[] g = new double[channels * channels];
    double[] right = new double[channels];
    double[] value = new double[channels];
    var system = BoundedQuadratic.unconstrained(channels);
    for (int i = start; i < start + columns; i++) {
      for (int k = 0; k < channels; k++) {
        var c = of[k];
        float above = r == 0 ? 0 : c.py[i - columns];
        float before = i == start ? 0 : c.px[i - 1];
        right[k] = c.f[i] + tau * (double) (c.py[i] - above + c.px[i] - before + pulls[k][i]);
        for (int l = 0; l < channels; l++) {
          int plane = k >= l ? k * (k + 1) / 2 + l : l * (l + 1) / 2 + k;
          double stiff = (double) tau * weights[plane][i];
          g[k * channels + l] = stiff + (k == l ? 1 : 0);
        }
      }
      system.solve(g, right, value);
      for (int k = 0; k < channels; k++) {
        float change = (float) value[k] - of[k].f[i];
        of[k].f[i] = (float) value[k];
        of[k].ahead[i] = (float) value[k] + change;
        sum += (double) change * change;
      }
    }
    return sum;
  }

  /// Lines 2 and 3, v of one row.
  private void descendSlope(Channel c, int r, float tau) {
    int start = r * columns;
    int end = start + columns;
    float inside = r == 0 ? 0 : 1;
    float below = r + 1 == rows ? 0 : 1;
    int down = r + 1 == rows ? 0 : columns;
    for (int i = start; i < end; i++) {
      float next = i + 1 == end ? 0 : 1;
      int right = i + 1 == end ? i : i + 1;
      float first = i == start ? 0 : 1;
      float y =
          inside * c.qyy[i] - below * c.qyy[i + down] + first * c.qxy[i] - next * c.qxy[right];
      float x =
          first * c.qxx[i] - next * c.qxx[right] + inside * c.qxy[i] - below * c.qxy[i + down];
      float oldY = c.vy[i];
      float oldX = c.vx[i];
      c.vy[i] = Math.fma(tau, c.py[i] - y, oldY);
      c.vx[i] = Math.fma(tau, c.px[i] - x, oldX);
      c.aheadY[i] = 2 * c.vy[i] - oldY;
      c.aheadX[i] = 2 * c.vx[i] - oldX;
    }
  }
}
