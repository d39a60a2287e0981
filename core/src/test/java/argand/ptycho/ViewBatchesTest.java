package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every view is in one batch of each pass; compact batches are small in the field, uniform ones
/// are not.
class ViewBatchesTest {
  private static final Simulated SIM = Simulated.of(new Simulated.Setup(32, 103, 5, 0, false, 1));
  private static final Windows WINDOWS =
      new Windows(SIM.scan.positions(), SIM.scan.geometry().sample(), true, 0);
  private static final PtychoModel MODEL = new PtychoModel(SIM.scan, WINDOWS, 1);

  @ParameterizedTest
  @EnumSource(Batching.class)
  void eachViewOnceAndNoBatchTooLarge(Batching kind) {
    for (int size : new int[] {1, 10, 103, 500}) {
      int[][] batches = new ViewBatches(kind, size, MODEL).of(3);
      assertThat(Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted().toArray())
          .isEqualTo(IntStream.range(0, 103).toArray());
      assertThat(Arrays.stream(batches).mapToInt(b -> b.length).max().orElseThrow())
          .isLessThanOrEqualTo(size);
    }
  }

  @ParameterizedTest
  @EnumSource(Batching.class)
  void compactOnesAreSmallOthersAreNot(Batching kind) {
    int[][] batches = new ViewBatches(kind, 10, MODEL).of(0);
    double field = spread(IntStream.range(0, 103).toArray());
    double mean = Arrays.stream(batches).mapToDouble(ViewBatchesTest::spread).average().orElse(0);
    if (kind == Batching.COMPACT) {
      assertThat(mean).isLessThan(0.5 * field);
    } else {
      assertThat(mean).isGreaterThan(0.8 * field);
    }
  }

  /// rms distance from the middle [px]
  private static double spread(int[] views) {
    double row = Arrays.stream(views).mapToDouble(WINDOWS::row).average().orElse(0);
    double column = Arrays.stream(views).mapToDouble(WINDOWS::column).average().orElse(0);
    return Math.sqrt(
        Arrays.stream(views)
            .mapToDouble(
                j -> Math.pow(WINDOWS.row(j) - row, 2) + Math.pow(WINDOWS.column(j) - column, 2))
            .average()
            .orElse(0));
  }
}
