package argand.quality;

import argand.array.InvalidInput;
import argand.data.Agreement;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.metric.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// How far repeated measurements of one sample agree: the Fourier ring correlation of every pair
/// of results, after removing scale, phase ramp and displacement between them, and the half period
/// at which it meets the ½-bit threshold.
///
/// Takes two or more; the metrics are means over all pairs, the resolution that of the worst pair.
public record CompareRepeats() implements Step.All<Reconstruction, Agreement> {
  @Override
  public Class<Reconstruction> takes() {
    return Reconstruction.class;
  }

  @Override
  public Class<Agreement> gives() {
    return Agreement.class;
  }

  @Override
  public Agreement gather(List<Reconstruction> inputs, Watch watch) {
    if (inputs.size() < 2) {
      throw new InvalidInput(
          "number of results to compare",
          inputs.size(),
          "two or more",
          "does the pattern under `of` match all repeats?");
    }
    watch.tell(new Progress.Started("compareRepeats", 0));
    long began = System.nanoTime();
    var pairs = new ArrayList<Quality>();
    var quality = Quality.NONE;
    for (int i = 0; i < inputs.size(); i++) {
      for (int j = i + 1; j < inputs.size(); j++) {
        var pair = Comparison.repeats(inputs.get(i), inputs.get(j));
        pairs.add(pair);
        String name = inputs.size() == 2 ? "" : ", " + (i + 1) + " and " + (j + 1);
        for (var figure : pair.figures().entrySet()) {
          quality = quality.withFigure(figure.getKey() + name, figure.getValue());
        }
        for (String sentence : pair.verdict()) {
          quality = quality.withVerdict(sentence);
        }
      }
    }
    watch.tell(new Progress.Finished("compareRepeats", (System.nanoTime() - began) * 1e-9));
    return new Agreement(
        quality.and(summary(pairs)),
        Source.gathered(inputs.stream().map(Reconstruction::source).toList(), "compareRepeats"));
  }

  private static Quality summary(List<Quality> pairs) {
    var metrics = new LinkedHashMap<String, Double>();
    for (String name : List.of("repeatFrcMean", "repeatNrmse", "repeatPhaseRms")) {
      double sum = 0;
      for (var pair : pairs) {
        sum += pair.metrics().getOrDefault(name, Double.NaN);
      }
      metrics.put(name, sum / pairs.size());
    }
    double worst = 0;
    for (var pair : pairs) {
      worst =
          Math.max(
              worst, pair.metrics().getOrDefault("repeatResolution", Double.POSITIVE_INFINITY));
    }
    if (Double.isFinite(worst)) {
      metrics.put("repeatResolution", worst);
    }
    return Quality.NONE.withMetrics(metrics);
  }
}
