package argand.phantom;

import argand.Param;
import argand.array.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A slice through the composite cathode of a solid-state battery: particles of NMC in the garnet
/// LLZO, pores in it, and around each particle a thin loose rim of little nickel where the two have
/// reacted.
public record CompositeCathode(
    @Param(value = "edge step of the NMC", byDefault = "0.8") double edgeStep,
    @Param(value = "edge step of the rim", byDefault = "0.25") double rimStep,
    @Param(value = "width of the rim, a share of the field's height", byDefault = "0.01")
        double rim,
    @Param(value = "particles tried; those that would touch others are left out", byDefault = "300")
        int particles,
    @Param(value = "seed of their places and sizes", byDefault = "1") long seed)
    implements ChemicalSample {
  private static final AbsorptionEdge NICKEL =
      new AbsorptionEdge(8340.6, 8349.6, 0.66, 3.3, 2.02e-10);

  /// The field is this much wider than high at most.
  private static final double HALF_WIDTH = 0.65;

  private static final int PORES = 60;

  /// Lanthanum and zirconium absorb more than the oxide of nickel does before its edge.
  private static final double LLZO = 0.9;

  public CompositeCathode {
    Check.within("edgeStep", edgeStep, 1e-3, 10, "");
    Check.within("rimStep", rimStep, 0, 10, "");
    Check.within("rim", rim, 0, 0.1, "");
    Check.atLeast("particles", particles, 1);
  }

  @Override
  public List<Component> components() {
    return List.of(
        new Component("Ni", NICKEL),
        new Component("LLZO", new SmoothAbsorption(8333, 2.7)),
        new Component("matrix", new SmoothAbsorption(8333, 2.8)));
  }

  @Override
  public List<String> regions() {
    return List.of("LLZO", "NMC", "rim", "empty");
  }

  @Override
  public Field field() {
    var random = new SplittableRandom(seed);
    List<double[]> discs = new ArrayList<>();
    for (int k = 0; k < particles; k++) {
      strew(discs, random, 0.05 + 0.09 * random.nextDouble(), 3 * rim);
    }
    int grains = discs.size();
    for (int k = 0; k < 20 * PORES && discs.size() < grains + PORES; k++) {
      strew(discs, random, 0.015 + 0.03 * random.nextDouble(), 2 * rim);
    }
    return new Placed(discs.toArray(double[][]::new), grains);
  }

  private static void strew(
      List<double[]> discs, SplittableRandom random, double radius, double apart) {
    double y = random.nextDouble(-0.52, 0.52);
    double x = random.nextDouble(-HALF_WIDTH, HALF_WIDTH);
    for (double[] other : discs) {
      if (Math.hypot(y - other[0], x - other[1]) < radius + other[2] + apart) {
        return;
      }
    }
    discs.add(new double[] {y, x, radius});
  }

  /// Discs in their places; the first are grains, the others pores.
  private final class Placed implements Field {
    private static final int EMPTY = 3;
    private final double[][] discs;
    private final int grains;

    Placed(double[][] discs, int grains) {
      this.discs = discs;
      this.grains = grains;
    }

    @Override
    public void amounts(double y, double x, double[] into) {
      int region = region(y, x);
      into[0] = region == 1 ? edgeStep : region == 2 ? rimStep : 0;
      into[1] = region == 0 ? LLZO : region == 2 ? 0.15 : 0;
      into[2] = region == 1 ? 0.35 : region == 2 ? 0.15 : 0.02;
    }

    @Override
    public int region(double y, double x) {
      for (int k = 0; k < discs.length; k++) {
        double down = y - discs[k][0];
        double right = x - discs[k][1];
        double reach = discs[k][2];
        double square = down * down + right * right;
        if (k >= grains) {
          if (square < reach * reach) {
            return EMPTY;
          }
        } else if (square < reach * reach) {
          return 1;
        } else if (square < (reach + rim) * (reach + rim)) {
          return 2;
        }
      }
      return 0;
    }
  }
}
