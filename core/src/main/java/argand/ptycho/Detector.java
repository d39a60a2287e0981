package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.RealWindow;
import java.util.List;

/// How exit waves reach the detector, and what the measurement of one view changes in them. Waves
/// of several modes add up there in intensity. One instance for each thread.
public sealed interface Detector permits FarField, NearField {
  /// ψ_m ← the change that the measurement of this view asks for in each mode: one real factor for
  /// each pixel of the detector, common to all modes; untrusted pixels keep the computed waves.
  ///
  /// @return Σ(|u| − √I)² over good pixels [counts], |u|² the computed intensity before the change
  double change(List<ComplexField> modes, int view, Likelihood likelihood);

  /// Σ(|u| − √I)² over good pixels [counts]; the waves are used up.
  double error(List<ComplexField> modes, int view);

  /// Σ|u|² over good pixels [counts], without the flux of the view; the waves are used up.
  double counts(List<ComplexField> modes, int view);

  /// Σ b over good pixels of a view [counts]: what does not come from the sample.
  double backgroundCounts(int view);

  /// Enters what the counts of a view say about the background, over its good pixels in the order
  /// of
  /// the transform; the waves are used up.
  ///
  /// @param slopes each ← it + (n − I)/(I + ε)
  /// @param weights each ← it + 1/(I + ε)
  void background(List<ComplexField> modes, int view, double[] slopes, double[] weights);

  /// The intensities of a view on the line of exit waves a + t b + t² c, as polynomials in t; the
  /// waves are used up.
  ///
  /// @param first false adds to what an earlier mode has put there
  /// @param into one plane for each power of t, see {@link argand.array.kernel.LineSlopes}
  void line(
      ComplexField a, ComplexField b, ComplexField c, boolean first, RealWindow[] into, int view);

  /// sums ← sums + first and second derivative in t of the negative log-likelihood of a view
  void slopes(RealWindow[] line, int view, Likelihood likelihood, double t, double[] sums);

  /// Enters what the counts of a view say about parameters of its waves; all waves are used up.
  ///
  /// @param slopes for each parameter the derivatives of all modes
  void gather(
      List<ComplexField> modes, List<List<ComplexField>> slopes, int view, NormalEquations into);
}
