package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.flow.QuietWatch;
import argand.neural.FourierFeatures;
import argand.neural.GaborLayers;
import argand.neural.NeuralForm;
import argand.neural.SineLayers;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Networks as one of the methods, on simulated scans with counting noise.
class NeuralFitTest {
  private static final Workers WORKERS = new Workers(2);

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  private static NeuralFit fit(
      NeuralForm form, double rate, int steps, NeuralFit.Guidance guidance, double lambda) {
    return new NeuralFit(form, 64, 2, steps, 100, rate, 200, guidance, lambda, 0.1, true, 1, 1);
  }

  /// An even image of the right level has 15 dB here or less, the bound is far above; each form of
  /// network reaches it.
  @Test
  void everyFormFindsTheParticles() {
    var made = Case.made(Case.sample(0, 0, 1), 900, 1e6, 0, WORKERS);
    NeuralForm[] forms = {
      new SineLayers(20, 20), new GaborLayers(10, 5), new FourierFeatures(64, 3, 1)
    };
    for (var form : forms) {
      var maps = Case.solved(made, fit(form, 2e-3, 300, NeuralFit.Guidance.NONE, 0.01), WORKERS);
      assertThat(Case.mean(Case.psnr(maps, made))).as(form.toString()).isGreaterThan(20);
      assertThat(maps.notes().getFirst()).contains("told best after");
    }
    var hasty = Case.solved(made, fit(forms[0], 1e-6, 20, NeuralFit.Guidance.NONE, 0), WORKERS);
    assertThat(Case.mean(Case.psnr(hasty, made))).isLessThan(16);
  }

  @Test
  void imagesMayBeFinerThanThePatterns() {
    var made = Case.made(Case.sample(0, 0, 1), 200, 1e6, 0, WORKERS);
    var fine =
        new NeuralFit(
            SineLayers.DEFAULT,
            16,
            1,
            20,
            20,
            1e-3,
            200,
            NeuralFit.Guidance.GATED,
            0.01,
            0.1,
            false,
            2,
            1);
    var image = Case.solved(made, fine, WORKERS).maps().getFirst().image();
    assertThat(image.grid().rows()).isEqualTo(2 * Case.SIDE);
    assertThat(image.grid().pixelX()).isEqualTo(Case.PIXEL / 2);
  }

  @Test
  void whoStopsItGetsWhatThereIs() {
    var made = Case.made(Case.sample(0, 0, 1), 200, 1e6, 0, WORKERS);
    var scan = made.scan();
    int[] asked = {0};
    var maps =
        fit(SineLayers.DEFAULT, 1e-3, 500, NeuralFit.Guidance.SCALED, 0.03)
            .solve(
                new PatternMethod.Problem(
                    SensingOperator.of(scan.patterns()),
                    scan.signals(),
                    scan.guide(),
                    1,
                    new QuietWatch() {
                      @Override
                      public boolean stopped() {
                        return ++asked[0] > 40;
                      }
                    }));
    assertThat(maps.maps()).hasSameSizeAs(scan.signals());
    assertThat(asked[0]).isLessThan(60);
  }

  @Test
  void aGuideThatIsNotThereIsMissed() {
    var made = Case.made(Case.sample(0, 0, 1), 200, 1e6, 0, WORKERS);
    var scan = made.scan().withGuide(Optional.empty());
    var problem =
        new PatternMethod.Problem(
            SensingOperator.of(scan.patterns()),
            scan.signals(),
            scan.guide(),
            1,
            new Case.On(WORKERS));
    assertThatThrownBy(
            () -> fit(SineLayers.DEFAULT, 1e-3, 50, NeuralFit.Guidance.SCALED, 0.03).solve(problem))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("guidance is scaled; expected none");
    assertThatThrownBy(() -> new SineLayers(0, 30)).isInstanceOf(InvalidInput.class);
  }
}
