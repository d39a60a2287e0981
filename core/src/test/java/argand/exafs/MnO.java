package argand.exafs;

import argand.data.Quantity;
import argand.data.Spectrum;
import argand.phantom.FineStructure;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/// Simulated spectra of MnO at the 139 energies of a scan over its K edge, 6.40 … 7.10 keV.
public final class MnO {
  private MnO() {}

  /// 12 before the edge, 43 steps of 1 eV over it, the rest even in k.
  public static double[] energies() {
    double[] all = new double[139];
    for (int i = 0; i < 12; i++) {
      all[i] = 6400 + 11.0 * i;
    }
    for (int i = 0; i < 43; i++) {
      all[12 + i] = 6530 + i;
    }
    double first = PhotoElectron.waveNumber(6573 - 6544);
    double last = PhotoElectron.waveNumber(7100 - 6544);
    for (int i = 0; i < 84; i++) {
      all[55 + i] = 6544 + PhotoElectron.aboveEdgeEv(first + (last - first) * i / 83);
    }
    return all;
  }

  /// Optical density with a step of 1.2 on what falls as E⁻³, with noise in each energy.
  public static Spectrum spectrum(String name, FineStructure of, double sigma, long seed) {
    var random = new Random(seed);
    double[] energy = energies();
    double[] y = new double[energy.length];
    for (int e = 0; e < y.length; e++) {
      double fall = Math.pow(of.edgeEv() / energy[e], 2.8);
      y[e] = 1.2 * fall * (0.3 + of.normalized(energy[e])) + sigma * random.nextGaussian();
    }
    double[] errors = new double[y.length];
    Arrays.fill(errors, sigma);
    return new Spectrum(name, energy, y, Optional.of(errors), Quantity.OPTICAL_DENSITY);
  }
}
