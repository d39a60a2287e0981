package argand.register;

import argand.Paper;
import argand.array.Check;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Arrays;

/// A wrapped phase made continuous: whole turns are added to pixels so that neighbours differ by
/// less than half a turn, the most reliable neighbours first.
///
/// (1) each pixel's reliability is 1/D, D² the sum of the squared second differences of the
///     wrapped phase along rows, columns and both diagonals;
/// (2) the edges between neighbours are sorted by the sum of both reliabilities;
/// (3) from the best to the worst, an edge joins the groups of its two pixels; the smaller group
///     turns by the number of whole turns that makes the edge smooth.
///
/// Turns are counted exactly, so that unwrapped − wrapped is a multiple of 2π everywhere.
@Paper(
    value =
        "M. A. Herráez, D. R. Burton, M. J. Lalor, M. A. Gdeisat, Appl. Opt. 41, 7437–7444 (2002):"
            + " Fast two-dimensional phase-unwrapping algorithm based on sorting by reliability",
    doi = "10.1364/AO.41.007437")
public final class PhaseUnwrapping {
  private final int rows;
  private final int columns;
  private final float[] phase;
  private final boolean[] good;
  private final int[] group;
  private final int[] next;
  private final int[] last;
  private final int[] size;
  private final int[] turns;

  private PhaseUnwrapping(RealField wrapped, Mask where) {
    rows = wrapped.grid().rows();
    columns = wrapped.grid().columns();
    phase = wrapped.values();
    good = where.good();
    int n = phase.length;
    group = new int[n];
    next = new int[n];
    last = new int[n];
    size = new int[n];
    turns = new int[n];
    for (int i = 0; i < n; i++) {
      group[i] = i;
      next[i] = -1;
      last[i] = i;
      size[i] = 1;
    }
  }

  /// All pixels [rad].
  public static RealField of(RealField wrapped) {
    return of(wrapped, Mask.all(wrapped.grid()));
  }

  /// The good pixels [rad]; the others come last, so that they cannot lead good ones astray.
  public static RealField of(RealField wrapped, Mask where) {
    Check.same("rows of the mask", where.grid().rows(), wrapped.grid().rows());
    Check.same("columns of the mask", where.grid().columns(), wrapped.grid().columns());
    var work = new PhaseUnwrapping(wrapped, where);
    work.join();
    var result = new RealField(wrapped.grid());
    for (int i = 0; i < result.values().length; i++) {
      result.values()[i] = (float) (wrapped.values()[i] + 2 * Math.PI * work.turns[i]);
    }
    return result;
  }

  private void join() {
    float[] roughness = roughness();
    int n = phase.length;
    long[] edges = new long[2 * n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (i % columns + 1 < columns) {
        edges[count++] = edge(roughness[i] + roughness[i + 1], 2 * i);
      }
      if (i + columns < n) {
        edges[count++] = edge(roughness[i] + roughness[i + columns], 2 * i + 1);
      }
    }
    Arrays.sort(edges, 0, count);
    for (int k = 0; k < count; k++) {
      int edge = (int) edges[k];
      int a = edge >>> 1;
      int b = (edge & 1) == 0 ? a + 1 : a + columns;
      merge(a, b);
    }
  }

  /// Sorts as the roughness does (bits of non-negative floats sort as their values), with a
  /// running number for ties.
  private static long edge(float roughness, int number) {
    return ((long) Float.floatToIntBits(roughness) << 32) | number;
  }

  private void merge(int a, int b) {
    int one = group[a];
    int other = group[b];
    if (one == other) {
      return;
    }
    double step = phase[b] - phase[a];
    // Turns of b relative to a that bring the step within half a turn.
    int needed = turns[a] - turns[b] - (int) Math.rint(step / (2 * Math.PI));
    if (size[one] >= size[other]) {
      absorb(one, other, needed);
    } else {
      absorb(other, one, -needed);
    }
  }

  private void absorb(int large, int small, int extra) {
    for (int i = small; i >= 0; i = next[i]) {
      group[i] = large;
      turns[i] += extra;
    }
    next[last[large]] = small;
    last[large] = last[small];
    size[large] += size[small];
  }

  /// D of each pixel; huge where a pixel is not good or has no eight neighbours.
  private float[] roughness() {
    float[] d = new float[phase.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        boolean inner = r > 0 && c > 0 && r + 1 < rows && c + 1 < columns;
        if (!good[i]) {
          d[i] = 1e6f;
        } else if (!inner) {
          d[i] = 1e3f;
        } else {
          double sum = 0;
          for (int step : new int[] {1, columns, columns + 1, columns - 1}) {
            double bend = wrap(phase[i - step] - phase[i]) - wrap(phase[i] - phase[i + step]);
            sum += bend * bend;
          }
          d[i] = (float) Math.sqrt(sum);
        }
      }
    }
    return d;
  }

  private static double wrap(double angle) {
    return angle - 2 * Math.PI * Math.rint(angle / (2 * Math.PI));
  }
}
