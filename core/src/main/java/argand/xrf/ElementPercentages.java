package argand.xrf;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.LineAreas;
import argand.data.LineAreas.Amount;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What share each group has of the counts in all of them, spectrum by spectrum:
/// p_g = 100 a_g / Σ_k a_k, with errors from those of the areas (and their covariances where these
/// were kept), since ∂p_g/∂a_k = (100 δ_gk − p_g) / Σ a.
public record ElementPercentages(
    @Param(value = "groups that make 100 %; [] are all that are no scatter", byDefault = "[]")
        List<String> groups)
    implements Step.One<LineAreas, LineAreas> {
  public ElementPercentages {
    groups = List.copyOf(groups);
    if (groups.size() == 1) {
      throw new InvalidInput("groups", groups, "two at least", "one is always 100 %");
    }
    groups.forEach(LineGroup::of);
  }

  @Override
  public Class<LineAreas> takes() {
    return LineAreas.class;
  }

  @Override
  public Class<LineAreas> gives() {
    return LineAreas.class;
  }

  @Override
  public LineAreas apply(LineAreas areas, Watch watch) {
    int[] chosen =
        groups.isEmpty()
            ? IntStream.range(0, areas.groups().size())
                .filter(g -> !areas.groups().get(g).family().isScatter())
                .toArray()
            : groups.stream().mapToInt(text -> areas.index(LineGroup.of(text))).toArray();
    int n = areas.count();
    double[][] percent = new double[chosen.length][n];
    double[][] sigma = new double[chosen.length][n];
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int g : chosen) {
        sum += areas.areas()[g][j];
      }
      for (int k = 0; k < chosen.length; k++) {
        double p = sum > 0 ? 100 * areas.areas()[chosen[k]][j] / sum : Double.NaN;
        percent[k][j] = p;
        sigma[k][j] = Math.sqrt(Math.max(0, variance(areas, chosen, k, j, p))) / sum;
      }
    }
    var amounts = new ArrayList<Amount>();
    var curves = new ArrayList<Curve>();
    double[] number = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    for (int k = 0; k < chosen.length; k++) {
      String name = areas.groups().get(chosen[k]).name();
      amounts.add(new Amount(name, "percentage", "%", percent[k], Optional.of(sigma[k])));
      curves.add(new Curve(name, "spectrum", "share of the counts [%]", number, percent[k]));
    }
    var quality = areas.quality();
    if (n > 1 && areas.grid().isEmpty()) {
      quality = quality.withFigure("Percentages", curves);
    }
    return areas.withAmounts(amounts).withQuality(quality).withStep("elementPercentages");
  }

  /// (Σ a)² var p_k
  private static double variance(LineAreas areas, int[] chosen, int k, int j, double p) {
    double variance = 0;
    for (int a = 0; a < chosen.length; a++) {
      double byA = (a == k ? 100 : 0) - p;
      for (int b = 0; b < chosen.length; b++) {
        double byB = (b == k ? 100 : 0) - p;
        double both =
            a == b
                ? Math.pow(areas.sigma()[chosen[a]][j], 2)
                : areas.covariance(j, chosen[a], chosen[b]).orElse(0);
        variance += byA * byB * both;
      }
    }
    return variance;
  }
}
