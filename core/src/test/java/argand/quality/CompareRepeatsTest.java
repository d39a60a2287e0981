package argand.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.flow.Watch;
import argand.metric.Specimen;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareRepeatsTest {
  private static final double PIXEL = 20e-9;

  private final Specimen specimen = new Specimen(3, 128 * PIXEL, 3.5 * PIXEL);

  @Test
  void repeatsOfOneSampleAgree() {
    var first = specimen.reconstruction(128, PIXEL, 0);
    var second = specimen.reconstruction(128, PIXEL, 0.4);
    var agreement = new CompareRepeats().gather(List.of(first, second, first), Watch.SILENT);
    assertThat(agreement.quality().metrics().get("repeatNrmse")).isLessThan(1e-3);
    assertThat(agreement.quality().metrics()).containsKeys("repeatFrcMean", "repeatResolution");
    assertThat(agreement.quality().figures()).hasSize(3);
    assertThat(agreement.source().notes()).hasSize(1);
  }

  @Test
  void anotherSampleDoesNotAgree() {
    var other = new Specimen(77, 128 * PIXEL, 3.5 * PIXEL).reconstruction(128, PIXEL, 0);
    var agreement =
        new CompareRepeats()
            .gather(List.of(specimen.reconstruction(128, PIXEL, 0), other), Watch.SILENT);
    assertThat(agreement.quality().metrics().get("repeatNrmse")).isGreaterThan(0.2);
  }

  @Test
  void oneResultIsNotEnough() {
    assertThatThrownBy(
            () ->
                new CompareRepeats()
                    .gather(List.of(specimen.reconstruction(128, PIXEL, 0)), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("two or more");
  }
}
