package argand.xrf;

import argand.Paper;
import argand.Param;
import argand.array.Check;

/// How a detector of silicon or germanium draws a line of energy E₀: a Gaussian of width
///
///     FWHM² = noise² + 8 ln 2 · ε F E₀                              (1)
///
/// with two exponential tails and a step below it (Hypermet), each a share of the peak's area. With
/// d = E − E₀, σ the standard deviation and β the length of a tail,
///
///     G = exp(−d²/2σ²) / (σ √2π)                                    (2)
///     T = 1/(2β) · exp(d/β + σ²/2β²) · erfc(d/(σ√2) + σ/(β√2))      (3)
///     S = h/(2 σ √2π) · erfc(d/(σ√2))                               (4)
///
/// ε is the energy of an electron–hole pair, F the Fano factor.
///
/// @param noiseEv full width of the electronic noise [eV]
/// @param shortTail area of the short tail over that of the peak
/// @param shortTailLengthEv its length [eV]
/// @param longTail area of the long tail over that of the peak
/// @param longTailLengthEv its length [eV]
/// @param step height of the step over that of the peak
@Paper(
    value =
        "Phillips & Marlow, Automatic analysis of gamma-ray spectra from germanium detectors, Nucl."
            + " Instrum. Methods 137, 525 (1976)",
    doi = "10.1016/0029-554X(76)90472-9")
public record PeakShape(
    @Param(value = "full width of the electronic noise", unit = "eV", byDefault = "100 eV")
        double noiseEv,
    @Param(value = "Fano factor", byDefault = "0.115") double fano,
    @Param(value = "area of the short tail over that of the peak", byDefault = "0")
        double shortTail,
    @Param(value = "length of the short tail", unit = "eV", byDefault = "200 eV")
        double shortTailLengthEv,
    @Param(value = "area of the long tail over that of the peak", byDefault = "0") double longTail,
    @Param(value = "length of the long tail", unit = "eV", byDefault = "2000 eV")
        double longTailLengthEv,
    @Param(value = "height of the step below a peak over that of the peak", byDefault = "0")
        double step) {
  /// FWHM over standard deviation of a Gaussian.
  static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));

  public PeakShape {
    Check.within("noise", noiseEv, 0, 1e4, "eV");
    Check.within("fano", fano, 0, 2, "");
    Check.within("shortTail", shortTail, 0, 1, "");
    Check.within("shortTailLength", shortTailLengthEv, 1, 1e4, "eV");
    Check.within("longTail", longTail, 0, 1, "");
    Check.within("longTailLength", longTailLengthEv, 1, 1e5, "eV");
    Check.within("step", step, 0, 0.5, "");
  }

  /// A Gaussian.
  public static PeakShape of(double noiseEv, double fano) {
    return new PeakShape(noiseEv, fano, 0, 200, 0, 2000, 0);
  }

  public PeakShape with(double noise, double fanoFactor) {
    return new PeakShape(
        noise, fanoFactor, shortTail, shortTailLengthEv, longTail, longTailLengthEv, step);
  }

  boolean isGaussian() {
    return shortTail == 0 && longTail == 0 && step == 0;
  }

  /// Standard deviation of a line [eV], (1).
  ///
  /// @param pairEv energy of an electron–hole pair [eV]
  public double sigmaEv(double energyEv, double pairEv) {
    double noise = noiseEv / FWHM;
    return Math.sqrt(noise * noise + pairEv * fano * Math.max(energyEv, 0));
  }

  public double fwhmEv(double energyEv, double pairEv) {
    return FWHM * sigmaEv(energyEv, pairEv);
  }
}
