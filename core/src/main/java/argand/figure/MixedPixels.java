package argand.figure;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.MixedColors;
import java.awt.image.BufferedImage;
import java.util.List;

/// Maps mixed into one picture; see {@link MixedColors}.
final class MixedPixels {
  private MixedPixels() {}

  /// Pixels that are not good, or where a map is not known, are black.
  ///
  /// @param maps one for each channel, all of one size
  /// @param brightness share 0 … 1 of each pixel; NaN is 0
  static BufferedImage of(MixedColors mix, List<RealField> maps, RealField brightness, Mask where) {
    var grid = brightness.grid();
    var image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_INT_RGB);
    double[] shares = new double[maps.size()];
    for (int i = 0; i < grid.size(); i++) {
      boolean known = where.good()[i];
      for (int k = 0; k < shares.length; k++) {
        var channel = mix.channels().get(k);
        float value = maps.get(k).values()[i];
        known &= !Float.isNaN(value);
        shares[k] =
            Math.clamp((value - channel.low()) / (channel.high() - channel.low()), 0.0, 1.0);
      }
      float light = brightness.values()[i];
      known &= !Float.isNaN(light);
      image.setRGB(
          i % grid.columns(),
          i / grid.columns(),
          known ? color(mix, shares, Math.clamp(light, 0f, 1f)) : 0);
    }
    return image;
  }

  /// 0xRRGGBB of shares 0 … 1 of the channels' colours.
  static int color(MixedColors mix, double[] shares, double light) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double sum = 0;
      for (int k = 0; k < shares.length; k++) {
        sum += shares[k] * ((mix.channels().get(k).tint().rgb() >> shift & 0xff) / 255.0);
      }
      rgb |= (int) Math.rint(255 * light * Math.min(1, sum)) << shift;
    }
    return rgb;
  }
}
