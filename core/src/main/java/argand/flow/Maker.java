package argand.flow;

import argand.data.DiffractionScan;
import argand.data.Reconstruction;

/// The other beginning of a recipe: measurements that are computed, not read. Counted, so that each
/// can be made alone. The runner writes each as a raw file and its truth beside it, and the recipe
/// goes on from that file.
public interface Maker {
  /// How many measurements it makes.
  int count();

  /// A name for measurement `index`, fit for a file name.
  String name(int index);

  /// Measurement `index` and the sample, probe and positions it was made with.
  Made make(int index, Watch watch);

  /// A simulated measurement and its truth; the object's grid may be finer and larger than the
  /// solver's.
  record Made(DiffractionScan scan, Reconstruction truth) {}
}
