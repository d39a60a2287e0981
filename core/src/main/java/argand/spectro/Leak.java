package argand.spectro;

import argand.Param;
import argand.array.Check;

/// The share h of the beam that the sample does not absorb as it does the rest: harmonics of the
/// monochromator, stray light, pinholes. I/I₀ = (1 − h) exp(−OD) + h, so that h = 1 % makes an
/// optical density of 3 read 2.83.
public sealed interface Leak {
  /// h = 0.
  record None() implements Leak {}

  /// Known from another measurement (a thick absorber, a mirror in and out).
  record Known(@Param("h, such as 1 %") double share) implements Leak {
    public Known {
      Check.within("share", share, 0, 0.5, "");
    }
  }

  /// Fitted to the images: where the sample is of one composition, the optical densities at two
  /// energies are proportional over all thicknesses, and a leak bends that line. See {@link
  /// LeakFit}.
  record Fitted() implements Leak {}
}
