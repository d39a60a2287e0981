package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AffineFitTest {
  /// Scale 1 %, rows against columns 0.4 %, rotation 5 mrad, shear 2 mrad, and a random part of
  /// 0.3 px along each axis: each within three of its uncertainties, and the random part as it is.
  @Test
  void findsWhatAllHaveInCommonWithinItsUncertainty() {
    int n = 300;
    var random = new SplittableRandom(4);
    double[] y = new double[n];
    double[] x = new double[n];
    double[] down = new double[n];
    double[] right = new double[n];
    var map = new LinearMap(0.012, 0.006, -0.004, 0.008, 50, 50);
    for (int j = 0; j < n; j++) {
      y[j] = 100 * random.nextDouble();
      x[j] = 100 * random.nextDouble();
      down[j] = map.down(y[j], x[j]) + 0.3 * random.nextGaussian();
      right[j] = map.right(y[j], x[j]) + 0.3 * random.nextGaussian();
    }
    double meanY = java.util.Arrays.stream(down).average().orElseThrow();
    double meanX = java.util.Arrays.stream(right).average().orElseThrow();
    var moves =
        new PositionMoves(
            java.util.Arrays.stream(down).map(v -> v - meanY).toArray(),
            java.util.Arrays.stream(right).map(v -> v - meanX).toArray());
    var fit = AffineFit.of(y, x, moves);
    var metrics = fit.quality().metrics();
    assertThat(fit.scale())
        .isCloseTo(0.01, within(3 * requireNonNull(metrics.get("positionScaleSigma"))));
    assertThat(fit.asymmetry())
        .isCloseTo(0.004, within(3 * requireNonNull(metrics.get("positionAsymmetrySigma"))));
    assertThat(fit.rotation())
        .isCloseTo(0.005, within(3 * requireNonNull(metrics.get("positionRotationSigma"))));
    assertThat(fit.shear())
        .isCloseTo(0.002, within(3 * requireNonNull(metrics.get("positionShearSigma"))));
    assertThat(fit.random()).isCloseTo(0.3 * Math.sqrt(2), within(0.03));
    // σ of an element: 0.3/√(300 · 100²/12) = 0.0006
    assertThat(fit.sigmaY()).isCloseTo(0.0006, within(0.0001));
  }

  /// A line of views leaves what lies across it open.
  @Test
  void aLineOfViewsClaimsNothingAcrossItself() {
    double[] y = {0, 0, 0, 0};
    double[] x = {0, 10, 20, 30};
    var moves = new PositionMoves(new double[4], new double[] {-0.15, -0.05, 0.05, 0.15});
    var fit = AffineFit.of(y, x, moves);
    assertThat(fit.map().xx()).isCloseTo(0.01, within(1e-6));
    assertThat(fit.map().yy()).isCloseTo(0, within(1e-9));
  }
}
