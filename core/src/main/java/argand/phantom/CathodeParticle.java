package argand.phantom;

import argand.Param;
import argand.array.Check;
import java.util.List;

/// A partly charged particle of a nickel-rich layered oxide (NCA): nickel is less oxidised inside
/// than in its middle zone, and less there than outside. Beside it lie two small thin particles of
/// another oxide of nickel, and a binder is everywhere.
public record CathodeParticle(
    @Param(value = "edge step of the particle where it is thickest", byDefault = "1.0")
        double edgeStep,
    @Param(value = "share of Ni(IV) in the core", byDefault = "0.47") double core,
    @Param(value = "share of Ni(IV) in the middle zone", byDefault = "0.58") double middle,
    @Param(value = "share of Ni(IV) in the shell", byDefault = "0.68") double shell)
    implements ChemicalSample {
  /// Ni K of the pristine and of the fully charged material, and of the rock salt.
  public static final AbsorptionEdge NI_III =
      new AbsorptionEdge(8341.2, 8350.3, 0.62, 3.4, 1.98e-10);

  public static final AbsorptionEdge NI_IV =
      new AbsorptionEdge(8343.1, 8352.9, 0.55, 3.9, 1.89e-10);
  public static final AbsorptionEdge NI_II =
      new AbsorptionEdge(8339.4, 8348.2, 0.75, 2.9, 2.09e-10);

  /// Radius of the particle, and the radii (shares of it) at which core and middle zone end.
  private static final double RADIUS = 0.36;

  private static final double CORE = 0.45;
  private static final double MIDDLE = 0.75;

  /// Half the width of the soft borders between zones, a share of the radius.
  private static final double SOFT = 0.008;

  private static final double[][] SMALL = {{-0.38, 0.36, 0.055}, {0.36, -0.40, 0.045}};

  public CathodeParticle {
    Check.within("edgeStep", edgeStep, 1e-3, 10, "");
    Check.within("core", core, 0, 1, "");
    Check.within("middle", middle, 0, 1, "");
    Check.within("shell", shell, 0, 1, "");
  }

  @Override
  public List<Component> components() {
    return List.of(
        new Component("NiIII", NI_III),
        new Component("NiIV", NI_IV),
        new Component("NiII", NI_II),
        new Component("matrix", new SmoothAbsorption(8333, 2.8)));
  }

  @Override
  public Field field() {
    return new Field() {
      @Override
      public void amounts(double y, double x, double[] into) {
        CathodeParticle.this.amounts(y, x, into);
      }

      @Override
      public int region(double y, double x) {
        double away = away(y, x);
        if (away >= 1) {
          return -1;
        }
        return away < CORE ? 0 : away < MIDDLE ? 1 : 2;
      }
    };
  }

  private void amounts(double y, double x, double[] into) {
    double away = away(y, x);
    double nickel = 0;
    if (away < 1) {
      // Rounder than a disc, flatter than a sphere, with grains that do not pack everywhere alike.
      nickel = edgeStep * Math.pow(1 - away * away, 0.35) * (1 - 0.12 * grains(y, x));
    }
    double four = four(away);
    into[0] = nickel * (1 - four);
    into[1] = nickel * four;
    into[2] = small(y, x);
    into[3] = 0.04 + 0.45 * nickel + 0.5 * into[2];
  }

  /// Distance from the particle's middle, 1 at its rim.
  private static double away(double y, double x) {
    double angle = Math.atan2(y, x);
    double rim = RADIUS * (1 + 0.05 * Math.cos(3 * angle + 0.7) + 0.03 * Math.cos(5 * angle - 1.1));
    return Math.hypot(y, x) / rim;
  }

  private static double grains(double y, double x) {
    double u = 43 * y + 5 * Math.sin(19 * x);
    double v = 47 * x + 5 * Math.sin(23 * y);
    return 0.5 + 0.5 * Math.sin(u) * Math.sin(v);
  }

  private double four(double away) {
    double outOfCore = 0.5 + 0.5 * Math.tanh((away - CORE) / SOFT);
    double outOfMiddle = 0.5 + 0.5 * Math.tanh((away - MIDDLE) / SOFT);
    return core + (middle - core) * outOfCore + (shell - middle) * outOfMiddle;
  }

  private static double small(double y, double x) {
    double nickel = 0;
    for (double[] disc : SMALL) {
      double square =
          1 - ((y - disc[0]) * (y - disc[0]) + (x - disc[1]) * (x - disc[1])) / (disc[2] * disc[2]);
      nickel += square > 0 ? 0.14 * Math.sqrt(square) : 0;
    }
    return nickel;
  }

  @Override
  public List<String> regions() {
    return List.of("core", "middle", "shell");
  }
}
