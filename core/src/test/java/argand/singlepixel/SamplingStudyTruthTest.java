package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import argand.phantom.MixedCathode;
import argand.simulate.SimulateStructuredScan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The figures of docs/algorithms/single-pixel.md at 5 %: 320 patterns for 80 × 80 pixels, three
/// samples with noise of their own, mean PSNR of Mn, Co and Ni. Bounds are the figures wanted; the
/// control is plain total variation, which reaches none of them.
@Tag("slow")
class SamplingStudyTruthTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 40",
    "1e6, 0, 0, 0, 32",
    "1e5, 0, 0, 0, 26",
    "1e4, 0, 0, 0, 20",
    "1e6, 0.03125, 0, 0, 25",
    "1e6, 0, 0.4, 0, 29",
    "1e6, 0, 0, 0.5, 30",
    "1e6, 0, 0, 1, 30"
  })
  void fivePercentOfThePatterns(
      double counts, double rim, double gradient, double offPx, double least) {
    double led = 0;
    double plain = 0;
    double worst = Double.POSITIVE_INFINITY;
    try (var workers = Workers.all()) {
      for (int seed = 1; seed <= 3; seed++) {
        var made =
            new SimulateStructuredScan(
                    new MixedCathode(13, rim, gradient, 1, seed),
                    320,
                    80,
                    30e-9,
                    counts,
                    40000,
                    offPx,
                    seed)
                .make(workers);
        double[] guided = Case.psnr(Case.solved(made, GuidedVariation.usual(), workers), made);
        double[] alone =
            Case.psnr(Case.solved(made, new PlainVariation(400, 3e-5, 0), workers), made);
        led += Case.mean(guided) / 3;
        plain += Case.mean(alone) / 3;
        for (int e = 0; e < guided.length; e++) {
          worst = Math.min(worst, guided[e] - alone[e]);
        }
      }
    }
    assertThat(led).as("led by the guide, plain " + plain).isGreaterThan(least);
    assertThat(led).isGreaterThan(plain);
    assertThat(worst).as("gain over plain total variation").isGreaterThan(-0.5);
  }
}
