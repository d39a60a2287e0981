package argand.quality;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.sampling.AbsorbedDose;
import argand.sampling.DoseFractions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// From the results of a dose-fractionated measurement, the sample as it was before the first
/// photon, with the error of each pixel.
///
/// The contrast of fraction k (logarithm of the amplitude and phase, less mean and ramp) is
/// L_k = s_k L₀ + noise, s_k = mean of exp(−D/D_c) over the fraction. With weights w_k ∝ dose
/// (shot noise),
///
/// (1) D_c minimises Σ_x Σ_k w_k |L_k − s_k L₀|², all pixels together;
/// (2) L₀ = Σ w_k s_k L_k / Σ w_k s_k², each pixel by itself;
/// (3) σ² = σ_n²/Σ w_k s_k² + (|L₀| ∂ln L₀/∂ln D_c σ(ln D_c))², σ_n² the scatter about (2) in the
///     neighbourhood of the pixel.
///
/// Takes the fractions in the order in which they were measured, three or more.
@Paper(
    value =
        "Howells et al., An assessment of the resolution limitation due to radiation-damage in X-ray"
            + " diffraction microscopy, J. Electron Spectrosc. 170, 4 (2009)",
    doi = "10.1016/j.elspec.2008.10.008")
public record ExtrapolateToZeroDose(
    @Param(value = "dose of each fraction in turn; one number if all are alike", unit = "Gy")
        List<Double> doses,
    @Param(value = "dose at which 1/e of the contrast is left, if it is known", unit = "Gy")
        OptionalDouble criticalDose,
    @Param(value = "parts of the image whose mean is reported", byDefault = "[]")
        List<Region> regions)
    implements Step.All<Reconstruction, Reconstruction> {
  /// A rectangle of pixels of the first result.
  public record Region(
      @Param("first row") int row,
      @Param("first column") int column,
      @Param("rows") int rows,
      @Param("columns") int columns) {
    public Region {
      Check.atLeast("row", row, 0);
      Check.atLeast("column", column, 0);
      Check.atLeast("rows", rows, 1);
      Check.atLeast("columns", columns, 1);
    }
  }

  /// Half the side of the square over which scatter is averaged [px].
  private static final int NEAR = 4;

  /// Step of ln D_c in derivatives.
  private static final double STEP = 1e-3;

  public ExtrapolateToZeroDose {
    doses = List.copyOf(doses);
    regions = List.copyOf(regions);
    Check.atLeast("number of doses", doses.size(), 1);
    doses.forEach(dose -> Check.within("doses", dose, 1e-12, 1e30, "Gy"));
    criticalDose.ifPresent(dose -> Check.within("criticalDose", dose, 1e-12, 1e30, "Gy"));
  }

  @Override
  public Class<Reconstruction> takes() {
    return Reconstruction.class;
  }

  @Override
  public Class<Reconstruction> gives() {
    return Reconstruction.class;
  }

  @Override
  public Reconstruction gather(List<Reconstruction> inputs, Watch watch) {
    watch.tell(new Progress.Started("extrapolateToZeroDose", 0));
    long began = System.nanoTime();
    var fractions = fractions(inputs.size());
    var series = ContrastSeries.of(inputs);
    var fit = Fit.of(fractions, series.products(), criticalDose);
    double[][] undamaged = series.mixed(fit.weights());
    double[] sigma = sigma(series, fit, undamaged);
    var first = inputs.getFirst();
    var object = ContrastSeries.shown(first, series.region(), undamaged);
    var result =
        new Reconstruction(
            object,
            first.probe(),
            first.positions(),
            first.origin(),
            first.geometry(),
            first.angle(),
            List.of(),
            quality(fractions, series, fit, undamaged, sigma),
            Source.gathered(
                    inputs.stream().map(Reconstruction::source).toList(), "extrapolateToZeroDose")
                .withNote(
                    "extrapolated to zero dose inside the region that all fractions have lit well;"
                        + " outside it is the first fraction"));
    watch.tell(new Progress.Finished("extrapolateToZeroDose", (System.nanoTime() - began) * 1e-9));
    return result;
  }

  private DoseFractions fractions(int count) {
    if (doses.size() != 1 && doses.size() != count) {
      throw new InvalidInput(
          "doses",
          doses.size() + " of them for " + count + " results",
          "one for each result, or one for all",
          "does the pattern under `of` match all fractions?");
    }
    double[] each = new double[count];
    for (int k = 0; k < count; k++) {
      each[k] = doses.get(doses.size() == 1 ? 0 : k);
    }
    return new DoseFractions(each);
  }

  /// The damage curve through all pixels.
  ///
  /// @param left what is left of the contrast in each fraction
  /// @param weights a_k of L₀ = Σ a_k L_k
  /// @param slope ∂ln L₀/∂ln D_c
  /// @param curvature ∂²/∂(ln D_c)² of the misfit, whose noise has weights w_k; 0 where D_c is
  /// given
  private record Fit(
      double criticalDose,
      double[] left,
      double[] share,
      double[] weights,
      double slope,
      double curvature) {
    static Fit of(DoseFractions fractions, double[][] products, OptionalDouble known) {
      double[] share =
          Arrays.stream(fractions.doses()).map(dose -> dose / fractions.total()).toArray();
      double critical =
          known.orElseGet(() -> fractions.criticalDose(left -> misfit(left, share, products)));
      double[] left = fractions.left(critical);
      double[] weights = weights(left, share);
      double[] up = fractions.left(critical * Math.exp(STEP));
      double[] down = fractions.left(critical * Math.exp(-STEP));
      double slope = 0;
      for (int k = 0; k < left.length; k++) {
        slope += (weights(up, share)[k] - weights(down, share)[k]) / (2 * STEP) * left[k];
      }
      double curvature =
          known.isPresent()
              ? 0
              : (misfit(up, share, products)
                      - 2 * misfit(left, share, products)
                      + misfit(down, share, products))
                  / (STEP * STEP);
      return new Fit(critical, left, share, weights, slope, curvature);
    }

    /// a_k = w_k s_k / Σ w s²
    private static double[] weights(double[] left, double[] share) {
      double bottom = square(left, share);
      double[] weights = new double[left.length];
      for (int k = 0; k < left.length; k++) {
        weights[k] = share[k] * left[k] / bottom;
      }
      return weights;
    }

    private static double square(double[] left, double[] share) {
      double sum = 0;
      for (int k = 0; k < left.length; k++) {
        sum += share[k] * left[k] * left[k];
      }
      return sum;
    }

    /// Σ_k w_k |L_k − s_k L₀|² of all pixels, from their products.
    private static double misfit(double[] left, double[] share, double[][] products) {
      double all = 0;
      double explained = 0;
      for (int k = 0; k < left.length; k++) {
        all += share[k] * products[k][k];
        for (int l = 0; l < left.length; l++) {
          explained += share[k] * left[k] * products[k][l] * share[l] * left[l];
        }
      }
      return all - explained / square(left, share);
    }

    /// σ(ln D_c) for a noise of this variance of each of the two parts of L, at weight 1.
    double sigmaOfLogarithm(double variance) {
      return curvature > 0 ? Math.sqrt(2 * variance / curvature) : 0;
    }
  }

  /// Of the phase of each pixel [rad]; that of the logarithm of the amplitude is the same noise.
  private static double[] sigma(ContrastSeries series, Fit fit, double[][] undamaged) {
    var grid = series.region().grid();
    double[] scatter = new double[grid.size()];
    for (int k = 0; k < series.count(); k++) {
      double[] phase = series.phase().get(k);
      double[] loss = series.loss().get(k);
      for (int i = 0; i < scatter.length; i++) {
        double p = phase[i] - fit.left[k] * undamaged[1][i];
        double a = loss[i] - fit.left[k] * undamaged[0][i];
        scatter[i] += fit.share[k] * (p * p + a * a) / (2 * (series.count() - 1));
      }
    }
    double[] near = averaged(scatter, series);
    double mean = 0;
    for (int i = 0; i < near.length; i++) {
      mean += series.region().good()[i] ? scatter[i] / series.region().count() : 0;
    }
    double curve = fit.slope * fit.sigmaOfLogarithm(mean);
    double square = Fit.square(fit.left, fit.share);
    double[] sigma = new double[near.length];
    for (int i = 0; i < sigma.length; i++) {
      sigma[i] = Math.sqrt(near[i] / square + Math.pow(undamaged[1][i] * curve, 2));
    }
    return sigma;
  }

  /// Mean over the good pixels of the square around each.
  private static double[] averaged(double[] values, ContrastSeries series) {
    var grid = series.region().grid();
    double[] means = new double[values.length];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double sum = 0;
        int count = 0;
        for (int y = Math.max(0, r - NEAR); y <= Math.min(grid.rows() - 1, r + NEAR); y++) {
          for (int x = Math.max(0, c - NEAR); x <= Math.min(grid.columns() - 1, c + NEAR); x++) {
            if (series.region().at(y, x)) {
              sum += values[y * grid.columns() + x];
              count++;
            }
          }
        }
        means[r * grid.columns() + c] = count == 0 ? 0 : sum / count;
      }
    }
    return means;
  }

  private Quality quality(
      DoseFractions fractions,
      ContrastSeries series,
      Fit fit,
      double[][] undamaged,
      double[] sigma) {
    double[] good = new double[series.region().count()];
    int count = 0;
    for (int i = 0; i < sigma.length; i++) {
      if (series.region().good()[i]) {
        good[count++] = sigma[i];
      }
    }
    Arrays.sort(good);
    double median = good[good.length / 2];
    RealField map = series.map(sigma);
    var quality =
        Quality.NONE
            .withMetric("criticalDose", fit.criticalDose)
            .withMetric("contrastLeft", fit.left[fit.left.length - 1])
            .withMetric("zeroDosePhaseSigma", median)
            .withFigure("Contrast over dose", curves(fractions, series, fit, undamaged))
            .withMap("Phase error at zero dose", "rad", map);
    for (int k = 0; k < regions.size(); k++) {
      quality = region(quality, k, series, undamaged, sigma);
    }
    return quality.withVerdict(
        String.format(
            Locale.ROOT,
            "Before the first photon: contrast fades with a critical dose of %s%s; %.0f %% of it is"
                + " left in the first fraction and %.0f %% in the last. The extrapolated phase has"
                + " an error of %.2g rad (median; a map is in the report).",
            AbsorbedDose.text(fit.criticalDose),
            criticalDose.isPresent() ? " (given)" : "",
            100 * fit.left[0],
            100 * fit.left[fit.left.length - 1],
            median));
  }

  /// Means of contrast against the whole field.
  private Quality region(
      Quality quality, int k, ContrastSeries series, double[][] undamaged, double[] sigma) {
    var at = regions.get(k);
    double phase = 0;
    double loss = 0;
    double variance = 0;
    int count = 0;
    var grid = series.region().grid();
    for (int r = at.row; r < Math.min(at.row + at.rows, grid.rows()); r++) {
      for (int c = at.column; c < Math.min(at.column + at.columns, grid.columns()); c++) {
        if (series.region().at(r, c)) {
          int i = r * grid.columns() + c;
          loss += undamaged[0][i];
          phase += undamaged[1][i];
          variance += sigma[i] * sigma[i];
          count++;
        }
      }
    }
    if (count == 0) {
      throw new InvalidInput(
          "region " + (k + 1),
          at,
          "a rectangle inside the well-lit field",
          "rows and columns are those of the first result's object");
    }
    String name = "Region" + (k + 1);
    return quality
        .withMetric("zeroDosePhase" + name, phase / count)
        .withMetric("zeroDoseAmplitude" + name, Math.exp(loss / count))
        .withMetric("zeroDoseSigma" + name, Math.sqrt(variance) / count);
  }

  /// Each fraction's contrast as a multiple of the undamaged one, and the curve.
  private static List<Curve> curves(
      DoseFractions fractions, ContrastSeries series, Fit fit, double[][] undamaged) {
    int n = series.count();
    double[] dose = new double[n];
    double[] seen = new double[n];
    double begun = 0;
    for (int k = 0; k < n; k++) {
      dose[k] = (begun + fractions.doses()[k] / 2) * 1e-6;
      begun += fractions.doses()[k];
      double top = 0;
      double bottom = 0;
      for (int i = 0; i < undamaged[0].length; i++) {
        top +=
            series.loss().get(k)[i] * undamaged[0][i] + series.phase().get(k)[i] * undamaged[1][i];
        bottom += undamaged[0][i] * undamaged[0][i] + undamaged[1][i] * undamaged[1][i];
      }
      seen[k] = top / bottom;
    }
    var curves = new ArrayList<Curve>();
    curves.add(new Curve("measured", "dose [MGy]", "contrast ÷ undamaged", dose, seen));
    curves.add(
        new Curve("exp(−D/D_c)", "dose [MGy]", "contrast ÷ undamaged", dose, fit.left.clone()));
    return curves;
  }
}
