package argand.simulate;

import argand.data.ScanPositions;
import java.util.SplittableRandom;

/// Where the probe is sent. Each is a record that a recipe can name; the permits clause is the
/// register.
public sealed interface ScanPattern permits FermatSpiral, RoundScan, RasterScan, SnakeScan {
  /// Number of views.
  int views();

  /// The positions in the order of the measurement, centred on 0 but for their jitter.
  ///
  /// @param random of patterns with jitter
  ScanPositions positions(SplittableRandom random);
}
