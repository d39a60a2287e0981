package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.file.TiffReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LatticeMapTest {
  @Test
  void theMapOfTheExamplesIsThisOne() {
    var pages = TiffReader.read(Path.of("../examples/references/lifepo4-lattice.tif"));
    var map = LatticeMap.example().draw();
    assertThat(pages.rows()).isEqualTo(110);
    assertThat(pages.columns()).isEqualTo(180);
    assertThat(pages.pages().getFirst()).isEqualTo(map.values());
  }

  @Test
  void endMembersHaveTheirLatticeAndThereIsNothingBesideThem() {
    var map = LatticeMap.example().draw();
    double[] sums = new double[2];
    int[] counts = new int[2];
    int known = 0;
    for (float a : map.values()) {
      if (Float.isNaN(a)) {
        continue;
      }
      known++;
      int which = a > 10.25 ? 0 : a < 9.9 ? 1 : -1;
      if (which >= 0) {
        sums[which] += a;
        counts[which]++;
      }
    }
    // the platelet of 1.93 µm² in pixels of (12 nm)², 1 % larger along both sides, and its soft rim
    assertThat(known).isBetween(13_500, 14_300);
    assertThat(counts[0]).isGreaterThan(2000);
    assertThat(counts[1]).isGreaterThan(2000);
    assertThat(sums[0] / counts[0]).isCloseTo(10.332, within(0.005));
    assertThat(sums[1] / counts[1]).isCloseTo(9.821, within(0.005));
  }
}
