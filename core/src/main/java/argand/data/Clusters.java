package argand.data;

import argand.array.Check;
import argand.array.Grid;
import java.util.List;
import java.util.Locale;

/// Pixels in groups of like spectra.
///
/// @param label for each pixel the number of its cluster, −1 where it has none
/// @param means the mean spectrum of each cluster, named after it
/// @param compositions what each is a mixture of; empty where that was not asked for
public record Clusters(
    Grid grid, int[] label, List<Spectrum> means, List<Composition> compositions) {
  public Clusters {
    Check.same("labels", label.length, grid.size());
    means = List.copyOf(means);
    compositions = List.copyOf(compositions);
    if (!compositions.isEmpty()) {
      Check.same("compositions of clusters", compositions.size(), means.size());
    }
  }

  public Clusters(Grid grid, int[] label, List<Spectrum> means) {
    this(grid, label, means, List.of());
  }

  /// The mean spectrum of a cluster as a mixture of references.
  ///
  /// @param fraction of each reference; they add up to 1
  /// @param sigma their standard deviations
  /// @param rFactor Σ (y − fit)²/Σ y²
  /// @param chiSquare of the mean's errors for each freedom; NaN where these are not known
  public record Composition(
      List<String> references,
      double[] fraction,
      double[] sigma,
      double rFactor,
      double chiSquare) {
    public Composition {
      references = List.copyOf(references);
      Check.same("fractions", fraction.length, references.size());
      Check.same("errors of fractions", sigma.length, references.size());
    }

    /// For a person: `0.542 ± 0.003 NiO, 0.458 ± 0.003 LiNiO2`.
    public String words() {
      var words = new StringBuilder();
      for (int k = 0; k < fraction.length; k++) {
        words.append(
            String.format(
                Locale.ROOT,
                "%s%.3f ± %.3f %s",
                k == 0 ? "" : ", ",
                fraction[k],
                sigma[k],
                references.get(k)));
      }
      return words.toString();
    }
  }

  /// What cluster `k` is made of, as the end of a sentence.
  public String mixture(int k) {
    return compositions.isEmpty() ? "." : ": " + compositions.get(k).words() + ".";
  }

  public int count() {
    return means.size();
  }

  public Clusters with(List<Composition> found) {
    return new Clusters(grid, label, means, found);
  }

  /// Number of pixels of cluster `k`.
  public int pixels(int k) {
    int pixels = 0;
    for (int of : label) {
      pixels += of == k ? 1 : 0;
    }
    return pixels;
  }

  /// Area of cluster `k` on the sample [m²].
  public double area(int k) {
    return pixels(k) * grid.pixelY() * grid.pixelX();
  }
}
