package argand.judge;

import argand.data.DiffractionScan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// A part of a long scan on which things can be tried.
public final class Strip {
  private Strip() {}

  /// The views nearest to the middle line along the longer axis, in their order: they keep their
  /// overlap, and hold the beginning and the end of a spiral. Short scans are taken whole.
  public static DiffractionScan of(DiffractionScan whole, int most) {
    int count = whole.frames().count();
    if (count <= most) {
      return whole;
    }
    var positions = whole.positions();
    double[] across = positions.extentX() >= positions.extentY() ? positions.y() : positions.x();
    double middle = Arrays.stream(across).sorted().skip(count / 2).findFirst().orElseThrow();
    int[] chosen =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> Math.abs(across[j] - middle)))
            .limit(most)
            .sorted()
            .mapToInt(Integer::intValue)
            .toArray();
    return whole.select(chosen);
  }
}
