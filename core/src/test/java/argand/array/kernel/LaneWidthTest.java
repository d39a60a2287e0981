package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import argand.ChildJava;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lane width is fixed for a JVM, so that other widths are tried in one of their own.
class LaneWidthTest {
  @ParameterizedTest
  @ValueSource(strings = {"vector4", "vector8"})
  void narrowerLanesTransformToo(String kernels) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                ChildJava.java(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-Dargand.kernels=" + kernels,
                "-cp",
                ChildJava.classPath(),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains(kernels + " done");
    assertThat(process.exitValue()).as(output).isZero();
  }

  /// What runs in the other JVM.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      for (int n : new int[] {1, 5, 16, 64, 77, 96, 112}) {
        PlaneFftTest.check(n, 20, PlaneFftTest.Spelling.BEST);
        PlaneFftTest.check(20, n, PlaneFftTest.Spelling.BEST);
      }
      MatrixProductTest.checkTiles();
      System.out.println(Simd.name() + " done");
    }
  }
}
