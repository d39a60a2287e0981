package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import argand.data.StructuredScan;
import argand.simulate.SimulateStructuredScan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Maps of Mn, Co and Ni from 230 patterns, a tenth of the pixels, and 10⁶ counts each: what the
/// transmission image adds, and that it does not mislead. λ and trust are found without the truth.
class GuidedVariationTruthTest {
  private static final int PATTERNS = 230;
  private static final double COUNTS = 1e6;

  private static final PlainVariation PLAIN = new PlainVariation(200, 1e-4, 0);
  private static final GuidedVariation GUIDED = new GuidedVariation(true, 200, 1e-4, 0);

  @Test
  void theGuideGainsSixDecibels() {
    try (var workers = Workers.all()) {
      var made = Case.made(Case.sample(0, 0, 1), PATTERNS, COUNTS, 0, workers);
      double[] plain = Case.psnr(Case.solved(made, PLAIN, workers), made);
      double[] guided = Case.psnr(Case.solved(made, GUIDED, workers), made);
      assertThat(Case.mean(guided)).isGreaterThan(32).isGreaterThan(Case.mean(plain) + 6);
    }
  }

  /// Off by a pixel it is found where it lies; taken as it lies it would cost 3 dB.
  @Test
  void aGuideThatLiesOffIsMoved() {
    try (var workers = Workers.all()) {
      var made = Case.made(Case.sample(0, 0, 2), PATTERNS, COUNTS, 1, workers);
      var maps = Case.solved(made, GUIDED, workers);
      var left = LeftOut.of(PATTERNS, 1);
      var scan = made.scan();
      var placed =
          GuideShift.fit(
              new PatternMethod.Problem(
                  SensingOperator.of(scan.patterns()), scan.signals(), scan.guide(), 1, workers),
              scan.guide().orElseThrow(),
              left);
      assertThat(placed.columnsPx()).isBetween(-1.15, -0.85);
      assertThat(Math.abs(placed.rowsPx())).isLessThan(0.15);
      double unmoved =
          Case.mean(
              Case.psnr(
                  Case.solved(made, new GuidedVariation(false, 200, 1e-4, 0), workers), made));
      assertThat(Case.mean(Case.psnr(maps, made))).isGreaterThan(30).isGreaterThan(unmoved + 3);
    }
  }

  /// A rim of 2.5 pixels poor in metal, which no transmission image shows.
  @Test
  void chemistryThatTheGuideDoesNotShowIsNotLost() {
    try (var workers = Workers.all()) {
      var made = Case.made(Case.sample(2.5 / Case.SIDE, 0, 3), PATTERNS, COUNTS, 0, workers);
      double[] plain = Case.psnr(Case.solved(made, PLAIN, workers), made);
      double[] guided = Case.psnr(Case.solved(made, GUIDED, workers), made);
      for (int e = 0; e < plain.length; e++) {
        assertThat(guided[e]).isGreaterThan(25).isGreaterThan(plain[e] - 0.5);
      }
    }
  }

  /// The picture of another sample is not believed.
  @Test
  void aWrongGuideDoesNoHarm() {
    try (var workers = Workers.all()) {
      var made = Case.made(Case.sample(0, 0, 4), PATTERNS, COUNTS, 0, workers);
      var other = Case.made(Case.sample(0, 0, 5), 2, COUNTS, 0, workers);
      StructuredScan misled = made.scan().withGuide(Optional.of(other.density()));
      var wrong = new SimulateStructuredScan.Made(misled, made.truth(), made.density());
      double[] plain = Case.psnr(Case.solved(made, PLAIN, workers), made);
      double[] guided = Case.psnr(Case.solved(wrong, GUIDED, workers), made);
      for (int e = 0; e < plain.length; e++) {
        assertThat(guided[e]).isGreaterThan(plain[e] - 0.5);
      }
    }
  }
}
