package argand.exafs;

import java.util.List;

/// What a {@link ShellFit} found in one spectrum.
///
/// @param shiftEv ΔE₀: how far the edge of the tables lies above that of the spectrum [eV]
/// @param independent numbers the window can hold
/// @param free numbers that were fitted
/// @param reducedChiSquare misfit in units of the noise; above 1 the model lacks something, and
///     errors are widened by its root
/// @param rFactor Σ|d − m|²/Σ|d|² over the window of distances
/// @param chi the model's χ at n 0.05 Å⁻¹
/// @param converged whether steps had become small
public record FittedExafs(
    List<FittedShell> shells,
    double shiftEv,
    double shiftSigmaEv,
    double independent,
    int free,
    double reducedChiSquare,
    double rFactor,
    double[] chi,
    boolean converged) {
  public FittedExafs {
    shells = List.copyOf(shells);
  }
}
