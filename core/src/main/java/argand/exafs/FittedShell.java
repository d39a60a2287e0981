package argand.exafs;

/// What a fit found of one shell, each with its standard deviation; 0 where it was held.
///
/// @param neighbours N S₀²
/// @param distance R [Å]
/// @param disorder σ² [Å²]; of a measured standard the difference to it
public record FittedShell(
    String name,
    double neighbours,
    double neighboursSigma,
    double distance,
    double distanceSigma,
    double disorder,
    double disorderSigma) {}
