package argand.xrf;

import argand.Paper;
import argand.Param;
import argand.array.Check;

/// What lies below the lines.
public sealed interface Background {
  /// A smooth curve, fitted together with the lines: the exponential of a cubic spline, whose
  /// roughness is judged by the evidence of the data. The errors of the areas are those over all
  /// curves that the data allow.
  record Smooth(
      @Param(value = "distance of the knots", unit = "eV", byDefault = "400 eV") double knotsEv)
      implements Background {
    public Smooth {
      Check.within("knots", knotsEv, 50, 1e5, "eV");
    }
  }

  /// Σ p_k E^k, fitted with the lines.
  record Polynomial(@Param(value = "its order", byDefault = "3") int order) implements Background {
    public Polynomial {
      Check.within("order", order, 0, 8, "");
    }
  }

  /// exp Σ p_k E^k, fitted with the lines.
  record Exponential(@Param(value = "its order", byDefault = "4") int order) implements Background {
    public Exponential {
      Check.within("order", order, 0, 8, "");
    }
  }

  /// Peaks clipped off, window by window from the widest to the narrowest, in ln ln √ of the
  /// counts.
  @Paper(
      value =
          "Ryan et al., SNIP, a statistics-sensitive background treatment for the quantitative"
              + " analysis of PIXE spectra, Nucl. Instrum. Methods B 34, 396 (1988)",
      doi = "10.1016/0168-583X(88)90063-8")
  record Snip(
      @Param(value = "half the widest window", unit = "eV", byDefault = "300 eV") double widthEv)
      implements Background {
    public Snip {
      Check.within("width", widthEv, 1, 1e5, "eV");
    }
  }

  /// Peaks stripped off: again and again no channel may lie above the mean of its two neighbours at
  /// a distance.
  record Strip(
      @Param(value = "distance of the neighbours in channels", byDefault = "1") int width,
      @Param(value = "how many times", byDefault = "20000") int iterations,
      @Param(value = "channels of the smoothing before", byDefault = "5") int smoothing)
      implements Background {
    public Strip {
      Check.within("width", width, 1, 1000, "");
      Check.within("iterations", iterations, 1, 10_000_000, "");
      Check.within("smoothing", smoothing, 1, 101, "");
    }
  }

  /// Nothing.
  record None() implements Background {}
}
