package argand.data;

/// One image of the sample at one energy [eV] and one angle [rad]; what stacks and series are made
/// of.
public sealed interface Picture extends Product permits Reconstruction {
  double energyEv();

  double angle();

  Quality quality();
}
