package argand.phantom;

import java.util.List;

/// A flat sample made of several components, known at every point: what a microscope sees through
/// it at any energy is exp(−Σ amount · absorption).
public sealed interface ChemicalSample permits CathodeParticle, CompositeCathode {
  /// One component: a name and its absorption for an amount of 1.
  record Component(String name, Absorption absorption) {}

  List<Component> components();

  /// Names of the regions that a person would tell apart.
  List<String> regions();

  /// The sample, everything in its place.
  Field field();

  /// Points are shares of the field's height, y down and x right, zero in its middle.
  interface Field {
    /// into[k] ← the amount of component k at a point.
    void amounts(double y, double x, double[] into);

    /// The region of a point: an index of {@link ChemicalSample#regions}, −1 where there is none.
    int region(double y, double x);
  }
}
