package argand.data;

/// Variances of images whose noise the energies of a pixel share, because a step has made each
/// value
/// of several: beside the variances themselves, what a linear functional of a pixel's values is as
/// one of the independent values they were made of.
///
/// A fit with weights F takes Σ_e F_ke n_e; with F′ that is Σ_e F′_ke y_e and a constant, to first
/// order, and so its covariance is Σ_e F′_ke F′_le var y_e. Planes made of these without this
/// interface keep the variances and lose the rest.
public interface SharedNoise extends Planes {
  /// Variances of the independent values, plane by plane.
  Planes independent();

  /// functionals[k][e] ← F′ from F, all energies, for one pixel.
  ///
  /// @param values n_e about which the step is linearised: a fit to them rather than noisy ones
  void pullBack(int pixel, double[] values, double[][] functionals);
}
