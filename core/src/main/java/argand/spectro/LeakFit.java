package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.PixelBlocks;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The share h of light that passes unabsorbed, from images of a sample of one composition and many
/// thicknesses.
///
/// Then OD_b = k OD_a for two energies a and b, with OD = −ln((T − h)/(1 − h)). The energies are
/// those of greatest and least transmission. Pixels are put into bins by their transmission at all
/// other energies, whose noise is independent; means of T in a bin are free of the bias of
/// logarithms; h and k minimise Σ n (OD_b − k OD_a)²/(1 + k²) over the bins, h by golden section.
final class LeakFit {
  private LeakFit() {}

  private static final int BINS = 40;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  static double of(EnergyStack stack, IncidentCounts incident, Workers workers) {
    int count = stack.count();
    int size = stack.grid().size();
    if (count < 3) {
      throw new InvalidInput(
          "a fit of the leak",
          "asked for with " + count + " energies",
          "at least three",
          "give the leak as a number: leak: {known: {share: 1 %}}");
    }
    double[] means = new double[count];
    double[][] partial = new double[PixelBlocks.count(size)][];
    float[] total = new float[size];
    transmissions(
        stack,
        incident,
        workers,
        (block, first, length, t) -> {
          double[] sums = new double[count];
          for (int e = 0; e < count; e++) {
            for (int i = 0; i < length; i++) {
              float v = t[e * PixelBlocks.SIZE + i];
              sums[e] += stack.mask().good()[first + i] && !Float.isNaN(v) ? v : 0;
              total[first + i] += v;
            }
          }
          partial[block] = sums;
        });
    for (double[] sums : partial) {
      for (int e = 0; e < count; e++) {
        means[e] += sums[e];
      }
    }
    int a = best(means, 1);
    int b = best(means, -1);
    float[] ta = new float[size];
    float[] tb = new float[size];
    transmissions(
        stack,
        incident,
        workers,
        (block, first, length, t) -> {
          System.arraycopy(t, a * PixelBlocks.SIZE, ta, first, length);
          System.arraycopy(t, b * PixelBlocks.SIZE, tb, first, length);
        });
    var order =
        IntStream.range(0, size)
            .filter(i -> stack.mask().good()[i] && !Float.isNaN(total[i]))
            .boxed()
            .sorted((i, j) -> Float.compare(others(total, ta, tb, i), others(total, ta, tb, j)))
            .toList();
    if (order.size() < 10 * BINS) {
      throw new InvalidInput(
          "a fit of the leak",
          "asked for with " + order.size() + " good pixels",
          "at least " + 10 * BINS,
          "give the leak as a number: leak: {known: {share: 1 %}}");
    }
    double[] x = new double[BINS];
    double[] y = new double[BINS];
    for (int k = 0; k < BINS; k++) {
      int from = (int) ((long) k * order.size() / BINS);
      int to = (int) ((long) (k + 1) * order.size() / BINS);
      for (int i : order.subList(from, to)) {
        x[k] += ta[i] / (to - from);
        y[k] += tb[i] / (to - from);
      }
    }
    return golden(x, y);
  }

  private static float others(float[] total, float[] ta, float[] tb, int i) {
    return total[i] - ta[i] - tb[i];
  }

  private static int best(double[] means, int sign) {
    int best = 0;
    for (int e = 1; e < means.length; e++) {
      if (sign * means[e] > sign * means[best]) {
        best = e;
      }
    }
    return best;
  }

  private static double golden(double[] x, double[] y) {
    double low = 0;
    double high = 0.999 * Math.max(0, Arrays.stream(y).min().orElse(0));
    double p = high - GOLDEN * (high - low);
    double q = low + GOLDEN * (high - low);
    double atP = misfit(x, y, p);
    double atQ = misfit(x, y, q);
    while (high - low > 1e-6) {
      if (atP < atQ) {
        high = q;
        q = p;
        atQ = atP;
        p = high - GOLDEN * (high - low);
        atP = misfit(x, y, p);
      } else {
        low = p;
        p = q;
        atP = atQ;
        q = low + GOLDEN * (high - low);
        atQ = misfit(x, y, q);
      }
    }
    return (low + high) / 2;
  }

  private static double misfit(double[] x, double[] y, double leak) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int k = 0; k < x.length; k++) {
      double u = -Math.log((x[k] - leak) / (1 - leak));
      double v = -Math.log((y[k] - leak) / (1 - leak));
      xx += u * u;
      xy += u * v;
      yy += v * v;
    }
    double k = xy / xx;
    return (yy - k * xy) / (yy + 1e-30);
  }

  private interface Task {
    void run(int block, int first, int length, float[] transmission);
  }

  private static void transmissions(
      EnergyStack stack, IncidentCounts incident, Workers workers, Task task) {
    PixelBlocks.forEach(
        stack.images(),
        workers,
        (block, first, length, counts, worker) -> {
          float[] empty = new float[length];
          for (int e = 0; e < stack.count(); e++) {
            incident.read(e, first, length, 0, empty);
            for (int i = 0; i < length; i++) {
              float dark =
                  incident.dark().isPresent() ? incident.dark().get().values()[first + i] : 0;
              int at = e * PixelBlocks.SIZE + i;
              counts[at] = (counts[at] - dark) / empty[i];
            }
          }
          task.run(block, first, length, counts);
        });
  }
}
