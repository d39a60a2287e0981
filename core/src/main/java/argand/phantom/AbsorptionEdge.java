package argand.phantom;

/// An absorption edge as a sum of simple shapes: an arctangent step that falls behind the edge as
/// absorption does, a white line, a broad second maximum, and the oscillation of one shell of
/// neighbours. It lies on what the same atoms absorb by their other shells.
///
/// It is a stand-in with the features by which valences differ (the place of the edge and of the
/// white line), not a calculated spectrum.
///
/// @param edgeEv middle of the step [eV]
/// @param whiteLineEv place of the white line [eV]
/// @param whiteLine its height above the step
/// @param widthEv its standard deviation [eV]
/// @param distance to the shell of neighbours [m]
public record AbsorptionEdge(
    double edgeEv, double whiteLineEv, double whiteLine, double widthEv, double distance)
    implements Absorption {
  /// Full width of the arctangent [eV]: lifetime of a 1s hole of a 3d metal, and the
  /// monochromator.
  private static final double LIFETIME_EV = 2.4;

  /// Before the edge the atoms absorb this share of the step (nickel: its edge jumps to about eight
  /// times).
  private static final double BEFORE = 0.135;

  private static final double EXPONENT = 2.75;

  @Override
  public double at(double energyEv) {
    double fall = Math.pow(edgeEv / energyEv, EXPONENT);
    return fall * (BEFORE + normalized(energyEv));
  }

  /// The step itself: 0 well before, about 1 well behind the edge.
  public double normalized(double energyEv) {
    double step = 0.5 + Math.atan(2 * (energyEv - edgeEv) / LIFETIME_EV) / Math.PI;
    double line = whiteLine * bell(energyEv - whiteLineEv, widthEv);
    double second = 0.08 * bell(energyEv - whiteLineEv - 48, 16);
    return step * (1 + oscillation(energyEv)) + line + second;
  }

  /// What a reference spectrum shows: the edge without what lies under it, step 1, not flattened.
  public double reference(double energyEv) {
    return Math.pow(edgeEv / energyEv, EXPONENT) * normalized(energyEv);
  }

  /// 0.5 sin(2kR)/k² with k in Å⁻¹, fading in over 30 eV.
  private double oscillation(double energyEv) {
    double above = energyEv - edgeEv - 20;
    if (above <= 0) {
      return 0;
    }
    double k = Math.sqrt(0.2624682917 * (energyEv - edgeEv)); // 1/Å
    double damping = Math.exp(-2 * k * k * 0.006);
    return 0.5 * Math.sin(2 * k * distance * 1e10) / (k * k) * damping * Math.min(1, above / 30);
  }

  private static double bell(double away, double width) {
    return Math.exp(-0.5 * away * away / (width * width));
  }
}
