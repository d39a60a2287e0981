package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The transform in halves is the transform, whatever the size; and every pixel of a real plane
/// comes to where the strips of the transform have it.
class StripwiseFftTest {
  /// As {@link PlaneFftTest}: three to eight passes of 6e-8 each, and Bluestein's.
  private static final double ROUNDING = 1.1e-6;

  @ParameterizedTest
  @CsvSource({"16,16", "64,64", "128,32", "32,128", "17,33", "50,70", "1,48", "48,1", "31,37"})
  void halvesMakeTheTransformAndTheWayBack(int rows, int columns) {
    for (var kernels : new FftKernels[] {FftKernels.best(), new ScalarFftKernels()}) {
      var planes = RawPlanes.random(rows, columns, 1000L * rows + columns);
      double[] expected = ExactDft.of(planes.values(), rows, columns);
      var fft = new StripwiseFft(rows, columns, kernels);
      var wave = new Window(planes.re(), planes.im(), 0, planes.pitch());
      float[] numbers = new float[rows * columns];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      var numbered = new RealWindow(numbers, 0, columns);
      var strip = fft.strip();
      var numberStrip = fft.realStrip();
      double[] before = planes.values();

      fft.columns(wave);
      double[] found = new double[expected.length];
      for (int r = 0; r < rows; r += fft.lanes()) {
        fft.toStrip(wave, r, strip);
        fft.toStrip(numbered, r, numberStrip);
        fft.alongRows(strip);
        for (int k = 0; k < columns * fft.lanes(); k++) {
          int pixel = (int) numberStrip.values()[numberStrip.offset() + k];
          boolean there = r + k % fft.lanes() < rows;
          assertThat(pixel)
              .isEqualTo(there ? (r + k % fft.lanes()) * columns + k / fft.lanes() : -1);
          if (there) {
            found[2 * pixel] = strip.re()[strip.offset() + k];
            found[2 * pixel + 1] = strip.im()[strip.offset() + k];
          }
        }
        fft.alongRows(strip.swapped());
        fft.toRows(strip, wave, r);
      }
      fft.columns(wave.swapped());
      assertThat(RawPlanes.error(found, expected)).isLessThan(ROUNDING);
      double[] after = planes.values();
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i] / (rows * columns)).isCloseTo(before[i], within(1e-5));
      }
    }
  }
}
