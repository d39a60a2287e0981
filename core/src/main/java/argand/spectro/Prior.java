package argand.spectro;

import argand.Param;
import argand.array.Check;
import java.util.OptionalDouble;

/// What a fit assumes of neighbouring pixels. The permits clause is the register.
public sealed interface Prior
    permits Prior.None, Prior.TotalVariation, Prior.AmountVariation, PriorPlugin {
  /// Nothing: each pixel by itself.
  record None() implements Prior {}

  /// Fractions change little but at edges, while thickness is as the data have it.
  record TotalVariation(
      @Param(
              value =
                  "1: flat parts with edges; 2: sloping parts with edges, so that gradients survive",
              byDefault = "2")
          int order,
      @Param(
              "differences of about this many standard deviations of a pixel vanish; found by Stein's"
                  + " unbiased risk estimate where it is not given")
          OptionalDouble weight,
      @Param(value = "iterations of each minimisation", byDefault = "200") int iterations)
      implements Prior {
    public TotalVariation {
      Check.within("order", order, 1, 2, "");
      weight.ifPresent(w -> Check.within("weight", w, 1e-3, 1e3, ""));
      Check.atLeast("iterations", iterations, 1);
    }
  }

  /// Amounts change little but at edges, by alternating directions (ADMM). As in other programs;
  /// thickness is flattened where particles end, and the fraction biased there.
  record AmountVariation(
      @Param(
              value = "differences of about this many standard deviations of a pixel vanish",
              byDefault = "1")
          double weight,
      @Param(value = "iterations at most", byDefault = "50") int iterations)
      implements Prior {
    public AmountVariation {
      Check.within("weight", weight, 1e-3, 1e3, "");
      Check.atLeast("iterations", iterations, 1);
    }
  }
}
