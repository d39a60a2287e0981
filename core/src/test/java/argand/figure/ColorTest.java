package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorTest {
  @Test
  void viridisHasItsPublishedColours() {
    // matplotlib's table at 0, 128/255 and 1: (68, 1, 84), (33, 145, 140), (253, 231, 37); between
    // the knots within 3 of 255.
    assertThat(ColorMap.VIRIDIS.color(0)).isEqualTo(0x440154);
    assertThat(ColorMap.VIRIDIS.color(1)).isEqualTo(0xfde725);
    int middle = ColorMap.VIRIDIS.color(128.0 / 255);
    assertThat(middle >> 16).isBetween(30, 36);
    assertThat(middle >> 8 & 0xff).isBetween(142, 148);
    assertThat(middle & 0xff).isBetween(137, 143);
  }

  @ParameterizedTest
  @EnumSource(ColorMap.class)
  void brighterIsMore(ColorMap map) {
    double before = -1;
    for (int k = 0; k <= 50; k++) {
      double luminance = luminance(map.color(k / 50.0));
      assertThat(luminance).isGreaterThan(before);
      before = luminance;
    }
    assertThat(map.color(-3)).isEqualTo(map.color(0));
    assertThat(map.color(3)).isEqualTo(map.color(1));
    assertThat(map.color(Double.NaN)).isEqualTo(0x808080);
  }

  @Test
  void phaseWheelHasNoSeamAndEvenLightness() {
    for (int channel = 0; channel < 24; channel += 8) {
      int a = PhaseWheel.color(-Math.PI) >> channel & 0xff;
      int b = PhaseWheel.color(Math.PI) >> channel & 0xff;
      assertThat(a).isEqualTo(b);
    }
    // At one OKLab lightness the luminance Y still varies by some ten per cent around the hues.
    double least = 1;
    double most = 0;
    for (int k = 0; k < 60; k++) {
      double y = luminance(PhaseWheel.color(k * Math.PI / 30));
      least = Math.min(least, y);
      most = Math.max(most, y);
    }
    assertThat(most / least).isLessThan(1.25);
    assertThat(PhaseWheel.color(1, 0)).isZero();
    assertThat(PhaseWheel.color(0)).isNotEqualTo(PhaseWheel.color(1));
  }

  /// Relative luminance of sRGB (IEC 61966-2-1).
  private static double luminance(int rgb) {
    double[] weight = {0.2126, 0.7152, 0.0722};
    double y = 0;
    for (int channel = 0; channel < 3; channel++) {
      double v = (rgb >> (16 - 8 * channel) & 0xff) / 255.0;
      y += weight[channel] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }
    return y;
  }
}
