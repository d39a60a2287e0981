package argand.phantom;

/// Absorption far from any edge: (E₀/E)^exponent.
///
/// @param referenceEv energy E₀ at which it is 1 [eV]
/// @param exponent about 2.8 for light elements in hard X-rays
public record SmoothAbsorption(double referenceEv, double exponent) implements Absorption {
  @Override
  public double at(double energyEv) {
    return Math.pow(referenceEv / energyEv, exponent);
  }
}
