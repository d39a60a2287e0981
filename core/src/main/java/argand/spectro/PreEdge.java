package argand.spectro;

/// What the absorption of everything else looks like: the line below the edge that is extrapolated
/// above it.
public enum PreEdge {
  /// One number.
  CONSTANT,
  /// a + b E, for windows of some tens of eV.
  LINEAR,
  /// a E⁻³ + b E⁻⁴ (Victoreen), for long ones.
  VICTOREEN;

  /// Functions of the fit, each about 1 near `center`.
  double[][] columns(double[] energyEv, double center, double width) {
    return switch (this) {
      case CONSTANT -> new double[][] {power(energyEv, center, 0)};
      case LINEAR -> new double[][] {power(energyEv, center, 0), line(energyEv, center, width)};
      case VICTOREEN -> {
        // (E₀/E)³ and (E₀/E)³ (E₀/E − 1): the same span, well conditioned
        double[] cube = power(energyEv, center, -3);
        double[] bent = new double[energyEv.length];
        for (int e = 0; e < bent.length; e++) {
          bent[e] = cube[e] * (center / energyEv[e] - 1) * center / width;
        }
        yield new double[][] {cube, bent};
      }
    };
  }

  private static double[] power(double[] energyEv, double center, int n) {
    double[] column = new double[energyEv.length];
    for (int e = 0; e < column.length; e++) {
      column[e] = Math.pow(energyEv[e] / center, n);
    }
    return column;
  }

  private static double[] line(double[] energyEv, double center, double width) {
    double[] column = new double[energyEv.length];
    for (int e = 0; e < column.length; e++) {
      column[e] = (energyEv[e] - center) / width;
    }
    return column;
  }
}
