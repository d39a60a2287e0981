package argand.singlepixel;

import argand.physics.ErrorFunction;
import java.util.Arrays;

/// The amounts of a pixel's elements as those of one known compound, or of two; lines 1 to 3 of
/// {@link ClassifyPhases}.
final class CompoundFit {
  private final ElementAmounts amounts;
  private final double[][] shares;
  private final double ratioError;
  private final double[] weight;

  CompoundFit(ElementAmounts amounts, double[][] shares, double ratioError) {
    this.amounts = amounts;
    this.shares = shares;
    this.ratioError = ratioError;
    this.weight = new double[amounts.elements().size()];
  }

  /// @param compound the most probable, or the one with most metal
  /// @param chiSquare of the best explanation
  record Found(int compound, double probability, double chiSquare) {}

  Found alone(int pixel) {
    weigh(pixel);
    double[] chi = new double[shares.length];
    for (int k = 0; k < chi.length; k++) {
      double t = Math.max(0, product(shares[k], pixel) / product(shares[k], shares[k]));
      chi[k] = chiSquare(pixel, k, t, k, 0);
    }
    double least = Arrays.stream(chi).min().orElseThrow();
    double[] vote = new double[chi.length];
    for (int k = 0; k < chi.length; k++) {
      vote[k] = Math.exp((least - chi[k]) / 2);
    }
    return elected(vote, least);
  }

  Found paired(int pixel) {
    weigh(pixel);
    int pairs = shares.length * (shares.length - 1) / 2;
    double[] chi = new double[pairs];
    double[] first = new double[pairs];
    int at = 0;
    for (int k = 0; k < shares.length; k++) {
      for (int l = k + 1; l < shares.length; l++, at++) {
        first[at] = pair(pixel, k, l, chi, at);
      }
    }
    double least = Arrays.stream(chi).min().orElseThrow();
    double[] vote = new double[shares.length];
    at = 0;
    for (int k = 0; k < shares.length; k++) {
      for (int l = k + 1; l < shares.length; l++, at++) {
        double likely = Math.exp((least - chi[at]) / 2);
        vote[k] += likely * first[at];
        vote[l] += likely * (1 - first[at]);
      }
    }
    return elected(vote, least);
  }

  /// chi[at] ← that of compounds k and l together; the probability that k has more metal.
  private double pair(int pixel, int k, int l, double[] chi, int at) {
    double kk = product(shares[k], shares[k]);
    double ll = product(shares[l], shares[l]);
    double kl = product(shares[k], shares[l]);
    double bk = product(shares[k], pixel);
    double bl = product(shares[l], pixel);
    double determinant = kk * ll - kl * kl;
    double tk = (ll * bk - kl * bl) / determinant;
    double tl = (kk * bl - kl * bk) / determinant;
    // var (t_k − t_l) of the inverse of the normal matrix
    double sigma = Math.sqrt((kk + ll + 2 * kl) / determinant);
    if (tk < 0) {
      tk = 0;
      tl = Math.max(0, bl / ll);
    } else if (tl < 0) {
      tl = 0;
      tk = Math.max(0, bk / kk);
    }
    chi[at] = chiSquare(pixel, k, tk, l, tl);
    return 0.5 * ErrorFunction.complement(-(tk - tl) / (sigma * Math.sqrt(2)));
  }

  private static Found elected(double[] vote, double chiSquare) {
    int best = 0;
    for (int k = 1; k < vote.length; k++) {
      best = vote[k] > vote[best] ? k : best;
    }
    return new Found(best, vote[best] / Arrays.stream(vote).sum(), chiSquare);
  }

  private double chiSquare(int pixel, int k, double tk, int l, double tl) {
    double chi = 0;
    for (int e = 0; e < weight.length; e++) {
      double off = amounts.amounts().get(e).values()[pixel] - tk * shares[k][e] - tl * shares[l][e];
      chi += weight[e] * off * off;
    }
    return chi;
  }

  private void weigh(int pixel) {
    double systematic = ratioError * amounts.sum(pixel);
    for (int e = 0; e < weight.length; e++) {
      double sigma = 0;
      if (amounts.sigma().isPresent()) {
        sigma = amounts.sigma().get().get(e).values()[pixel];
      }
      weight[e] = 1 / (sigma * sigma + systematic * systematic);
    }
  }

  private double product(double[] a, double[] b) {
    double sum = 0;
    for (int e = 0; e < weight.length; e++) {
      sum += weight[e] * a[e] * b[e];
    }
    return sum;
  }

  private double product(double[] a, int pixel) {
    double sum = 0;
    for (int e = 0; e < weight.length; e++) {
      sum += weight[e] * a[e] * amounts.amounts().get(e).values()[pixel];
    }
    return sum;
  }
}
