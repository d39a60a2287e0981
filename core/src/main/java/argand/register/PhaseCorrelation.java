package argand.register;

import argand.Paper;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.RealField;
import argand.array.Shift;
import java.util.ArrayList;
import java.util.List;

/// The displacement between two images of one size, to about a hundredth of a pixel.
///
/// (1) X(k) = M(k) F*(k) from the transforms of the moved and the fixed image;
/// (2) with `WHITENED`, X ← X/|X|: sharper, for images that differ in contrast, but it lets noise
///     speak as loudly;
/// (3) the displacement d maximises |Σ X(k) exp(2πi k·d/N)|, found by {@link SpectrumPeak}.
///
/// Images are taken as periodic: taper the edges of others first. A global complex factor between
/// them does not matter.
@Paper(
    value =
        "M. Guizar-Sicairos, S. T. Thurman, J. R. Fienup, Opt. Lett. 33, 156–158 (2008):"
            + " Efficient subpixel image registration algorithms",
    doi = "10.1364/OL.33.000156")
public enum PhaseCorrelation {
  /// Plain cross-correlation: the maximum-likelihood choice for white noise.
  PLAIN,
  /// Phase correlation: every frequency counts the same.
  WHITENED;

  /// moved(r) ≈ factor · fixed(r − d).
  ///
  /// @param rowsPx d along the rows' index, down [pixels]
  /// @param columnsPx d along the columns' index, right [pixels]
  /// @param agreement height of the correlation peak, 0 … 1
  public record Displacement(double rowsPx, double columnsPx, double agreement) {}

  /// How far `moved` lies from `fixed`.
  public Displacement between(ComplexField fixed, ComplexField moved) {
    return between(List.of(fixed), List.of(moved));
  }

  /// How far `moved` lies from `fixed`; their means are taken off first.
  public Displacement between(RealField fixed, RealField moved) {
    return between(withoutMean(fixed), withoutMean(moved));
  }

  /// One displacement for several channels, each of which may carry its own unknown complex factor.
  public Displacement between(List<ComplexField> fixed, List<ComplexField> moved) {
    Check.same("number of channels", moved.size(), fixed.size());
    var spectra = new ArrayList<ComplexField>();
    for (int channel = 0; channel < fixed.size(); channel++) {
      spectra.add(crossSpectrum(fixed.get(channel), moved.get(channel)));
    }
    var peak = SpectrumPeak.of(spectra);
    return new Displacement(-peak.rows(), -peak.columns(), peak.height());
  }

  /// M F*, zero frequency at (rows/2, columns/2), so that its indices run through without a jump.
  private ComplexField crossSpectrum(ComplexField fixed, ComplexField moved) {
    Check.same("rows of the moved image", moved.grid().rows(), fixed.grid().rows());
    Check.same("columns of the moved image", moved.grid().columns(), fixed.grid().columns());
    var f = fixed.copy();
    var m = moved.copy();
    var fft = new Fft2(f.grid().rows(), f.grid().columns());
    fft.transform(f);
    fft.transform(m);
    for (int i = 0; i < f.re().length; i++) {
      double re = (double) m.re()[i] * f.re()[i] + (double) m.im()[i] * f.im()[i];
      double im = (double) m.im()[i] * f.re()[i] - (double) m.re()[i] * f.im()[i];
      double norm = this == WHITENED ? Math.max(Math.hypot(re, im), 1e-300) : 1;
      f.re()[i] = (float) (re / norm);
      f.im()[i] = (float) (im / norm);
    }
    Shift.roll(f, f.grid().rows() / 2, f.grid().columns() / 2);
    return f;
  }

  private static ComplexField withoutMean(RealField image) {
    var grid = image.grid();
    double mean = image.sum() / grid.size();
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        field.set(r, c, (float) (image.at(r, c) - mean), 0);
      }
    }
    return field;
  }
}
