package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Reconstruction;
import argand.flow.Watch;
import argand.metric.Illumination;
import argand.physics.AngularSpectrum;
import argand.sampling.ResolutionLimit;
import java.util.Arrays;

/// Where along the beam each place of a complex image is sharpest.
///
/// (1) O_z = O propagated by z (band-limited angular spectrum), z from −reach to +reach in steps of
///     half a depth of field, 5.2 p²/λ with p a pixel
/// (2) g_z = |∇O_z|², central differences
/// (3) S_z = ⟨g_z²⟩ / ⟨g_z⟩², means over a tile around each pixel
/// (4) the focus of a pixel is the z with the largest S_z; where ⟨g⟩ is below a tenth of its mean
///     over the lit field there is nothing to focus, and the z that is best for all is taken
///
/// ⟨g⟩ itself says nothing: propagation only turns the phases of the spectrum and keeps it. How
/// unevenly the gradient is spread does: edges are narrow only in focus. A random texture is as
/// random in every plane and has no focus by this measure.
///
/// @param distances z of the planes [m]
/// @param best index of the plane of each pixel
/// @param best for all together
/// @param trusted pixels that had something to focus
/// @param fused each pixel from its own plane
record FocusSearch(
    double[] distances, int[] plane, int best, boolean[] trusted, ComplexField fused) {
  private static final double LEAST_SHARE = 0.1;

  /// @param reach of the search to either side [m]
  /// @param tile pixels along each side of a tile
  static FocusSearch of(Reconstruction result, double reach, int tile, Watch watch) {
    var object = result.object();
    Grid grid = object.grid();
    double wavelength = result.geometry().beam().wavelength();
    double pixel = Math.max(grid.pixelY(), grid.pixelX());
    double step = ResolutionLimit.depthOfField(wavelength, pixel) / 2;
    int side = (int) Math.ceil(reach / step);
    if (side > 200) {
      throw new InvalidInput(
          "refocus: planes of half a depth of field within the reach",
          2 * side + 1,
          "at most 401",
          "search a shorter reach");
    }
    Mask lit = Illumination.lit(result);
    double[] distances = new double[2 * side + 1];
    Arrays.setAll(distances, k -> (k - side) * step);
    int[] plane = new int[grid.size()];
    double[] sharpest = new double[grid.size()];
    boolean[] trusted = new boolean[grid.size()];
    double[] whole = new double[distances.length];
    for (int k = 0; k < distances.length; k++) {
      var moved = propagated(object, wavelength, distances[k]); // (1)
      double[] first = gradient(moved, lit); // (2)
      double[] second = new double[first.length];
      Arrays.setAll(second, i -> first[i] * first[i]);
      whole[k] = total(second) / Math.pow(total(first), 2);
      tiled(first, grid, tile);
      tiled(second, grid, tile);
      double least = LEAST_SHARE * mean(first, lit);
      for (int i = 0; i < first.length; i++) {
        double sharp = first[i] > 0 ? second[i] / (first[i] * first[i]) : 0; // (3)
        trusted[i] |= k == side && first[i] > least;
        if (sharp > sharpest[i]) {
          sharpest[i] = sharp;
          plane[i] = k; // (4)
        }
      }
      if (watch.stopped()) {
        break;
      }
    }
    int best = 0;
    for (int k = 1; k < whole.length; k++) {
      best = whole[k] > whole[best] ? k : best;
    }
    for (int i = 0; i < plane.length; i++) {
      plane[i] = trusted[i] ? plane[i] : best;
    }
    return new FocusSearch(
        distances, plane, best, trusted, fused(object, wavelength, distances, plane));
  }

  /// The image as it is `distance` further along the beam.
  static ComplexField propagated(ComplexField object, double wavelength, double distance) {
    var moved = object.copy();
    new AngularSpectrum(object.grid(), wavelength, distance).forward(moved);
    return moved;
  }

  private static ComplexField fused(
      ComplexField object, double wavelength, double[] distances, int[] plane) {
    var fused = object.copy();
    int columns = object.grid().columns();
    for (int k = 0; k < distances.length; k++) {
      int here = k;
      if (Arrays.stream(plane).noneMatch(p -> p == here)) {
        continue;
      }
      var moved = propagated(object, wavelength, distances[k]);
      for (int i = 0; i < plane.length; i++) {
        if (plane[i] == k) {
          fused.set(
              i / columns,
              i % columns,
              moved.re(i / columns, i % columns),
              moved.im(i / columns, i % columns));
        }
      }
    }
    return fused;
  }

  /// |∇O|² for each pixel², zero outside of the lit field and at its rim.
  private static double[] gradient(ComplexField wave, Mask lit) {
    Grid grid = wave.grid();
    double[] square = new double[grid.size()];
    for (int r = 1; r + 1 < grid.rows(); r++) {
      for (int c = 1; c + 1 < grid.columns(); c++) {
        boolean inside =
            lit.at(r, c)
                && lit.at(r - 1, c)
                && lit.at(r + 1, c)
                && lit.at(r, c - 1)
                && lit.at(r, c + 1);
        if (inside) {
          double a = wave.re(r + 1, c) - wave.re(r - 1, c);
          double b = wave.im(r + 1, c) - wave.im(r - 1, c);
          double d = wave.re(r, c + 1) - wave.re(r, c - 1);
          double e = wave.im(r, c + 1) - wave.im(r, c - 1);
          square[r * grid.columns() + c] = (a * a + b * b + d * d + e * e) / 4;
        }
      }
    }
    return square;
  }

  /// values ← their sums over tile × tile pixels around each, cut off at the edges; a table of
  /// sums.
  private static void tiled(double[] values, Grid grid, int tile) {
    int rows = grid.rows();
    int columns = grid.columns();
    double[][] table = new double[rows + 1][columns + 1];
    for (int r = 0; r < rows; r++) {
      double line = 0;
      for (int c = 0; c < columns; c++) {
        line += values[r * columns + c];
        table[r + 1][c + 1] = table[r][c + 1] + line;
      }
    }
    int half = tile / 2;
    for (int r = 0; r < rows; r++) {
      int top = Math.max(0, r - half);
      int bottom = Math.min(rows, r + half + 1);
      for (int c = 0; c < columns; c++) {
        int left = Math.max(0, c - half);
        int right = Math.min(columns, c + half + 1);
        double sum =
            table[bottom][right] - table[top][right] - table[bottom][left] + table[top][left];
        // a mean: tiles at the edge are smaller
        values[r * columns + c] = Math.max(0, sum) / ((bottom - top) * (right - left));
      }
    }
  }

  private static double total(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double mean(double[] values, Mask lit) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (lit.good()[i]) {
        sum += values[i];
        count++;
      }
    }
    return sum / Math.max(1, count);
  }

  /// z of each pixel [m].
  RealField map() {
    var map = new RealField(fused.grid());
    for (int i = 0; i < plane.length; i++) {
      map.values()[i] = (float) distances[plane[i]];
    }
    return map;
  }

  double bestDistance() {
    return distances[best];
  }
}
