package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A model of edge and white line fitted to each pixel: an arctangent step and a Gaussian,
///
///     y(E) = b + h [½ + arctan((E − E_s)/w)/π] + A exp(−(E − c)²/2s²)
///
/// by Levenberg–Marquardt steps from the fit of the mean spectrum, weighted by the variances where
/// they are known. Leaves the maps `step energy` (E_s), `white line energy` (c), `white line
/// height` (A) and `white line width` (s), each with its standard deviation from the curvature of
/// the misfit (from its scatter where variances are not known), and `white line misfit` (χ² for
/// each
/// degree of freedom, or the rms). NaN where a fit leaves the range or does not settle.
public record WhiteLineMap(
    @Param(value = "energies that are fitted", unit = "eV") List<Double> range)
    implements StackStep {
  private static final int PARAMETERS = 7;
  private static final int ROUNDS = 60;

  public WhiteLineMap {
    range = List.copyOf(range);
    EnergyWindow.of("range", range);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    int[] window =
        EnergyWindow.of("range", range)
            .indices(
                input.energyEv(), PARAMETERS + 2, "a model with " + PARAMETERS + " parameters");
    double[] x = EnergyWindow.at(input.energyEv(), window);
    var mean = EnergyWindow.at(MeanSpectrum.ofGood(input, watch.workers()).values(), window);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    var first =
        WhiteLineFit.of(x, mean, ones, WhiteLineFit.start(x, mean), ROUNDS)
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the mean spectrum",
                        "not to be fitted by a step and a Gaussian",
                        "an edge with one white line in the range",
                        "choose the range around it"));
    return with(input, window, x, first.parameters(), watch);
  }

  private static EnergyStack with(
      EnergyStack input, int[] window, double[] x, double[] start, Watch watch) {
    String[] names = {"step energy", "white line height", "white line energy", "white line width"};
    int[] which = {2, 4, 5, 6};
    String unit = input.quantity().unit();
    String[] units = {"eV", unit, "eV", "eV"};
    var values = new RealField[names.length];
    var sigmas = new RealField[names.length];
    Arrays.setAll(values, k -> new RealField(input.grid()));
    Arrays.setAll(sigmas, k -> new RealField(input.grid()));
    var misfit = new RealField(input.grid());
    boolean known = input.variance().isPresent();
    Planes variances = input.variance().orElse(input.images()).select(window);
    boolean[] good = input.mask().good();
    PixelBlocks.forEach(
        input.images().select(window),
        watch.workers(),
        (block, at, length, spectra, worker) -> {
          float[] v = new float[known ? x.length * length : 0];
          for (int e = 0; known && e < x.length; e++) {
            variances.read(e, at, length, v, e * length);
          }
          double[] y = new double[x.length];
          double[] weights = new double[x.length];
          for (int i = 0; i < length; i++) {
            for (int e = 0; e < x.length; e++) {
              y[e] = spectra[e * PixelBlocks.SIZE + i];
              weights[e] = known ? 1.0 / v[e * length + i] : 1;
              if (Double.isNaN(y[e]) || !(weights[e] > 0) || Double.isInfinite(weights[e])) {
                y[e] = 0;
                weights[e] = 0;
              }
            }
            Optional<WhiteLineFit> fit =
                good[at + i] ? WhiteLineFit.of(x, y, weights, start, ROUNDS) : Optional.empty();
            for (int k = 0; k < names.length; k++) {
              int p = which[k];
              values[k].values()[at + i] =
                  fit.map(f -> (float) f.parameters()[p]).orElse(Float.NaN);
              sigmas[k].values()[at + i] =
                  fit.map(f -> (float) f.sigma(p, known)).orElse(Float.NaN);
            }
            misfit.values()[at + i] =
                fit.map(f -> (float) (known ? f.chiSquare() : Math.sqrt(f.chiSquare())))
                    .orElse(Float.NaN);
          }
        });
    var result = input;
    for (int k = 0; k < names.length; k++) {
      result = result.with(new FoundMap(names[k], units[k], values[k], Optional.of(sigmas[k])));
    }
    return result.with(FoundMap.of("white line misfit", "", misfit)).withStep("whiteLineMap");
  }
}
