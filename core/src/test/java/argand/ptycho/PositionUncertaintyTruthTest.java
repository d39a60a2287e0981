package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.Reconstruction;
import argand.flow.Maker.Made;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Stated uncertainties against what was really wrong, over three simulated scans (not those by
/// which the method was set), apart from a linear map.
class PositionUncertaintyTruthTest {
  @Test
  void twoThirdsOfTheViewsStandWithinOneSigma() {
    int within = 0;
    int withinTwo = 0;
    int withinSmall = 0;
    int all = 0;
    for (long seed = 11; seed <= 13; seed++) {
      var made = StandardCase.misplaced(64, 80, 1, seed).make(0, Watch.SILENT);
      var found = PositionsTruthTest.refined(Rpie.DEFAULT, 40, Positions.DEFAULT, made.scan());
      double[][] errors = errors(found, made);
      var figure =
          Objects.requireNonNull(found.quality().figures().get("Uncertainty of the positions"));
      for (int axis = 0; axis < 2; axis++) {
        double[] sigma = figure.get(axis).y();
        for (int j = 0; j < sigma.length; j++) {
          double ratio = Math.abs(errors[axis][j]) / sigma[j];
          within += ratio < 1 ? 1 : 0;
          withinTwo += ratio < 2 ? 1 : 0;
          withinSmall += ratio < 1 / 2.7 ? 1 : 0;
          all++;
        }
      }
    }
    assertThat((double) within / all).isBetween(0.60, 0.76);
    assertThat((double) withinTwo / all).isGreaterThan(0.9);
    // the negative control: σ less by 2.7, that of an object that is known
    assertThat((double) withinSmall / all).isLessThan(0.45);
  }

  private static double[][] errors(Reconstruction found, Made made) {
    var truth = made.truth().positions();
    double pixel = made.scan().geometry().sample().pixelY();
    double[] y = Arrays.stream(truth.y()).map(v -> v / pixel).toArray();
    double[] x = Arrays.stream(truth.x()).map(v -> v / pixel).toArray();
    double[] down = centred(found.positions().y(), truth.y(), pixel);
    double[] right = centred(found.positions().x(), truth.x(), pixel);
    var map = AffineFit.of(y, x, new PositionMoves(down, right)).map();
    for (int j = 0; j < y.length; j++) {
      down[j] -= map.down(y[j], x[j]);
      right[j] -= map.right(y[j], x[j]);
    }
    return new double[][] {down, right};
  }

  private static double[] centred(double[] a, double[] b, double pixel) {
    double[] errors = new double[a.length];
    Arrays.setAll(errors, j -> (a[j] - b[j]) / pixel);
    double mean = Arrays.stream(errors).average().orElseThrow();
    return Arrays.stream(errors).map(e -> e - mean).toArray();
  }
}
