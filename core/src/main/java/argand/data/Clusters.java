package argand.data;

import argand.array.Check;
import argand.array.Grid;
import java.util.List;

/// Pixels in groups of like spectra.
///
/// @param label for each pixel the number of its cluster, −1 where it has none
/// @param means the mean spectrum of each cluster, named after it
public record Clusters(Grid grid, int[] label, List<Spectrum> means) {
  public Clusters {
    Check.same("labels", label.length, grid.size());
    means = List.copyOf(means);
  }

  public int count() {
    return means.size();
  }

  /// Number of pixels of cluster `k`.
  public int pixels(int k) {
    int pixels = 0;
    for (int of : label) {
      pixels += of == k ? 1 : 0;
    }
    return pixels;
  }
}
