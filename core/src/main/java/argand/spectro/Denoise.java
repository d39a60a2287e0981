package argand.spectro;

import argand.Param;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.HeldPlanes;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.Optional;

/// Makes each image quieter by itself; of volumes each slice, without a look at those above and
/// below. The noise is that of the stack's variances where they are
/// known; else it is estimated for each image from its finest diagonal differences, σ = 1.4826
/// median |a − b − c + d|/2.
///
/// What comes out has no variance: its noise is less, correlated between pixels, and depends on the
/// picture. A fit weighted by counts is better off without this step; it is for maps that are
/// looked at, and for what cannot take noise. Pixels that are NaN stay NaN. Runs once, over all
/// images in parallel; the result is held in memory where there is room, else in a scratch file.
public record Denoise(@Param("how") DenoiseMethod method) implements StackStep {
  @Override
  public long memoryBytes(EnergyStack input) {
    return 4L * input.count() * input.grid().size();
  }

  @Override
  public long leastMemoryBytes(EnergyStack input) {
    return 64L * input.grid().size();
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    var held =
        HeldPlanes.of(
            input.count(),
            input.grid(),
            watch.workers(),
            watch.memoryBytes() - input.memoryBytes(),
            (e, into, worker) -> {
              var plane = input.images().plane(e);
              var sigma = sigma(input, e, plane);
              Grid slice = input.sliceGrid();
              for (int s = 0; s < input.slices(); s++) {
                int from = s * slice.size();
                int to = from + slice.size();
                var part = new RealField(slice, Arrays.copyOfRange(plane.values(), from, to));
                float[] quiet = filtered(slice, filled(part), Arrays.copyOfRange(sigma, from, to));
                for (int i = 0; i < quiet.length; i++) {
                  into.values()[from + i] = Float.isNaN(part.values()[i]) ? Float.NaN : quiet[i];
                }
              }
            });
    return input
        .withImages(held, Optional.empty(), input.quantity())
        .withStep("denoise by " + method + (input.slices() > 1 ? ", slice by slice" : ""));
  }

  private float[] filtered(Grid grid, float[] y, float[] sigma) {
    return switch (method) {
      case DenoiseMethod.Median(int radius) -> MedianFilter.of(y, grid, radius);
      case DenoiseMethod.SelectiveMedian(int radius, double sigmas) -> {
        float[] median = MedianFilter.of(y, grid, radius);
        for (int i = 0; i < y.length; i++) {
          if (Math.abs(y[i] - median[i]) <= sigmas * sigma[i]) {
            median[i] = y[i];
          }
        }
        yield median;
      }
      case DenoiseMethod.NonLocalMeans(int patch, int distance, double strength) ->
          NonLocalMeansFilter.of(y, sigma, grid, patch, distance, strength);
      case DenoiseMethod.BlockMatching(int distance) ->
          BlockMatchingFilter.of(y, sigma, grid, distance);
      case DenoisePlugin plugin -> plugin.filtered(grid, y, sigma);
    };
  }

  private static float[] sigma(EnergyStack stack, int e, RealField plane) {
    if (stack.variance().isPresent()) {
      float[] sigma = stack.variance().get().plane(e).values();
      for (int i = 0; i < sigma.length; i++) {
        sigma[i] = Float.isNaN(sigma[i]) ? 0 : (float) Math.sqrt(sigma[i]);
      }
      return sigma;
    }
    float[] sigma = new float[plane.values().length];
    Arrays.fill(sigma, (float) noise(plane));
    return sigma;
  }

  /// The noise of an image, by its finest diagonal differences.
  static double noise(RealField plane) {
    Grid grid = plane.grid();
    float[] y = plane.values();
    float[] d = new float[Math.max(1, (grid.rows() / 2) * (grid.columns() / 2))];
    int n = 0;
    for (int r = 0; r + 1 < grid.rows(); r += 2) {
      for (int c = 0; c + 1 < grid.columns(); c += 2) {
        int i = r * grid.columns() + c;
        float v = Math.abs(y[i] - y[i + 1] - y[i + grid.columns()] + y[i + grid.columns() + 1]) / 2;
        if (!Float.isNaN(v)) {
          d[n++] = v;
        }
      }
    }
    Arrays.sort(d, 0, n);
    return n == 0 ? 0 : 1.4826 * d[n / 2];
  }

  /// NaN replaced by the median of the neighbours, or 0 where there are none.
  private static float[] filled(RealField plane) {
    float[] y = plane.values().clone();
    Grid grid = plane.grid();
    float[] near = new float[8];
    for (int i = 0; i < y.length; i++) {
      if (Float.isNaN(y[i])) {
        int n = Neighbours.of(plane.values(), grid, i / grid.columns(), i % grid.columns(), near);
        y[i] = n == 0 ? 0 : Neighbours.median(near, n);
      }
    }
    return y;
  }
}
