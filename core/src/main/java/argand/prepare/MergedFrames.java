package argand.prepare;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Optional;

/// One frame of high dynamic range for each group of exposures of one position, made when it is
/// read. Of a pixel with counts c_k, variances v_k and exposures t_k, over the exposures in which
/// it
/// is trusted, T the sum of all exposures:
///
/// (1) rate = Σ c_k / Σ t_k, r_k = v_k − max(c_k, 0): what the detector adds to shot noise
/// (2) w_k = t_k² / (max(rate, 1/T) t_k + r_k): inverse variance of c_k/t_k as the pooled rate
///     predicts it. Variances of the single counts would favour those that are too low by chance
/// (3) I = T Σ w_k (c_k/t_k) / Σ w_k, var I = T²/Σ w_k; NaN where no exposure is trusted
///
/// Where every exposure is trusted and the detector adds nothing, I is the sum of all counts.
///
/// @param whole exposures of all positions
/// @param exposures t_k
/// @param group which frames of `whole` belong to each position, in the order of `exposures`
record MergedFrames(Frames whole, double[] exposures, int[][] group) implements Frames {
  @Override
  public int count() {
    return group.length;
  }

  @Override
  public long memoryBytes() {
    return whole.memoryBytes();
  }

  @Override
  public Grid grid() {
    return whole.grid();
  }

  @Override
  public void read(int index, RealField into) {
    merge(index, into, false);
  }

  @Override
  public Optional<Frames> variance() {
    return Optional.of(new Variance(this));
  }

  private void merge(int index, RealField into, boolean variance) {
    int times = exposures.length;
    var counts = new RealField[times];
    var variances = new RealField[times];
    double total = 0;
    for (int k = 0; k < times; k++) {
      int frame = group[index][k];
      counts[k] = new RealField(grid());
      whole.read(frame, counts[k]);
      variances[k] = new RealField(grid());
      if (whole.variance().isPresent()) {
        whole.variance().get().read(frame, variances[k]);
      } else {
        System.arraycopy(counts[k].values(), 0, variances[k].values(), 0, grid().size());
      }
      total += exposures[k];
    }
    for (int i = 0; i < grid().size(); i++) {
      double sum = 0;
      double time = 0;
      for (int k = 0; k < times; k++) {
        if (!Float.isNaN(counts[k].values()[i])) {
          sum += counts[k].values()[i];
          time += exposures[k];
        }
      }
      double rate = Math.max(sum / time, 1 / total); // (1)
      double weights = 0;
      double weighted = 0;
      for (int k = 0; k < times; k++) {
        double count = counts[k].values()[i];
        if (!Double.isNaN(count)) {
          double added = Math.max(0, variances[k].values()[i] - Math.max(count, 0));
          double weight = exposures[k] * exposures[k] / (rate * exposures[k] + added); // (2)
          weights += weight;
          weighted += weight * count / exposures[k];
        }
      }
      // (3); 0/0 where no exposure is trusted
      into.values()[i] = (float) (variance ? total * total / weights : total * weighted / weights);
      if (time == 0) {
        into.values()[i] = Float.NaN;
      }
    }
  }

  @Override
  public void close() {
    whole.close();
  }

  private record Variance(MergedFrames frames) implements Frames {
    @Override
    public int count() {
      return frames.count();
    }

    @Override
    public Grid grid() {
      return frames.grid();
    }

    @Override
    public void read(int index, RealField into) {
      frames.merge(index, into, true);
    }
  }
}
