package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.metric.AdjustedRandIndex;
import argand.metric.CorrelationRatio;
import argand.multivariate.KMeans;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClusterTruthTest {
  private static final NcaParticle NCA = new NcaParticle(160);
  private static final EnergyStack DENSITY = NCA.measured(100_000, 4).withMask(NCA.particle());
  private static final EnergyStack NORMAL = NCA.fitted(DENSITY).withMask(NCA.particle());

  private static Cluster on(PixelFeatures features, int clusters) {
    return new Cluster(KMeans.of(clusters), features, 1, true);
  }

  private static int[] labels(EnergyStack stack) {
    return stack.findings().clusters().orElseThrow().label();
  }

  private static float[] thickness() {
    float[] thickness = new float[NCA.thickness.length];
    for (int i = 0; i < thickness.length; i++) {
      thickness[i] = (float) NCA.thickness[i];
    }
    return thickness;
  }

  /// Figure 6 of Ge & Lee 2020: normalized spectra group by their oxidation state.
  @Test
  void normalizedSpectraGroupByOxidationState() {
    var found = on(PixelFeatures.Spectra.whole(), 3).apply(NORMAL, Watch.SILENT);
    assertThat(AdjustedRandIndex.of(labels(found), NCA.region)).isGreaterThan(0.95);
    assertThat(CorrelationRatio.of(labels(found), thickness())).isLessThan(0.3);
    assertThat(found.findings().quality().verdict()).isEmpty();
    // Of a fit to the mean spectra, each region's share is found: in order and within 0.05 (0.013
    // of
    // it is the line before an edge on a background that is none).
    double[] shares =
        found.findings().clusters().orElseThrow().means().stream()
            .mapToDouble(mean -> NCA.share(mean.values()))
            .sorted()
            .toArray();
    for (int k = 0; k < 3; k++) {
      assertThat(shares[k]).isCloseTo(NcaParticle.SHARES[k], within(0.05));
    }
  }

  @Test
  void withoutNormalizationTheyGroupByThicknessAndThatIsSaid() {
    var found = on(PixelFeatures.Spectra.whole(), 3).apply(DENSITY, Watch.SILENT);
    assertThat(CorrelationRatio.of(labels(found), thickness())).isGreaterThan(0.8);
    assertThat(AdjustedRandIndex.of(labels(found), NCA.region)).isLessThan(0.3);
    assertThat(found.findings().quality().verdict().getFirst())
        .contains("mostly say how thick the sample is (it explains η² = 0.")
        .contains("normalize them first");
  }

  /// By angle the thickness does not count, nor does the error of each pixel's own normalization:
  /// optical densities of a fifth of the photons group by oxidation state, which by distance
  /// neither
  /// they nor their normalized spectra do.
  @Test
  void byAngleTheyGroupByOxidationStateWithoutNormalization() {
    var density = NCA.measured(20_000, 4).withMask(NCA.particle());
    var angle = new KMeans(OptionalInt.of(3), 8, 200, KMeans.Distance.ANGLE);
    var found =
        new Cluster(angle, PixelFeatures.Spectra.whole(), 1, true).apply(density, Watch.SILENT);
    assertThat(AdjustedRandIndex.of(labels(found), NCA.region)).isGreaterThan(0.98);
    assertThat(found.findings().quality().verdict()).isEmpty();
    var normal = NCA.fitted(density).withMask(NCA.particle());
    var far = on(PixelFeatures.Spectra.whole(), 3);
    assertThat(AdjustedRandIndex.of(labels(far.apply(normal, Watch.SILENT)), NCA.region))
        .isLessThan(0.5);
  }

  /// At a signal-to-noise ratio of 10 at the step, groups of fitted shares leave less of the true
  /// shares unexplained than groups of whole spectra do.
  @Test
  void clustersOfAFitAreNearerToTheTruthInNoise() {
    var noisy = NCA.fitted(NCA.measured(250, 5)).withMask(NCA.particle());
    float[] truth = new float[NCA.share.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = NCA.region[i] < 0 ? Float.NaN : (float) NCA.share[i];
    }
    var withTruth =
        noisy.with(FoundMap.of("truth", "", new argand.array.RealField(NCA.grid, truth)));
    var found =
        new CompareClusters(
                on(new PixelFeatures.Maps(List.of("Ni4+")), 3),
                on(PixelFeatures.Spectra.whole(), 3),
                Optional.of("truth"))
            .apply(withTruth, Watch.SILENT);
    var metrics = found.findings().quality().metrics();
    assertThat(metrics.get("spreadWithinClusters"))
        .isLessThan(metrics.get("spreadWithinOtherClusters"));
    assertThat(metrics.get("clusteringsAgree")).isLessThan(0.9);
    var differ = found.findings().map("clusters differ").orElseThrow().values().values();
    int pixels = 0;
    int different = 0;
    for (int i = 0; i < differ.length; i++) {
      pixels += NCA.region[i] >= 0 ? 1 : 0;
      different += differ[i] == 1 ? 1 : 0;
    }
    assertThat(metrics.get("pixelsOfTheSameCluster")).isEqualTo(1 - (double) different / pixels);
  }

  @Test
  void componentsAndFilesAndThreadsGiveTheSameGroups() {
    var four = on(new PixelFeatures.Components(4), 3).apply(NORMAL, Watch.SILENT);
    assertThat(AdjustedRandIndex.of(labels(four), NCA.region)).isGreaterThan(0.95);
    // Planes that do not lie in memory, and three threads.
    var images = NORMAL.images();
    var computed = Planes.computed(images, images::read);
    var elsewhere = NORMAL.withImages(computed, Optional.empty(), NORMAL.quantity());
    var found = on(PixelFeatures.Spectra.whole(), 3);
    try (var workers = new Workers(3)) {
      Watch three =
          new QuietWatch() {
            @Override
            public Workers workers() {
              return workers;
            }

            @Override
            public long memoryBytes() {
              return 1 << 20; // forces a scratch file
            }
          };
      assertThat(labels(found.apply(elsewhere, three)))
          .isEqualTo(labels(found.apply(NORMAL, Watch.SILENT)));
    }
  }
}
