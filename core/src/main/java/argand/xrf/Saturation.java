package argand.xrf;

import argand.array.InvalidInput;

/// Spectra whose counters were full.
final class Saturation {
  private static final int[] BITS = {15, 16, 24};

  private Saturation() {}

  /// @throws InvalidInput where neighbouring channels stand at the most that a counter holds
  static void refuse(float[] spectra, int from, int channels, String name) {
    for (int bits : BITS) {
      float full = (1 << bits) - 1;
      int row = 0;
      for (int c = from; c < from + channels; c++) {
        row = spectra[c] == full ? row + 1 : 0;
        if (row == 2) {
          throw new InvalidInput(
              name,
              "saturated: channels "
                  + (c - from - 1)
                  + " and "
                  + (c - from)
                  + " both hold "
                  + (int) full
                  + " counts, all that a counter of "
                  + bits
                  + " bits can",
              "spectra whose counters were not full",
              "measure shorter, or crop the range of the fit");
        }
      }
    }
  }
}
