package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KramersKronigLawTest {
  /// A piece cut in two is the same piece: at energies inside, on the cut, near and far, where the
  /// closed form, its series and the rule of Gauss take turns.
  @Test
  void aPieceIsTheSumOfItsParts() {
    var random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      double from = Math.exp(3 + 8 * random.nextDouble());
      double to = from * (1 + Math.exp(-7 + 9 * random.nextDouble()));
      double cut = from + (to - from) * (0.2 + 0.6 * random.nextDouble());
      double u = from;
      var whole =
          new LaurentPiece(
              from,
              to,
              random.nextGaussian() * u * u * u,
              random.nextGaussian() * u * u,
              random.nextGaussian() * u,
              random.nextGaussian(),
              random.nextGaussian() / to);
      var parts =
          List.of(whole.between(0, cut).orElseThrow(), whole.between(cut, to).orElseThrow());
      double middle = (from + to) / 2;
      double[] ev = {cut, middle, from / 100, from / 25, from / 3, 0.97 * from, 1.1 * to, 40 * to};
      double[] one = KramersKronig.f1(List.of(whole), 0, ev);
      double[] two = KramersKronig.f1(parts, 0, ev);
      double[] oneBack = KramersKronig.f2(List.of(whole), ev);
      double[] twoBack = KramersKronig.f2(parts, ev);
      for (int i = 0; i < ev.length; i++) {
        assertThat(two[i]).isEqualTo(one[i], within(1e-8 + 1e-8 * Math.abs(one[i])));
        assertThat(twoBack[i]).isEqualTo(oneBack[i], within(1e-8 + 1e-8 * Math.abs(oneBack[i])));
      }
    }
  }

  /// A straight line is a straight line, whichever of the two kinds of piece it is.
  @Test
  void bothKindsOfPieceAgree() {
    var line = new LaurentPiece(280, 281, 0, 0, 0, 3 - 280 * 0.5, 0.5);
    var same = new CubicPiece(280, 281, 3, 0.5, 0, 0);
    for (double ev : new double[] {279, 280.3, 283, 290, 1000, -280.5}) {
      assertThat(same.cauchy(ev)).isEqualTo(line.cauchy(ev), within(1e-9));
    }
  }

  /// Rows of the matrix times optical density, and the electrons, are the phase of the transform.
  @Test
  void theMatrixIsTheTransform() {
    var factors = ScatteringFactors.of("LiFePO4");
    double[] ev = new double[20];
    double[] density = new double[20];
    for (int i = 0; i < ev.length; i++) {
      ev[i] = 698 + 2 * i + 0.3 * Math.sin(i);
      density[i] = 0.2 + 0.3 / (1 + Math.exp(-(ev[i] - 708))) + Math.exp(-Math.abs(ev[i] - 709));
    }
    for (boolean curved : new boolean[] {false, true}) {
      var edge = NearEdge.of(factors, ev, density, ev[0], ev[19], curved);
      double[] fitted = NearEdge.opticalDensity(edge.f2(), ev, edge.unitsPerArea());
      var matrix = KramersKronigMatrix.of(factors, ev, curved);
      double[] phase = matrix.phase(fitted);
      double[] electron = matrix.electron();
      double[] wanted = edge.phase(ev);
      double electrons = edge.unitsPerArea() * factors.relativisticElectrons();
      for (int i = 0; i < ev.length; i++) {
        assertThat(phase[i] + electrons * electron[i]).isEqualTo(wanted[i], within(1e-11));
      }
    }
  }
}
