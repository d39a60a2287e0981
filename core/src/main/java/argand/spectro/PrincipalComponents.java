package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import argand.data.Spectrum;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.multivariate.Eigenspectra;
import argand.multivariate.Points;
import argand.multivariate.SignificantComponents;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Principal components of the good pixels' spectra: eigen-spectra, eigen-images, the scree curve,
/// and how many of them are more than noise ({@link SignificantComponents}). The matrix of second
/// moments is summed up in one reading of the images, which so may be of any size.
///
/// As in the analysis of soft X-ray stacks, the mean is kept unless it is told to be taken off: the
/// first component then is the mean spectrum. Where the variance is known each energy is divided by
/// its mean standard error (Keenan & Kotula 2004, along one axis), so that noisy energies do not
/// make components.
@Paper(
    value = "M. Lerotic, C. Jacobsen, T. Schäfer, S. Vogt, Ultramicroscopy 100, 35–57 (2004)",
    doi = "10.1016/j.ultramic.2004.01.008")
public record PrincipalComponents(
    @Param("components that are kept; without it, those that are significant") OptionalInt count,
    @Param(value = "whether the mean spectrum is taken off first", byDefault = "false")
        boolean centred,
    @Param(
            value = "whether energies are weighted by their errors where these are known",
            byDefault = "true")
        boolean weighted)
    implements StackStep {
  private static final int SHOWN = 30;

  public PrincipalComponents {
    count.ifPresent(k -> Check.within("count", k, 1, 1000, ""));
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    Workers workers = watch.workers();
    int energies = stack.count();
    boolean errors = weighted && stack.variance().isPresent();
    double[] weight = new double[energies];
    Arrays.fill(weight, 1);
    var pixels = PixelPoints.of(stack.images(), stack.mask(), workers);
    if (errors) {
      weight = weights(stack, workers);
    }
    var eigen = Eigenspectra.of(pixels, centred, weight, workers);
    var significant = SignificantComponents.of(eigen, errors);
    int kept = Math.min(count.orElse(Math.max(1, significant.best())), energies);
    var findings = maps(stack, pixels, eigen, kept, workers);
    double[] shares = eigen.shares();
    var quality =
        findings
            .quality()
            .withMetric("componentsByIndicator", significant.indicator())
            .withMetric("componentsByElbow", significant.elbow());
    if (errors) {
      quality = quality.withMetric("componentsAboveNoise", significant.aboveNoise());
    }
    for (int k = 0; k < Math.min(kept, 10); k++) {
      quality = quality.withMetric("shareOfComponent" + (k + 1), shares[k]);
    }
    quality = quality.withFigure("Scree of the principal components", scree(eigen.values()));
    String words =
        String.format(
            Locale.ROOT,
            "principalComponents: %d kept; significant are %d by the indicator, %d by the elbow%s",
            kept,
            significant.indicator(),
            significant.elbow(),
            errors ? ", " + significant.aboveNoise() + " above the noise" : "");
    watch.tell(new Progress.Noted(words));
    return stack.withFindings(findings.with(quality)).withStep(words);
  }

  /// One over the square root of the mean variance of the good pixels at each energy.
  private static double[] weights(EnergyStack stack, Workers workers) {
    var variance = stack.variance().orElseThrow();
    int blocks = PixelBlocks.count(stack.grid().size());
    double[][] sums = new double[blocks][2 * stack.count()];
    PixelBlocks.forEach(
        variance,
        workers,
        (block, first, length, spectra, worker) -> {
          for (int e = 0; e < stack.count(); e++) {
            for (int i = 0; i < length; i++) {
              float v = spectra[e * PixelBlocks.SIZE + i];
              if (stack.mask().good()[first + i] && Float.isFinite(v) && v > 0) {
                sums[block][2 * e] += v;
                sums[block][2 * e + 1]++;
              }
            }
          }
        });
    double[] weight = new double[stack.count()];
    for (int e = 0; e < weight.length; e++) {
      double sum = 0;
      double n = 0;
      for (double[] of : sums) {
        sum += of[2 * e];
        n += of[2 * e + 1];
      }
      weight[e] = sum > 0 ? Math.sqrt(n / sum) : 0;
    }
    return weight;
  }

  private Findings maps(
      EnergyStack stack, PixelPoints pixels, Eigenspectra eigen, int kept, Workers workers) {
    float[][] scores = new float[kept][pixels.count()];
    eigen
        .scores(pixels, kept)
        .forEach(
            workers,
            (block, first, length, values, worker) -> {
              for (int k = 0; k < kept; k++) {
                System.arraycopy(values, k * Points.BLOCK, scores[k], first, length);
              }
            });
    var findings = stack.findings();
    for (int k = 0; k < kept; k++) {
      String name = "component " + (k + 1);
      double[] spectrum = new double[stack.count()];
      for (int e = 0; e < spectrum.length; e++) {
        double w = eigen.weight()[e];
        spectrum[e] = w > 0 ? eigen.vectors()[k][e] / w : 0;
      }
      findings =
          findings
              .with(FoundMap.of(name, "", pixels.map(scores[k])))
              .with(Spectrum.of(name, stack.energyEv(), spectrum, stack.quantity()));
    }
    return findings;
  }

  private static List<Curve> scree(double[] values) {
    int n = Math.min(values.length, SHOWN);
    double[] number = new double[n];
    double[] log = new double[n];
    for (int k = 0; k < n; k++) {
      number[k] = k + 1;
      log[k] = values[k] > 0 ? Math.log10(values[k]) : Double.NaN;
    }
    return List.of(
        new Curve("eigenvalues measured", "component", "log₁₀ of the eigenvalue", number, log));
  }
}
