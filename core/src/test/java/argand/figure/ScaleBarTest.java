package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleBarTest {
  @ParameterizedTest
  @CsvSource({
    "6e-6, 2e-6, 2 µm",
    "3e-6, 1e-6, 1 µm",
    "2.9e-6, 5e-7, 500 nm",
    "1e-7, 2e-8, 20 nm",
    "1.6e-3, 5e-4, 500 µm",
    "4e-9, 1e-9, 1 nm",
    "1e-9, 2e-10, 200 pm",
    "0.5, 0.1, 100 mm",
  })
  void roundLengthBelowAThirdOfTheWidth(double width, double length, String label) {
    var bar = ScaleBar.forWidth(width);
    assertThat(bar.length()).isCloseTo(length, within(1e-9 * length));
    assertThat(bar.label()).isEqualTo(label);
  }

  @Test
  void numbersCarryThreeFigures() {
    assertThat(Quantities.plain(0.0239)).isEqualTo("0.0239");
    assertThat(Quantities.plain(8000)).isEqualTo("8000");
    assertThat(Quantities.plain(-1.5)).isEqualTo("−1.5");
    assertThat(Quantities.plain(3.2e-7)).isEqualTo("3.2e−7");
    assertThat(Quantities.plain(200)).isEqualTo("200");
    assertThat(Quantities.length(12.34e-9)).isEqualTo("12.3 nm");
    assertThat(MetricWords.of("splitHalfResolution").value(10e-9))
        .isEqualTo("10 nm half period (20 nm full)");
    assertThat(MetricWords.of("somethingNew").label()).isEqualTo("Something new");
    assertThat(MetricWords.of("LLZORecall").label()).isEqualTo("LLZO recall");
    assertThat(MetricWords.of("fractionOfNiIVMeanCore").label())
        .isEqualTo("Fraction of Ni IV mean core");
  }
}
