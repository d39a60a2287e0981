package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Median;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Images that do not go with the others: glitches of the monochromator, lost beam, a jump of the
/// sample. They are named, and dropped or given more variance.
///
/// Each image is fitted, pixel by pixel of a sample of at most 20,000, as a combination of the two
/// before and the two after it (the nearest four at the ends) and a constant: whatever the edge
/// does
/// to the sample is nearly a combination of its neighbours, a fault is not. The rms of what is left
/// is compared with the median over all images; an image is an outlier when it stands out by more
/// than `sigmas` times 1.4826 of the median deviation, and by a factor of 1.5. The neighbours of a
/// bad image suffer with it: the worst is taken first, and the others are judged again without it.
public record FindOutlierImages(
    @Param(value = "how many robust standard deviations", byDefault = "6") double sigmas,
    @Param(value = "what becomes of them", byDefault = "drop") Then then)
    implements StackStep {
  /// What becomes of an outlier.
  public enum Then {
    /// Its energy is left out.
    DROP,
    /// The mean square of what the neighbours do not explain is added to its variance.
    WEAKEN,
    /// Only its energy is said.
    REPORT
  }

  private static final int SAMPLE = 20_000;
  private static final double LARGEST_SHARE = 0.3;

  public FindOutlierImages {
    Check.within("sigmas", sigmas, 2, 1000, "");
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.count() < 8) {
      throw new InvalidInput(
          "a search for outliers", "in " + input.count() + " images", "at least 8", "");
    }
    double[][] pixels = sample(input, watch);
    List<Integer> bad = new ArrayList<>();
    double[] left = new double[input.count()];
    while (bad.size() <= LARGEST_SHARE * input.count()) {
      int worst = worst(pixels, bad, left);
      if (worst < 0) {
        break;
      }
      bad.add(worst);
    }
    if (bad.size() > LARGEST_SHARE * input.count()) {
      throw new InvalidInput(
          "findOutlierImages",
          bad.size() + " of " + input.count() + " images",
          "at most a third",
          "raise sigmas, or register the images first");
    }
    bad.sort(null);
    var names = new ArrayList<String>();
    for (int e : bad) {
      names.add(String.format(Locale.ROOT, "%.2f eV", input.energyEv()[e]));
    }
    String said = bad.isEmpty() ? "no image stands out" : String.join(", ", names);
    watch.tell(new Progress.Noted("findOutlierImages: " + said));
    var result = input.withStep("findOutlierImages: " + said);
    return switch (then) {
      case REPORT -> result;
      case DROP -> bad.isEmpty() ? result : without(result, bad);
      case WEAKEN -> bad.isEmpty() ? result : weakened(result, bad, left);
    };
  }

  private static EnergyStack without(EnergyStack stack, List<Integer> bad) {
    int[] kept = IntStream.range(0, stack.count()).filter(e -> !bad.contains(e)).toArray();
    return new EnergyStack(
        EnergyWindow.at(stack.energyEv(), kept),
        stack.images().select(kept),
        stack.variance().map(v -> v.select(kept)),
        stack.quantity(),
        stack
            .emptyBeam()
            .map(
                b ->
                    b.flats().count() == 1
                        ? b
                        : new EmptyBeam(
                            b.flats().select(kept), b.dark(), b.flatFrames(), b.exposureRatio())),
        stack.mask(),
        stack.angle(),
        stack.slices(),
        stack.findings(),
        stack.source(),
        stack.phase().map(p -> p.select(kept)));
  }

  private static EnergyStack weakened(EnergyStack stack, List<Integer> bad, double[] left) {
    var before =
        stack
            .variance()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the variance",
                        "not known",
                        "that of opticalDensity",
                        "or drop the outliers"));
    var after =
        Planes.computed(
            before,
            (e, first, length, into, offset) -> {
              before.read(e, first, length, into, offset);
              if (bad.contains(e)) {
                for (int i = offset; i < offset + length; i++) {
                  into[i] += (float) (left[e] * left[e]);
                }
              }
            });
    return stack.withImages(stack.images(), Optional.of(after), stack.quantity());
  }

  /// [e][pixel] of good pixels spread evenly; those with a NaN are left out.
  private static double[][] sample(EnergyStack stack, Watch watch) {
    int size = stack.grid().size();
    int every = Math.max(1, size / SAMPLE);
    float[][] rows = new float[size / every + 1][];
    PixelBlocks.forEach(
        stack.images(),
        watch.workers(),
        (block, first, length, y, worker) -> {
          for (int i = 0; i < length; i++) {
            int pixel = first + i;
            if (pixel % every == 0 && stack.mask().good()[pixel]) {
              float[] spectrum = new float[stack.count()];
              boolean whole = true;
              for (int e = 0; e < spectrum.length; e++) {
                spectrum[e] = y[e * PixelBlocks.SIZE + i];
                whole &= !Float.isNaN(spectrum[e]);
              }
              if (whole) {
                rows[pixel / every] = spectrum;
              }
            }
          }
        });
    float[][] kept = Arrays.stream(rows).filter(row -> row != null).toArray(float[][]::new);
    if (kept.length < 50) {
      throw new InvalidInput(
          "a search for outliers",
          "in " + kept.length + " pixels with a value at every energy",
          "at least 50",
          "");
    }
    double[][] planes = new double[stack.count()][kept.length];
    for (int p = 0; p < kept.length; p++) {
      for (int e = 0; e < planes.length; e++) {
        planes[e][p] = kept[p][e];
      }
    }
    return planes;
  }

  /// The image that stands out most, or −1.
  private int worst(double[][] planes, List<Integer> bad, double[] left) {
    int[] kept = IntStream.range(0, planes.length).filter(e -> !bad.contains(e)).toArray();
    double[] rms = new double[kept.length];
    for (int k = 0; k < kept.length; k++) {
      int low = Math.max(0, Math.min(kept.length - 5, k - 2));
      int self = k;
      int[] near =
          IntStream.rangeClosed(low, low + 4).filter(j -> j != self).map(j -> kept[j]).toArray();
      rms[k] = residual(planes, kept[k], near);
      left[kept[k]] = rms[k];
    }
    double middle = Median.of(rms);
    double[] away = Arrays.stream(rms).map(v -> Math.abs(v - middle)).toArray();
    double limit = Math.max(middle + sigmas * 1.4826 * Median.of(away), 1.5 * middle);
    int worst = 0;
    for (int k = 1; k < rms.length; k++) {
      worst = rms[k] > rms[worst] ? k : worst;
    }
    return rms[worst] > limit ? kept[worst] : -1;
  }

  /// Rms of an image less the best combination of others and a constant.
  private static double residual(double[][] planes, int image, int[] others) {
    int n = planes[image].length;
    int k = others.length + 1;
    double[][] normal = new double[k][k];
    double[][] right = new double[k][1];
    double squares = 0;
    for (int p = 0; p < n; p++) {
      double[] row = new double[k];
      for (int j = 0; j < others.length; j++) {
        row[j] = planes[others[j]][p];
      }
      row[k - 1] = 1;
      for (int a = 0; a < k; a++) {
        for (int b = 0; b < k; b++) {
          normal[a][b] += row[a] * row[b];
        }
        right[a][0] += row[a] * planes[image][p];
      }
      squares += planes[image][p] * planes[image][p];
    }
    for (int a = 0; a < k; a++) {
      // images that are alike leave the combination open; any will do
      normal[a][a] *= 1 + 1e-9;
      normal[a][a] += 1e-12 * (squares + 1);
    }
    double[][] x = SmallMatrix.solve(normal, right);
    double sum = 0;
    for (int p = 0; p < n; p++) {
      double rest = planes[image][p] - x[k - 1][0];
      for (int j = 0; j < others.length; j++) {
        rest -= x[j][0] * planes[others[j]][p];
      }
      sum += rest * rest / n;
    }
    return Math.sqrt(sum);
  }
}
