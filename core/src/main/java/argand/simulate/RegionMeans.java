package argand.simulate;

import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.ArrayList;
import java.util.List;

/// Mean optical density of each region of a sample.
final class RegionMeans {
  private RegionMeans() {}

  /// @param names of the regions
  /// @param density optical densities, one plane for each energy
  /// @param region of each pixel, −1 where there is none
  static List<Spectrum> of(List<String> names, double[] energyEv, Planes density, int[] region) {
    int count = names.size();
    double[][] sums = new double[count][energyEv.length];
    int[] pixels = new int[count];
    for (int of : region) {
      if (of >= 0) {
        pixels[of]++;
      }
    }
    for (int e = 0; e < energyEv.length; e++) {
      float[] plane = density.plane(e).values();
      for (int i = 0; i < region.length; i++) {
        if (region[i] >= 0) {
          sums[region[i]][e] += plane[i] / pixels[region[i]];
        }
      }
    }
    var means = new ArrayList<Spectrum>();
    for (int k = 0; k < count; k++) {
      means.add(Spectrum.of(names.get(k), energyEv, sums[k], Quantity.OPTICAL_DENSITY));
    }
    return means;
  }
}
