package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.multivariate.KMeans;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What clusters are made of, against what the particle was made of.
class FitClustersTruthTest {
  private static final NcaParticle NCA = new NcaParticle(120);

  private static Spectrum reference(int k, double shift) {
    double[] at = NCA.energyEv.clone();
    for (int e = 0; e < at.length; e++) {
      at[e] += shift;
    }
    return Spectrum.of(k == 0 ? "Ni3+" : "Ni4+", at, NCA.reference[k], Quantity.NORMALIZED);
  }

  private static EnergyStack clustered(long seed, double shift) {
    var stack = NCA.measured(20_000, seed).withMask(NCA.particle());
    var findings = stack.findings().with(reference(0, shift)).with(reference(1, shift));
    var angle = new KMeans(OptionalInt.of(3), 8, 200, KMeans.Distance.ANGLE);
    return new Cluster(angle, PixelFeatures.Spectra.whole(), 1, true)
        .apply(stack.withFindings(findings), Watch.SILENT);
  }

  private static Clusters fitted(EnergyStack stack) {
    var fit =
        new FitClusters(
            List.of(),
            List.of("Ni3+", "Ni4+"),
            Unmix.Constraint.NON_NEGATIVE,
            Optional.empty(),
            List.of(8325.0, 8560.0),
            List.of(),
            true);
    return fit.apply(stack, Watch.SILENT).findings().clusters().orElseThrow();
  }

  /// A cluster's mean is that of its matter: Σ t s/Σ t of its pixels. The errors are those stated:
  /// of
  /// six seeds with three clusters each, 18 pulls, the rms is 1 ± 0.17 (1/√36). References 0.5 eV
  /// off are noticed by χ² and give other fractions.
  @Test
  void fractionsAreThoseOfTheMatterWithTheErrorsStated() {
    double squares = 0;
    int n = 0;
    for (long seed = 1; seed <= 6; seed++) {
      var stack = clustered(seed, 0);
      var clusters = fitted(stack);
      int[] inside = Cluster.inside(clusters.label(), 3, NCA.n);
      for (int k = 0; k < 3; k++) {
        double matter = 0;
        double four = 0;
        for (int i = 0; i < inside.length; i++) {
          if (inside[i] == k) {
            matter += NCA.thickness[i];
            four += NCA.thickness[i] * NCA.share[i];
          }
        }
        var found = clusters.compositions().get(k);
        assertThat(found.references()).containsExactly("Ni3+", "Ni4+");
        assertThat(found.fraction()[0] + found.fraction()[1]).isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(found.chiSquare()).isBetween(0.4, 1.8);
        assertThat(found.sigma()[1]).isBetween(1e-4, 0.01);
        squares += Math.pow((found.fraction()[1] - four / matter) / found.sigma()[1], 2);
        n++;
      }
    }
    assertThat(Math.sqrt(squares / n)).isBetween(0.6, 1.5);
    var off = fitted(clustered(1, 0.5));
    assertThat(off.compositions().get(1).chiSquare()).isGreaterThan(5);
  }

  @Test
  void withoutClustersItSaysSo() {
    assertThatThrownBy(() -> fitted(NCA.measured(20_000, 1)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("put cluster before fitClusters");
  }
}
