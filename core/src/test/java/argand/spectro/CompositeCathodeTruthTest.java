package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import argand.data.EnergyStack;
import argand.flow.Maker.MadeStack;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.metric.AdjustedRandIndex;
import argand.multivariate.GaussianMixture;
import argand.multivariate.KMeans;
import argand.phantom.CompositeCathode;
import argand.simulate.EnergyScan;
import argand.simulate.FieldMotion;
import argand.simulate.SimulateStack;
import argand.simulate.TransmissionCamera;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Figure 5 of Ge & Lee 2020: four clusters of spectra that are not normalized, of a slice, are the
/// three materials and the pores; the thin rim around each particle is one of them.
class CompositeCathodeTruthTest {
  private static MadeStack made(int rows, int columns, Watch watch) {
    return new SimulateStack(
            new CompositeCathode(0.6, 0.2, 0.015, 300, 1),
            new EnergyScan(8212, 8777, 8341, 101),
            rows,
            columns,
            50e-9,
            new FieldMotion(0, 0, 0),
            new TransmissionCamera(2500, 0.05, 100, 10, 0, 0),
            1,
            3)
        .make(0, watch);
  }

  private static int[] labels(EnergyStack stack) {
    return stack.findings().clusters().orElseThrow().label();
  }

  private static void check(MadeStack made, EnergyStack found) {
    int[] truth = labels(made.truth());
    int[] label = CompareClusters.renamed(truth, labels(found));
    assertThat(AdjustedRandIndex.of(label, truth)).isGreaterThan(0.95);
    int rim = 0;
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      rim += truth[i] == 2 ? 1 : 0;
      right += truth[i] == 2 && label[i] == 2 ? 1 : 0;
    }
    assertThat((double) right / rim).isGreaterThan(0.9);
  }

  @Test
  void fourClustersAreThreeMaterialsAndPores() {
    var made = made(200, 240, Watch.SILENT);
    var density = OpticalDensity.defaults().apply(made.stack(), Watch.SILENT);
    var four =
        new Cluster(KMeans.of(4), PixelFeatures.Spectra.whole(), 1, true)
            .apply(density, Watch.SILENT);
    check(made, four);
    // Edge jumps of NMC and of the rim, 0.6 and 0.2 of the same nickel.
    double[] jumps =
        four.findings().clusters().orElseThrow().means().stream()
            .mapToDouble(mean -> jump(mean.energyEv(), mean.values()))
            .sorted()
            .toArray();
    assertThat(jumps[2] / jumps[3]).isCloseTo(1.0 / 3, within(0.03));
    // BIC on components chooses four.
    var suggested =
        new Cluster(
                new GaussianMixture(OptionalInt.empty(), 100),
                new PixelFeatures.Components(2),
                1,
                true)
            .apply(density, Watch.SILENT);
    assertThat(suggested.findings().clusters().orElseThrow().count()).isEqualTo(4);
    // The control: with three clusters the rim is part of another.
    var three =
        new Cluster(KMeans.of(3), PixelFeatures.Spectra.whole(), 1, true)
            .apply(density, Watch.SILENT);
    assertThat(AdjustedRandIndex.of(labels(three), labels(made.truth()))).isLessThan(0.95);
  }

  private static double jump(double[] energy, double[] y) {
    double before = 0;
    double behind = 0;
    int b = 0;
    int a = 0;
    for (int e = 0; e < energy.length; e++) {
      if (energy[e] > 8300 && energy[e] < 8328) {
        before += y[e];
        b++;
      }
      if (energy[e] > 8360 && energy[e] < 8386) {
        behind += y[e];
        a++;
      }
    }
    return behind / a - before / b;
  }

  @Tag("slow")
  @Test
  void atFullSize() {
    try (var workers = new Workers(2)) {
      Watch two =
          new QuietWatch() {
            @Override
            public Workers workers() {
              return workers;
            }
          };
      var made = made(540, 640, two);
      var density = OpticalDensity.defaults().apply(made.stack(), two);
      long began = System.nanoTime();
      var found =
          new Cluster(KMeans.of(4), PixelFeatures.Spectra.whole(), 1, true).apply(density, two);
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "540 × 640 × 101: %.1f s, agreement %.4f%n",
          seconds, AdjustedRandIndex.of(labels(found), labels(made.truth())));
      check(made, found);
      assertThat(seconds).isLessThan(60);
    }
  }
}
