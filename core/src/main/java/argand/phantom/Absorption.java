package argand.phantom;

/// How strongly one component of a sample absorbs against energy, for an amount of 1: an absorption
/// edge of step 1, or a smooth law that is 1 at its reference energy.
public sealed interface Absorption permits AbsorptionEdge, SmoothAbsorption {
  /// Optical density of amount 1 at an energy [eV].
  double at(double energyEv);
}
