package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.Window;
import java.util.List;

/// How exit waves reach the detector, and what the measurement of one view changes in them. Waves
/// of several modes add up there in intensity. One instance for each thread.
public sealed interface Detector permits BroadBand, FarField, FinerWaves, NearField {
  /// ψ_m ← the change that the measurement of this view asks for in each mode: one real factor for
  /// each pixel of the detector, common to all modes; untrusted pixels keep the computed waves.
  ///
  /// @return Σ(|u| − √I)² over good pixels [counts], |u|² the computed intensity before the change
  double change(Window[] waves, int view, Likelihood likelihood);

  /// The same in fields.
  default double change(List<ComplexField> modes, int view, Likelihood likelihood) {
    return change(Window.of(modes), view, likelihood);
  }

  /// Σ(|u| − √I)² over good pixels [counts]; the waves are used up.
  double error(Window[] waves, int view);

  /// The same in fields.
  default double error(List<ComplexField> modes, int view) {
    return error(Window.of(modes), view);
  }

  /// Σ|u|² over good pixels [counts], without the flux of the view; the waves are used up.
  double counts(List<ComplexField> modes, int view);

  /// Σ b over good pixels of a view [counts]: what does not come from the sample.
  double backgroundCounts(int view);

  /// Enters what the counts of a view say about the background, over its good pixels in the order
  /// of the transform; the waves are used up.
  ///
  /// @param slopes each ← it + (n − I)/(I + ε)
  /// @param weights each ← it + 1/(I + ε)
  void background(List<ComplexField> modes, int view, double[] slopes, double[] weights);

  /// sums[2k], sums[2k + 1] ← sums + first and second derivative in t of the negative
  /// log-likelihood
  /// of a view at each t_k, on the line of exit waves a_m + t b_m + t² c_m; the waves are used up.
  ///
  /// @param line a, b and c of the first mode, of the second, …
  void slopes(Window[] line, int view, Likelihood likelihood, double[] at, double[] sums);

  /// Enters what the counts of a view say about parameters of its waves; all waves are used up.
  ///
  /// @param slopes for each parameter the derivatives of all modes
  /// @param into the square number of parts, row by row, into which the frame is cut
  void gather(
      List<ComplexField> modes, List<List<ComplexField>> slopes, int view, NormalEquations... into);
}
