package argand.figure;

import argand.array.RealField;
import argand.figure.Pixels.Range;
import java.nio.file.Path;
import java.util.Locale;

/// A picture of something still being worked on: pixel for pixel, without title or bars, quick to
/// write and to load.
public final class Show {
  private Show() {}

  /// Names that end in `phase` are drawn on the hue wheel [rad], names that begin with `probe` in
  /// magma, others in gray, from the 0.5th to the 99.5th hundredth of the values.
  public static void write(String name, RealField picture, Path png) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("phase")) {
      Png.write(Pixels.ofPhase(picture), png);
    } else {
      var colors = lower.startsWith("probe") ? ColorMap.MAGMA : ColorMap.GRAY;
      Png.write(Pixels.of(picture, Range.of(picture), colors), png);
    }
  }
}
