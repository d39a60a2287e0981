package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.RealField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Total variation, whose weight the patterns choose that were left out, and no image below zero:
///
///     min_x ½ Σ (a_i·x − y_i)²/σ_i² + λ Σ |∇x|,  x ≥ 0
@Paper(
    value =
        "Duarte, Davenport, Takhar, Laska, Sun, Kelly & Baraniuk, Single-pixel imaging via"
            + " compressive sampling, IEEE Signal Process. Mag. 25 (2), 83 (2008)",
    doi = "10.1109/MSP.2007.914730")
public record PlainVariation(
    @Param(value = "iterations with all patterns, at most", byDefault = "400") int iterations,
    @Param(value = "relative change that ends them", byDefault = "0.00003") double tolerance,
    @Param(value = "sets of noise drawn anew for the errors; 0 for none", byDefault = "0")
        int resamples)
    implements PatternMethod {
  public PlainVariation {
    Check.atLeast("iterations", iterations, 1);
    Check.within("tolerance", tolerance, 0, 1, "");
    Check.within("resamples", resamples, 0, 1000, "");
  }

  @Override
  public Maps solve(Problem p) {
    var a = p.operator();
    var left = LeftOut.of(a.count(), p.seed());
    var chosen =
        VariationPath.choose(
            a, p.signals(), VariationPath.Basis.plain(a.grid()), left, p.workers());
    return maps(p, chosen, left, iterations, tolerance, resamples, List.of());
  }

  /// The last step of every method of this kind.
  static Maps maps(
      Problem p,
      VariationPath.Chosen[] chosen,
      LeftOut left,
      int iterations,
      double tolerance,
      int resamples,
      List<String> notes) {
    var a = p.operator();
    var channels =
        VariationPath.finish(a, p.signals(), chosen, left, iterations, tolerance, p.workers());
    var sigma = NoiseResampling.sigma(p, channels, chosen, left, resamples);
    var maps = new ArrayList<Map>();
    for (int e = 0; e < chosen.length; e++) {
      maps.add(
          new Map(
              new RealField(a.grid(), channels[e].image()),
              sigma.isEmpty() ? Optional.empty() : Optional.of(sigma.get(e)),
              chosen[e].basis().name(),
              chosen[e].lambda(),
              chosen[e].score(),
              Optional.of(chosen[e].path(p.signals().get(e).name()))));
    }
    return new Maps(maps, notes);
  }
}
