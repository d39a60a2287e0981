package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// The Fourier-ptychography file of a blood smear, written by MATLAB.
class MatlabRealDataTest {
  @Test
  void compressedLevelFive() {
    var file = SharedData.file("fpm-bloodsmear/bloodsmear_red.mat");
    try (var matlab = MatlabFile.open(file)) {
      assertThat(matlab.contents()).containsEntry("imlow_HDR", "single 128×128×225");
      assertThat(matlab.doubles("wlength")).containsExactly(630e-9);
      assertThat(matlab.doubles("z")).containsExactly(-55e-6);
      float[] images = matlab.floats("imlow_HDR");
      assertThat(images).hasSize(128 * 128 * 225);
      double sum = 0;
      for (float value : images) {
        sum += value;
      }
      // of scipy.io.loadmat, which sums in double precision
      assertThat(sum).isCloseTo(505124.0183526095, within(1e-6));
      assertThat(images[0]).isEqualTo(1.1520579f);
      assertThat(images[1]).isEqualTo(1.5778327f); // the next image
      assertThat(images[225]).isEqualTo(0.6587245f); // the next column
    }
  }
}
