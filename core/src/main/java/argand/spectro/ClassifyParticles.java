package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.segment.Patches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Particles, or pixels, by what few energies say of them: which of some maps are surely above a
/// level. Particles are the patches of the mask; of each the mean m of a map over its n pixels with
/// the error σ_m = √(Σσ²)/n is compared, so that what no pixel shows a particle may.
///
/// One map: `above` (m − level > s σ_m), `below`, or `undecided`. Several: the names of those that
/// are above, as `Au + Ag`, or `none`. Leaves the classes as clusters with their mean spectra, and
/// the map `class`.
public record ClassifyParticles(
    @Param("maps that steps before have found, one to four") List<String> maps,
    @Param(value = "one level for each map; 0 where none is given", byDefault = "[]")
        List<Double> levels,
    @Param(value = "so many standard deviations are sure", byDefault = "3") double sure,
    @Param(value = "whether whole particles are classified, or each pixel", byDefault = "particle")
        Each each,
    @Param(value = "particles of fewer pixels are left out", byDefault = "12") int least)
    implements StackStep {
  /// What gets a class.
  public enum Each {
    PARTICLE,
    PIXEL
  }

  public ClassifyParticles {
    maps = List.copyOf(maps);
    levels = List.copyOf(levels);
    Check.within("the number of maps", maps.size(), 1, 4, "");
    if (!levels.isEmpty()) {
      Check.same("levels", levels.size(), maps.size());
    }
    Check.within("sure", sure, 0, 100, "standard deviations");
    Check.atLeast("least", least, 1);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    stack.mustBeImages("classifyParticles", "take one slice of the volumes");
    var found = maps.stream().map(name -> NamedImage.of(stack, name)).toList();
    var patches = Patches.of(stack.mask(), Patches.Neighbours.EIGHT);
    int[] part = parts(patches);
    int count = Arrays.stream(part).max().orElse(-1) + 1;
    if (count == 0) {
      throw new InvalidInput(
          "particles", "none", "patches of " + least + " good pixels in the mask", "mask before");
    }
    double[][] mean = new double[found.size()][];
    double[][] error = new double[found.size()][];
    for (int m = 0; m < found.size(); m++) {
      var of = means(found.get(m), part, count);
      mean[m] = of[0];
      error[m] = of[1];
    }
    Map<String, Integer> classes = names(mean, error);
    int[] of = new int[count];
    int[] parts = new int[classes.size()];
    for (int p = 0; p < count; p++) {
      of[p] = classes.getOrDefault(name(mean, error, p), -1);
      parts[of[p]]++;
    }
    int[] label = new int[part.length];
    var shown = new RealField(stack.grid());
    int[] pixels = new int[classes.size()];
    for (int i = 0; i < part.length; i++) {
      label[i] = part[i] < 0 ? -1 : of[part[i]];
      shown.values()[i] = label[i] < 0 ? Float.NaN : label[i];
      if (label[i] >= 0) {
        pixels[label[i]]++;
      }
    }
    var names = List.copyOf(classes.keySet());
    var means =
        MeanSpectra.of(stack.images(), label, names.size(), watch.workers())
            .spectra(stack.energyEv(), stack.quantity(), names::get);
    var quality = stack.findings().quality();
    for (int k = 0; k < names.size(); k++) {
      quality =
          quality
              .withMetric("particles." + names.get(k), parts[k])
              .withMetric("pixels." + names.get(k), pixels[k])
              .withVerdict(
                  each == Each.PARTICLE
                      ? names.get(k)
                          + ": "
                          + parts[k]
                          + " particles of "
                          + pixels[k]
                          + " pixels together."
                      : names.get(k) + ": " + pixels[k] + " pixels.");
    }
    if (each == Each.PARTICLE) {
      quality = quality.withFigure("Particles", figure(stack, part, count, mean, found));
    }
    return stack
        .withFindings(
            stack
                .findings()
                .with(new Clusters(stack.grid(), label, means))
                .with(FoundMap.of("class", "", shown))
                .with(quality))
        .withStep("classifyParticles by " + String.join(", ", maps));
  }

  /// What each pixel belongs to: its particle, or itself; −1 for none.
  private int[] parts(Patches patches) {
    int[] number = new int[patches.count()];
    int kept = 0;
    for (int p = 0; p < number.length; p++) {
      number[p] = patches.size()[p] >= least ? kept++ : -1;
    }
    int[] part = new int[patches.label().length];
    int next = 0;
    for (int i = 0; i < part.length; i++) {
      int patch = patches.label()[i] < 0 ? -1 : number[patches.label()[i]];
      part[i] = patch < 0 ? -1 : each == Each.PARTICLE ? patch : next++;
    }
    return part;
  }

  /// Mean of each particle and its standard deviation.
  private static double[][] means(FoundMap map, int[] part, int count) {
    double noise = map.sigma().isPresent() ? 0 : MapNoise.of(map.values());
    double[] sum = new double[count];
    double[] square = new double[count];
    double[] n = new double[count];
    for (int i = 0; i < part.length; i++) {
      float value = map.values().values()[i];
      if (part[i] >= 0 && Float.isFinite(value)) {
        double sigma = map.sigma().isPresent() ? map.sigma().get().values()[i] : noise;
        sum[part[i]] += value;
        square[part[i]] += sigma * sigma;
        n[part[i]]++;
      }
    }
    double[] error = new double[count];
    for (int p = 0; p < count; p++) {
      sum[p] /= n[p];
      error[p] = Math.sqrt(square[p]) / n[p];
    }
    return new double[][] {sum, error};
  }

  private String name(double[][] mean, double[][] error, int p) {
    var above = new ArrayList<String>();
    for (int m = 0; m < mean.length; m++) {
      double beyond = mean[m][p] - (levels.isEmpty() ? 0 : levels.get(m));
      boolean sureOf = Math.abs(beyond) > sure * error[m][p];
      if (mean.length == 1) {
        return !sureOf ? "undecided" : beyond > 0 ? "above" : "below";
      }
      if (sureOf && beyond > 0) {
        above.add(maps.get(m));
      }
    }
    return above.isEmpty() ? "none" : String.join(" + ", above);
  }

  /// Those that occur, in the order of their names.
  private Map<String, Integer> names(double[][] mean, double[][] error) {
    var sorted = new java.util.TreeSet<String>();
    for (int p = 0; p < mean[0].length; p++) {
      sorted.add(name(mean, error, p));
    }
    var numbered = new LinkedHashMap<String, Integer>();
    sorted.forEach(one -> numbered.put(one, numbered.size()));
    return numbered;
  }

  /// Of each map the means of particles over their diameters.
  private static List<Curve> figure(
      EnergyStack stack, int[] part, int count, double[][] mean, List<FoundMap> found) {
    double[] diameter = new double[count];
    for (int p : part) {
      if (p >= 0) {
        diameter[p]++;
      }
    }
    double pixel = stack.grid().pixelY() * stack.grid().pixelX();
    for (int p = 0; p < count; p++) {
      diameter[p] = 2e6 * Math.sqrt(diameter[p] * pixel / Math.PI);
    }
    var order =
        java.util.stream.IntStream.range(0, count)
            .boxed()
            .sorted(java.util.Comparator.comparingDouble(p -> diameter[p]))
            .mapToInt(Integer::intValue)
            .toArray();
    var curves = new ArrayList<Curve>();
    for (int m = 0; m < found.size(); m++) {
      double[] values = mean[m];
      String unit = found.get(m).unit();
      curves.add(
          new Curve(
              found.get(m).name(),
              "diameter of an equal disc [µm]",
              unit.isEmpty() ? "mean" : "mean [" + unit + "]",
              Arrays.stream(order).mapToDouble(p -> diameter[p]).toArray(),
              Arrays.stream(order).mapToDouble(p -> values[p]).toArray()));
    }
    return curves;
  }
}
