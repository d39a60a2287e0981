package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import java.util.List;

/// A thick sample as thin slices O_1 … O_L with free space between them:
///
///     ψ_1 = P,   ψ_{l+1} = F⁻¹ exp(2πi z_l (√(1/λ² − q²) − 1/λ)) F (ψ_l O_l),   exit wave ψ_L O_L
@Paper(
    value =
        "A. M. Maiden, M. J. Humphry, J. M. Rodenburg, Ptychographic transmission microscopy in"
            + " three dimensions using a multi-slice approach, J. Opt. Soc. Am. A 29, 1606 (2012)",
    doi = "10.1364/JOSAA.29.001606")
public record Slices(
    @Param(value = "from each slice to the next, down the beam", unit = "m")
        List<Double> distances) {
  public Slices {
    distances = List.copyOf(distances);
    if (distances.isEmpty()) {
      throw new InvalidInput("distances", "none", "one fewer than there are slices", "");
    }
    for (double distance : distances) {
      Check.within("distances", distance, 1e-12, 1, "m");
    }
  }
}
