package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.EnergyStack;
import argand.flow.Watch;
import argand.multivariate.NonNegativeFactors.Update;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private static final NcaParticle NCA = new NcaParticle(96);
  private static final EnergyStack DENSITY = NCA.measured(20_000, 6).withMask(NCA.particle());

  /// Thickness times (background + two references): three spectra, of which the two that are mixed
  /// and their background make a space of two dimensions, since the shares add up to one.
  @Test
  void asManyAsWereMixedAreSignificantWithErrors() {
    var found =
        new PrincipalComponents(OptionalInt.empty(), false, true).apply(DENSITY, Watch.SILENT);
    var findings = found.findings();
    assertThat(findings.quality().metrics().get("componentsAboveNoise")).isEqualTo(2);
    assertThat(findings.maps()).hasSize(2);
    assertThat(findings.maps().getFirst().name()).isEqualTo("component 1");
    assertThat(findings.quality().figures()).containsKey("Scree of the principal components");
    // The first image is the thickness: correlation with it.
    assertThat(correlation(findings.maps().getFirst().values().values(), NCA.thickness))
        .isGreaterThan(0.98);
    // Outside of the mask nothing is known.
    assertThat(findings.maps().getFirst().values().values()[0]).isNaN();
  }

  /// Images are scores · spectra: with all components kept, the stack itself.
  @Test
  void allComponentsGiveTheStackBack() {
    var found =
        new PrincipalComponents(OptionalInt.of(DENSITY.count()), true, true)
            .apply(DENSITY, Watch.SILENT);
    var findings = found.findings();
    int pixel = 48 * 96 + 50;
    double[] sum = new double[DENSITY.count()];
    double[] mean = new double[DENSITY.count()];
    int n = 0;
    for (int i = 0; i < NCA.region.length; i++) {
      if (NCA.region[i] >= 0) {
        n++;
        for (int e = 0; e < mean.length; e++) {
          mean[e] += DENSITY.images().inMemory(e).orElseThrow()[i];
        }
      }
    }
    for (int k = 0; k < DENSITY.count(); k++) {
      float score = findings.maps().get(k).values().values()[pixel];
      for (int e = 0; e < sum.length; e++) {
        sum[e] += score * findings.spectra().get(k).values()[e];
      }
    }
    for (int e = 0; e < sum.length; e++) {
      assertThat(sum[e] + mean[e] / n)
          .isCloseTo(DENSITY.images().inMemory(e).orElseThrow()[pixel], within(2e-4));
    }
  }

  @Test
  void factorsAreNotNegativeAndExplainTheStack() {
    var found =
        new NonNegativeMatrixFactors(2, Update.HALS, 60, 0, 0.01, 1).apply(DENSITY, Watch.SILENT);
    var findings = found.findings();
    assertThat(findings.maps()).hasSize(2);
    double[] total = new double[NCA.thickness.length];
    for (var map : findings.maps()) {
      for (int i = 0; i < total.length; i++) {
        float value = map.values().values()[i];
        assertThat(value < 0).isFalse();
        total[i] += value;
      }
    }
    assertThat(correlation(toFloats(total), NCA.thickness)).isGreaterThan(0.98);
    // Noise of the density: 1/√(20 000 exp(−OD)), 0.007 to 0.02.
    assertThat(findings.quality().metrics().get("misfitOfFactors")).isBetween(0.006, 0.025);
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double correlation(float[] a, double[] b) {
    double n = 0;
    double sa = 0;
    double sb = 0;
    double saa = 0;
    double sbb = 0;
    double sab = 0;
    for (int i = 0; i < a.length; i++) {
      if (NCA.region[i] >= 0) {
        n++;
        sa += a[i];
        sb += b[i];
        saa += a[i] * a[i];
        sbb += b[i] * b[i];
        sab += a[i] * b[i];
      }
    }
    return (sab - sa * sb / n) / Math.sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
  }
}
