package argand.figure;

import java.util.HexFormat;

/// Colours for a quantity between a low and a high value. All but none are even to the eye and
/// keep their order in gray and for colour-blind readers.
///
/// Viridis and magma: S. van der Walt, N. Smith (CC0); cividis: J. R. Nuñez et al., PLoS ONE 13,
/// e0199239 (2018) (CC0).
public enum ColorMap {
  GRAY("000000ffffff"),
  VIRIDIS("440154482878" + "3e4a8931688e" + "26828e1f9e89" + "35b7796dcd59" + "b4de2cfde725"),
  MAGMA("000004180f3e" + "451077721f81" + "9f2f7fcd4071" + "f1605dfd9567" + "fec98dfcfdbf"),
  CIVIDIS("00204d00336f" + "39486b575c6d" + "7071738a8779" + "a69d75c4b56c" + "e4cf5bffea46");

  private final byte[] knots;

  ColorMap(String knots) {
    this.knots = HexFormat.of().parseHex(knots);
  }

  /// Colour 0xRRGGBB of a share 0 … 1 of the range; what lies outside takes the end's colour, NaN
  /// a middle gray.
  public int color(double share) {
    if (Double.isNaN(share)) {
      return 0x808080;
    }
    int last = knots.length / 3 - 1;
    double at = Math.clamp(share, 0.0, 1.0) * last;
    int left = Math.min((int) at, last - 1);
    double t = at - left;
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      double a = knots[3 * left + channel] & 0xff;
      double b = knots[3 * left + 3 + channel] & 0xff;
      rgb = rgb << 8 | (int) Math.rint(a + t * (b - a));
    }
    return rgb;
  }
}
