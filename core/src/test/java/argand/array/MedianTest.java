package argand.array;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void theMiddleOrTheUpperOfTheTwo() {
    double[] values = {5, 1, 4};
    assertThat(Median.of(values)).isEqualTo(4);
    assertThat(values).containsExactly(5, 1, 4);
    assertThat(Median.of(new double[] {4, 3, 2, 1})).isEqualTo(3);
  }
}
