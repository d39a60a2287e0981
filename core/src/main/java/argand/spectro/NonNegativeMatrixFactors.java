package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Spectrum;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.multivariate.KMeans;
import argand.multivariate.NonNegativeFactors;
import argand.multivariate.NonNegativeFactors.Terms;
import argand.multivariate.NonNegativeFactors.Update;
import java.util.List;
import java.util.OptionalInt;

/// Spectra of few components, none negative, and how much of each is in every pixel, without
/// references; see {@link NonNegativeFactors}. It starts from the mean spectra of clusters of like
/// direction, and with `similarity` stays near them. A spectrum's greatest value is 1; amounts are
/// in the unit of the images.
public record NonNegativeMatrixFactors(
    @Param("number of components") int count,
    @Param(value = "how they are improved", byDefault = "hals") Update update,
    @Param(value = "iterations", byDefault = "200") int iterations,
    @Param(value = "how much few components in a pixel are preferred", byDefault = "0")
        double sparsity,
    @Param(value = "how near the spectra stay to those of clusters", byDefault = "0.01")
        double similarity,
    @Param(value = "of everything random", byDefault = "1") long seed)
    implements StackStep {
  public NonNegativeMatrixFactors {
    Check.within("count", count, 1, 50, "");
    new Terms(update, iterations, sparsity, similarity);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var workers = watch.workers();
    try (var held = PixelPoints.held(stack.images(), workers, watch.memoryBytes() / 2)) {
      var pixels = PixelPoints.of(held, stack.mask(), workers);
      var clusters =
          new KMeans(OptionalInt.of(count), 8, 100, KMeans.Distance.ANGLE)
              .of(pixels, seed, workers);
      var found =
          NonNegativeFactors.of(
              pixels,
              clusters.centres(),
              new Terms(update, iterations, sparsity, similarity),
              workers);
      var findings = stack.findings();
      for (int k = 0; k < count; k++) {
        String name = "factor " + (k + 1);
        double top = 0;
        for (double value : found.spectra()[k]) {
          top = Math.max(top, value);
        }
        double[] spectrum = found.spectra()[k].clone();
        float[] amount = found.amounts()[k].clone();
        for (int e = 0; e < spectrum.length; e++) {
          spectrum[e] /= top;
        }
        for (int i = 0; i < amount.length; i++) {
          amount[i] *= (float) top;
        }
        findings =
            findings
                .with(FoundMap.of(name, stack.quantity().unit(), pixels.map(amount)))
                .with(Spectrum.of(name, stack.energyEv(), spectrum, stack.quantity()));
      }
      double[] misfit = found.misfit();
      double[] number = new double[misfit.length];
      for (int k = 0; k < number.length; k++) {
        number[k] = k + 1;
      }
      var quality =
          findings
              .quality()
              .withMetric("misfitOfFactors", misfit[misfit.length - 1])
              .withFigure(
                  "Misfit of the factors",
                  List.of(
                      new Curve("misfit", "iteration", "root mean square misfit", number, misfit)));
      watch.tell(new Progress.Noted("nonNegativeMatrixFactors: " + count));
      return stack
          .withFindings(findings.with(quality))
          .withStep("nonNegativeMatrixFactors: " + this);
    }
  }
}
