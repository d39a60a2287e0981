package argand.figure;

/// Colours for a phase: once around the hues at equal lightness and chroma (OKLCh), so that equal
/// steps of phase look equal and −π meets π without a seam; and for a complex number: hue is its
/// phase, brightness its modulus.
///
/// OKLab: B. Ottosson (2020), https://bottosson.github.io/posts/oklab (public domain).
public final class PhaseWheel {
  private static final double LIGHTNESS = 0.74;
  private static final double CHROMA = 0.125;

  /// Hue at phase 0, so that 0 is a sky blue and ±π an ochre.
  private static final double HUE = Math.toRadians(245);

  private PhaseWheel() {}

  /// Colour 0xRRGGBB of a phase [rad].
  public static int color(double phase) {
    return color(phase, 1);
  }

  /// Colour of a complex number of this phase [rad] and brightness 0 (black) … 1.
  public static int color(double phase, double brightness) {
    if (Double.isNaN(phase)) {
      return 0x808080;
    }
    double bright = Math.clamp(brightness, 0.0, 1.0);
    double hue = HUE + phase;
    double chroma = CHROMA * bright;
    return rgb(LIGHTNESS * bright, chroma * Math.cos(hue), chroma * Math.sin(hue));
  }

  private static int rgb(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
        | channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
        | channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  private static double cube(double x) {
    return x * x * x;
  }

  /// Linear light to the eight bits of sRGB.
  private static int channel(double linear) {
    double x = Math.clamp(linear, 0.0, 1.0);
    double encoded = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
    return (int) Math.rint(255 * encoded);
  }
}
