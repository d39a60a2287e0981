package argand.xrf;

import argand.data.EnergyCalibration;
import argand.physics.ErrorFunction;

/// Draws peaks of {@link PeakShape} into columns: expected counts in each channel for an area of 1,
/// the density at the middle of a channel times its width, and the derivatives by zero, gain, noise
/// and Fano factor.
final class PeakProfile {
  /// A Gaussian ends here: exp(−6²/2) = 1.5e-8.
  private static final double REACH = 6;

  private static final double SMALLEST = 1e-9;

  private final EnergyCalibration calibration;
  private final PeakShape shape;
  private final double pairEv;
  private final int first;
  private final int channels;

  /// @param first channel of the fit
  /// @param channels number of them
  PeakProfile(
      EnergyCalibration calibration, PeakShape shape, double pairEv, int first, int channels) {
    this.calibration = calibration;
    this.shape = shape;
    this.pairEv = pairEv;
    this.first = first;
    this.channels = channels;
  }

  /// The derivatives of expected counts by what the Gaussians depend on.
  record Slopes(double[] zero, double[] gain, double[] noise, double[] fano) {
    static Slopes of(int channels) {
      return new Slopes(
          new double[channels], new double[channels], new double[channels], new double[channels]);
    }
  }

  /// Adds every peak of a pattern. Tails belong to full-energy peaks only.
  void addTo(Column column, LinePattern pattern) {
    for (int k = 0; k < pattern.energyEv().length; k++) {
      gaussian(column, pattern.energyEv()[k], pattern.share()[k], 0);
      if (k < pattern.full() && !shape.isGaussian()) {
        tails(column, pattern.energyEv()[k], pattern.share()[k]);
      }
    }
  }

  /// One peak, widened by a further standard deviation [eV].
  void gaussian(Column column, double energyEv, double weight, double furtherEv) {
    double sigma = Math.hypot(shape.sigmaEv(energyEv, pairEv), furtherEv);
    int from = at(energyEv - REACH * sigma);
    int to = Math.min(channels, at(energyEv + REACH * sigma) + 1);
    if (from >= to) {
      return;
    }
    column.reach(from, to);
    double scale = weight / (sigma * Math.sqrt(2 * Math.PI));
    if (calibration.quadraticEv() == 0) {
      // exp(−(x + d)²/2) = exp(−x²/2) · exp(−x d − d²/2): two products a channel, from the middle
      double d = calibration.gainEv() / sigma;
      double q = Math.exp(-d * d);
      int middle = Math.clamp((int) Math.rint(calibration.channel(energyEv)) - first, from, to - 1);
      double x = (calibration.energyEv(first + middle) - energyEv) / sigma;
      double g0 = scale * calibration.gainEv() * Math.exp(-0.5 * x * x);
      double g = g0;
      double r = Math.exp(-x * d - 0.5 * d * d);
      for (int c = middle; c < to; c++) {
        column.value[c] += g;
        g *= r;
        r *= q;
      }
      g = g0;
      r = Math.exp(x * d - 0.5 * d * d);
      for (int c = middle - 1; c >= from; c--) {
        g *= r;
        r *= q;
        column.value[c] += g;
      }
      return;
    }
    for (int c = from; c < to; c++) {
      double x = (calibration.energyEv(first + c) - energyEv) / sigma;
      column.value[c] += scale * width(first + c) * Math.exp(-0.5 * x * x);
    }
  }

  private double width(int channel) {
    return calibration.gainEv() + 2 * calibration.quadraticEv() * channel;
  }

  /// The channel of the fit at an energy, kept inside 0 … channels.
  private int at(double energyEv) {
    double channel = calibration.channel(energyEv) - first;
    return (int) Math.clamp(Math.ceil(channel), 0, channels);
  }

  /// (3) and (4) below the peak.
  private void tails(Column column, double energyEv, double weight) {
    double sigma = shape.sigmaEv(energyEv, pairEv);
    int to = at(energyEv + REACH * sigma);
    double longest =
        shape.step() > 0
            ? Double.POSITIVE_INFINITY
            : 20
                * Math.max(
                    shape.longTail() > 0 ? shape.longTailLengthEv() : 0,
                    shape.shortTail() > 0 ? shape.shortTailLengthEv() : 0);
    int from = Double.isInfinite(longest) ? 0 : at(energyEv - longest - REACH * sigma);
    if (from >= to) {
      return;
    }
    column.reach(from, to);
    for (int c = from; c < to; c++) {
      double d = calibration.energyEv(first + c) - energyEv;
      double sum =
          tail(d, sigma, shape.shortTail(), shape.shortTailLengthEv())
              + tail(d, sigma, shape.longTail(), shape.longTailLengthEv());
      if (shape.step() > 0) {
        sum +=
            shape.step()
                / (2 * sigma * Math.sqrt(2 * Math.PI))
                * ErrorFunction.complement(d / (sigma * Math.sqrt(2)));
      }
      column.value[c] += weight * width(first + c) * sum;
    }
  }

  private static double tail(double d, double sigma, double area, double length) {
    if (area < SMALLEST) {
      return 0;
    }
    double x = d / (sigma * Math.sqrt(2)) + sigma / (length * Math.sqrt(2));
    // erfc(x) = scaled(x) exp(−x²), and the exponents together are −d²/2σ²
    double shape =
        x >= 0
            ? ErrorFunction.scaled(x) * Math.exp(-0.5 * d * d / (sigma * sigma))
            : ErrorFunction.complement(x)
                * Math.exp(d / length + 0.5 * sigma * sigma / (length * length));
    return area / (2 * length) * shape;
  }

  /// Adds area × derivatives of the Gaussians of a pattern; those of the tails are left out, so
  /// that
  /// a step is a little off its best direction where there are any.
  void addSlopes(Slopes slopes, LinePattern pattern, double area) {
    for (int k = 0; k < pattern.energyEv().length; k++) {
      double energy = pattern.energyEv()[k];
      double sigma = shape.sigmaEv(energy, pairEv);
      int from = at(energy - REACH * sigma);
      int to = at(energy + REACH * sigma) + 1;
      double scale = area * pattern.share()[k] / (sigma * Math.sqrt(2 * Math.PI));
      double byNoise = shape.noiseEv() / (PeakShape.FWHM * PeakShape.FWHM * sigma);
      double byFano = pairEv * energy / (2 * sigma);
      for (int c = from; c < Math.min(to, channels); c++) {
        double x = (calibration.energyEv(first + c) - energy) / sigma;
        double density = scale * Math.exp(-0.5 * x * x);
        double g = density * width(first + c);
        double byEnergy = -g * x / sigma;
        double bySigma = g * (x * x - 1) / sigma;
        slopes.zero()[c] += byEnergy;
        slopes.gain()[c] += byEnergy * (first + c) + density;
        slopes.noise()[c] += bySigma * byNoise;
        slopes.fano()[c] += bySigma * byFano;
      }
    }
  }
}
