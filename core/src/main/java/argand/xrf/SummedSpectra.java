package argand.xrf;

import argand.array.InvalidInput;
import argand.data.EnergyCalibration;
import argand.data.FluorescenceSpectra;
import java.util.Arrays;

/// The sum of spectra, and what of it are pairs of photons.
final class SummedSpectra {
  private SummedSpectra() {}

  /// The sum of all spectra, none of which may be saturated.
  static double[] of(FluorescenceSpectra spectra, FitRange range) {
    int channels = spectra.channels();
    int block = Math.clamp((1 << 18) / channels, 1, spectra.count());
    float[] some = new float[block * channels];
    double[] sum = new double[channels];
    for (int at = 0; at < spectra.count(); at += block) {
      int length = Math.min(block, spectra.count() - at);
      spectra.counts().read(at, length, some, 0);
      for (int j = 0; j < length; j++) {
        Saturation.refuse(
            some.length == channels
                ? some
                : Arrays.copyOfRange(some, j * channels, (j + 1) * channels),
            range.first(),
            range.channels(),
            spectra.name(at + j));
        for (int c = 0; c < channels; c++) {
          double y = some[j * channels + c];
          if (!(y >= 0)) {
            throw new InvalidInput(
                spectra.name(at + j), y + " counts in channel " + c, "0 or more", "");
          }
          sum[c] += y;
        }
      }
    }
    return sum;
  }

  /// Two photons at once are counted at the sum of their energies: the spectrum folded with itself.
  static double[] pileUp(double[] whole, EnergyCalibration calibration, FitRange range) {
    double[] energy = calibration.energiesEv(whole.length);
    double[] pile = new double[range.channels()];
    double total = Arrays.stream(whole).sum();
    for (int a = 0; a < whole.length; a++) {
      if (whole[a] <= 0 || energy[a] <= 0) {
        continue;
      }
      for (int b = a; b < whole.length; b++) {
        double at = calibration.channel(energy[a] + energy[b]) - range.first();
        int c = (int) Math.floor(at);
        if (c >= range.channels()) {
          break;
        }
        double both = (a == b ? 1 : 2) * whole[a] * whole[b] / total;
        if (c >= 0) {
          pile[c] += both * (1 - (at - c));
        }
        if (c + 1 >= 0 && c + 1 < pile.length) {
          pile[c + 1] += both * (at - c);
        }
      }
    }
    return pile;
  }
}
