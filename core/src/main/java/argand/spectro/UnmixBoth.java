package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DensityAndPhase;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import argand.inverse.Cholesky;
import argand.physics.NearEdge;
import argand.physics.ScatteringFactors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Amounts of compounds in every pixel from its optical density and its phase at once: the complex
/// refractive index is fitted, one set of amounts for both.
///
///     OD(E) = Σ x_k R_k(E) + b₀ + b₁ E⁻³,   φ(E) = Σ x_k P_k(E) + c₀ + c₁/E       (1)
///     x = argmin Σ (OD − …)²/σ_OD² + Σ (φ − …)²/σ_φ²,   x ≥ 0                      (2)
///
/// R_k are absorption spectra, P_k the phases that follow from them by Kramers and Kronig
/// (`NearEdge`); the backgrounds stand for what is not in them, the zero of the phase included.
/// Leaves maps `amount of NAME`, `fraction of NAME` with standard deviations from the covariance
/// without bounds, `reduced chi-square`, and says by how much the phase makes the fractions surer.
@Paper(
    value = "S. G. Urquhart, X-ray Spectroptychography, ACS Omega 7, 11521–11529 (2022)",
    doi = "10.1021/acsomega.2c00228")
public record UnmixBoth(
    @Param(value = "files of absorption spectra", byDefault = "[]") List<Path> references,
    @Param("which spectra, of those files and of those found before, and what they are of")
        List<PhaseReferences.Compound> compounds)
    implements StackStep {
  /// Columns of background of optical density and of phase.
  private static final int BACKGROUND = 2;

  public UnmixBoth {
    references = List.copyOf(references);
    compounds = List.copyOf(compounds);
    int most = BoundedQuadratic.MOST - 2 * BACKGROUND;
    if (compounds.isEmpty() || compounds.size() > most) {
      throw new InvalidInput(
          "compounds", compounds.size(), "1 … " + most + " of {name, formula}", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var in = DensityAndPhase.of(stack, "unmixBoth");
    double[][] columns = columns(stack);
    var fit = new Fit(stack, in, columns, compounds.size());
    int blocks = PixelBlocks.count(stack.grid().size());
    double[][] sums = new double[blocks][];
    watch.workers().forEach(blocks, (block, worker) -> sums[block] = fit.block(block));
    double both = 0;
    double alone = 0;
    for (double[] sum : sums) {
      both += sum[0];
      alone += sum[1];
    }
    return fit.into(stack, compounds, both, alone)
        .withStep(
            "unmixBoth into "
                + String.join(
                    ", ", compounds.stream().map(PhaseReferences.Compound::name).toList()));
  }

  /// [column][energy of the optical density, then of the phase].
  private double[][] columns(EnergyStack stack) {
    double[] ev = stack.energyEv();
    int n = ev.length;
    var spectra =
        References.chosen(
            references, compounds.stream().map(PhaseReferences.Compound::name).toList(), stack);
    var columns = new ArrayList<double[]>();
    for (int k = 0; k < spectra.size(); k++) {
      Spectrum absorption = spectra.get(k);
      double[] own = absorption.energyEv();
      var edge =
          NearEdge.of(
              ScatteringFactors.of(compounds.get(k).formula()),
              own,
              absorption.values(),
              own[0],
              own[own.length - 1],
              true);
      var spline = new ReferenceSpline(absorption);
      spline.mustCover(ev[0], ev[n - 1]);
      double[] column = Arrays.copyOf(spline.at(ev), 2 * n);
      System.arraycopy(edge.phase(ev), 0, column, n, n);
      columns.add(column);
    }
    double middle = Arrays.stream(ev).average().orElseThrow();
    for (int power : new int[] {0, -3}) {
      double[] column = new double[2 * n];
      for (int e = 0; e < n; e++) {
        column[e] = Math.pow(ev[e] / middle, power);
      }
      columns.add(column);
    }
    for (int power : new int[] {0, -1}) {
      double[] column = new double[2 * n];
      for (int e = 0; e < n; e++) {
        // the difference from a constant, so that both are told apart in double precision
        column[n + e] = power == 0 ? 1 : middle / ev[e] - 1;
      }
      columns.add(column);
    }
    return columns.toArray(double[][]::new);
  }

  /// The way through the pixels.
  private static final class Fit {
    private final DensityAndPhase in;
    private final double[][] columns;
    private final int compounds;
    private final boolean[] good;
    private final int energies;
    private final List<RealField> amount = new ArrayList<>();
    private final List<RealField> amountSigma = new ArrayList<>();
    private final List<RealField> fraction = new ArrayList<>();
    private final List<RealField> fractionSigma = new ArrayList<>();
    private final RealField chiSquare;

    Fit(EnergyStack stack, DensityAndPhase in, double[][] columns, int compounds) {
      this.in = in;
      this.columns = columns;
      this.compounds = compounds;
      good = stack.mask().good();
      energies = stack.count();
      for (int k = 0; k < compounds; k++) {
        for (var maps : List.of(amount, amountSigma, fraction, fractionSigma)) {
          maps.add(new RealField(stack.grid()));
        }
      }
      chiSquare = new RealField(stack.grid());
    }

    /// Sums of the variances of the first fraction with the phase, and without it.
    double[] block(int block) {
      int n = columns.length;
      int first = block * PixelBlocks.SIZE;
      int length = Math.min(PixelBlocks.SIZE, good.length - first);
      float[][][] read = in.read(first, length);
      var solver = BoundedQuadratic.nonNegative(n, compounds);
      double[] y = new double[2 * energies];
      double[] w = new double[2 * energies];
      double[] x = new double[n];
      double[] sums = new double[2];
      for (int i = 0; i < length; i++) {
        int used = 0;
        for (int q = 0; q < 2; q++) {
          for (int e = 0; e < energies; e++) {
            double value = read[2 * q][e][i];
            double variance = read[2 * q + 1][e][i];
            boolean known = Double.isFinite(value) && variance > 0 && Double.isFinite(variance);
            y[q * energies + e] = known ? value : 0;
            w[q * energies + e] = known ? 1 / variance : 0;
            used += known ? 1 : 0;
          }
        }
        double[] c = new double[n];
        double[] g = new double[n * n];
        normal(columns, y, w, g, c);
        boolean found = good[first + i] && used > n && solver.solve(g, c, x);
        set(first + i, found, x, g, y, w, used, sums);
      }
      return sums;
    }

    private static void normal(double[][] columns, double[] y, double[] w, double[] g, double[] c) {
      int n = columns.length;
      for (int k = 0; k < n; k++) {
        for (int l = 0; l <= k; l++) {
          double sum = 0;
          for (int e = 0; e < w.length; e++) {
            sum += w[e] * columns[k][e] * columns[l][e];
          }
          g[k * n + l] = sum;
          g[l * n + k] = sum;
        }
        for (int e = 0; e < w.length; e++) {
          c[k] += w[e] * columns[k][e] * y[e];
        }
      }
    }

    private void set(
        int pixel,
        boolean found,
        double[] x,
        double[] g,
        double[] y,
        double[] w,
        int used,
        double[] sums) {
      double[][] covariance = found ? inverse(g, columns.length) : new double[0][];
      double total = 0;
      for (int k = 0; found && k < compounds; k++) {
        total += x[k];
      }
      for (int k = 0; k < compounds; k++) {
        boolean known = covariance.length > 0;
        amount.get(k).values()[pixel] = known ? (float) x[k] : Float.NaN;
        amountSigma.get(k).values()[pixel] =
            known ? (float) Math.sqrt(covariance[k][k]) : Float.NaN;
        boolean some = known && total > 0;
        fraction.get(k).values()[pixel] = some ? (float) (x[k] / total) : Float.NaN;
        fractionSigma.get(k).values()[pixel] =
            some
                ? (float) Math.sqrt(variance(covariance, k, x[k] / total) / (total * total))
                : Float.NaN;
      }
      chiSquare.values()[pixel] =
          found ? (float) (misfit(x, y, w) / (used - columns.length)) : Float.NaN;
      if (covariance.length > 0 && total > 0) {
        double[][] alone = withoutPhase(w);
        if (alone.length > 0) {
          sums[0] += variance(covariance, 0, x[0] / total);
          sums[1] += variance(alone, 0, x[0] / total);
        }
      }
    }

    private double misfit(double[] x, double[] y, double[] w) {
      double sum = 0;
      for (int e = 0; e < w.length; e++) {
        double model = 0;
        for (int k = 0; k < columns.length; k++) {
          model += x[k] * columns[k][e];
        }
        sum += w[e] * (y[e] - model) * (y[e] - model);
      }
      return sum;
    }

    /// S² σ²(f_k) of f_k = x_k/S.
    private double variance(double[][] c, int k, double f) {
      double row = 0;
      double all = 0;
      for (int l = 0; l < compounds; l++) {
        row += c[k][l];
        for (int m = 0; m < compounds; m++) {
          all += c[l][m];
        }
      }
      return Math.max(0, c[k][k] - 2 * f * row + f * f * all);
    }

    /// Covariance of the amounts from the optical density alone; empty where it has none.
    private double[][] withoutPhase(double[] w) {
      int n = columns.length - BACKGROUND;
      double[] half = Arrays.copyOf(w, w.length);
      Arrays.fill(half, energies, half.length, 0);
      double[] g = new double[n * n];
      normal(Arrays.copyOf(columns, n), new double[w.length], half, g, new double[n]);
      return inverse(g, n);
    }

    private static double[][] inverse(double[] g, int n) {
      double[][] rows = new double[n][];
      for (int k = 0; k < n; k++) {
        rows[k] = Arrays.copyOfRange(g, k * n, (k + 1) * n);
      }
      var cholesky = new Cholesky(rows, 1e-13);
      return cholesky.dependent() >= 0 ? new double[0][] : cholesky.inverse();
    }

    EnergyStack into(
        EnergyStack stack, List<PhaseReferences.Compound> compounds, double both, double alone) {
      var out = stack;
      for (int k = 0; k < compounds.size(); k++) {
        String name = compounds.get(k).name();
        out =
            out.with(
                    new FoundMap(
                        "amount of " + name, "", amount.get(k), Optional.of(amountSigma.get(k))))
                .with(
                    new FoundMap(
                        "fraction of " + name,
                        "",
                        fraction.get(k),
                        Optional.of(fractionSigma.get(k))));
      }
      out = out.with(FoundMap.of("reduced chi-square", "", chiSquare));
      if (!(alone > 0)) {
        return out;
      }
      double share = 1 - Math.sqrt(both / alone);
      return out.withFindings(
          out.findings()
              .with(
                  out.findings()
                      .quality()
                      .withMetric("phaseGain", share)
                      .withVerdict(
                          String.format(
                              Locale.ROOT,
                              "With the phase the expected error of the fraction of %s is %.0f %%"
                                  + " smaller than from optical density alone.",
                              compounds.getFirst().name(),
                              100 * share))));
    }
  }
}
