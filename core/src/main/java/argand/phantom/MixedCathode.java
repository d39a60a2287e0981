package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Cathode particles of three materials, LiNi₀.₇Mn₀.₂Co₀.₁O₂ (NMC), LiCoO₂ (LCO) and LiNiO₂ (LNO),
/// each with its own law of thickness, some cracked, and a small piece of LCO on the largest LNO.
///
/// What a transmission image shows is their thickness, hardly their chemistry; and there may be
/// chemistry that it does not show at all: a rim poor in metal on every second particle, a gradient
/// across the others.
public record MixedCathode(
    @Param(value = "particles tried to be placed", byDefault = "13") int particles,
    @Param(value = "width of the poor rim, a share of the field's height", byDefault = "0")
        double rim,
    @Param(value = "half the range of the gradient", byDefault = "0") double gradient,
    @Param(value = "greatest optical density", byDefault = "1") double thickest,
    @Param(value = "seed of their places and forms", byDefault = "1") long seed,
    @Param(
            value = "half the size of a large LNO placed first, a share of the field; 0 for none",
            byDefault = "0")
        double large,
    @Param(value = "radius of the piece of LCO, a share of the field", byDefault = "0.025")
        double piece) {
  /// The elements, in the order of the maps.
  public static final List<String> ELEMENTS = List.of("Mn", "Co", "Ni");

  /// Shares of Mn, Co, Ni in NMC, LCO, LNO.
  private static final double[][] SHARES = {{0.2, 0.1, 0.7}, {0, 1, 0}, {0, 0, 1}};

  /// Optical density for one unit of metal at 9 keV: Co and Ni absorb alike, Mn less.
  private static final double[] DENSITY = {0.92, 0.97, 1};

  private static final int LNO = 2;

  /// Metal left in the rim.
  private static final double POOR = 0.15;

  private static final int REFINEMENT = 4;

  public MixedCathode {
    Check.within("particles", particles, 3, 100, "");
    Check.within("rim", rim, 0, 0.2, "");
    Check.within("gradient", gradient, 0, 1, "");
    Check.within("thickest", thickest, 1e-3, 10, "");
    Check.within("large", large, 0, 0.3, "");
    Check.within("piece", piece, 0, 0.2, "");
  }

  /// With a small piece on whichever LNO is the largest.
  public MixedCathode(int particles, double rim, double gradient, double thickest, long seed) {
    this(particles, rim, gradient, thickest, seed, 0, 0.025);
  }

  /// @param elements maps of Mn, Co and Ni: metal in each pixel, its mean over finer points
  /// @param density optical density of the mean transmission of each pixel
  /// @param material of the particle in each pixel: 0 NMC, 1 LCO, 2 LNO, −1 none
  /// @param piece Co of the small piece alone
  public record Drawn(
      List<RealField> elements, RealField density, int[] material, RealField piece) {}

  /// Metal of NMC, LCO and LNO in a pixel: Mn is of NMC alone, and the rest of Co and Ni of the two
  /// others.
  public static double[] metalOfMaterials(Drawn drawn, int pixel) {
    double[] nmc = SHARES[0];
    double[] metal = new double[3];
    metal[0] = drawn.elements().get(0).values()[pixel] / nmc[0];
    for (int k = 1; k < metal.length; k++) {
      double rest = drawn.elements().get(k).values()[pixel] - nmc[k] * metal[0];
      metal[k] = Math.max(0, rest);
    }
    return metal;
  }

  private record Particle(
      double y,
      double x,
      double half,
      double ratio,
      double angle,
      int material,
      double exponent,
      double height,
      double crack,
      double waves,
      boolean odd) {}

  /// Draws it over a grid; only its shape counts.
  public Drawn draw(Grid grid) {
    var all = placed();
    var largest = largest(all);
    int size = grid.size();
    var elements = new ArrayList<RealField>();
    for (int e = 0; e < 3; e++) {
      elements.add(new RealField(grid));
    }
    var density = new RealField(grid);
    var piece = new RealField(grid);
    int[] material = new int[size];
    double[] metal = new double[3];
    double share = 1.0 / (REFINEMENT * REFINEMENT);
    for (int i = 0; i < size; i++) {
      double transmitted = 0;
      double[] sum = new double[3];
      int seen = -1;
      for (int k = 0; k < REFINEMENT * REFINEMENT; k++) {
        double y = (i / grid.columns() + (k / REFINEMENT + 0.5) / REFINEMENT) / grid.rows();
        double x = (i % grid.columns() + (k % REFINEMENT + 0.5) / REFINEMENT) / grid.rows();
        double[] deep = {0};
        int found = at(all, largest, y, x, metal, deep);
        piece.values()[i] += (float) (share * ofPiece(largest, y, x));
        seen = found >= 0 ? found : seen;
        transmitted += share * Math.exp(-deep[0]);
        for (int e = 0; e < 3; e++) {
          sum[e] += share * metal[e];
        }
      }
      material[i] = seen;
      density.values()[i] = (float) -Math.log(transmitted);
      for (int e = 0; e < 3; e++) {
        elements.get(e).values()[i] = (float) sum[e];
      }
    }
    return new Drawn(elements, density, material, piece);
  }

  /// Mean transmission of each pixel, drawn where the sample lies, from points an eighth of a pixel
  /// apart, each the mean of finer ones.
  ///
  /// @param rightPx how far the sample lies to the right, rounded to an eighth of a pixel
  public RealField transmission(Grid grid, double rightPx) {
    int fine = 8;
    int rows = grid.rows() * fine;
    int columns = grid.columns() * fine;
    var dense = draw(new Grid(rows, columns, grid.pixelY() / fine, grid.pixelX() / fine)).density();
    long off = Math.round(rightPx * fine);
    var transmission = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double sum = 0;
        for (int k = 0; k < fine * fine; k++) {
          long column = c * fine + k % fine - off;
          boolean outside = column < 0 || column >= columns;
          sum += outside ? 1 : Math.exp(-dense.at(r * fine + k / fine, (int) column));
        }
        transmission.set(r, c, (float) (sum / (fine * fine)));
      }
    }
    return transmission;
  }

  private List<Particle> placed() {
    var random = new SplittableRandom(seed);
    var all = new ArrayList<Particle>();
    for (int k = 0; k < 400 * particles && all.size() < particles; k++) {
      boolean first = large > 0 && all.isEmpty();
      double drawn = 0.06 + 0.1 * random.nextDouble();
      double half = first ? large : drawn;
      double y = half + (1 - 2 * half) * random.nextDouble();
      double x = half + (1 - 2 * half) * random.nextDouble();
      if (all.stream().anyMatch(p -> Math.hypot(y - p.y, x - p.x) < 0.92 * (half + p.half))
          || (large > 0 && !all.isEmpty() && meetsPiece(all.getFirst(), y, x, half))) {
        continue;
      }
      all.add(
          new Particle(
              y,
              x,
              half,
              0.7 + 0.3 * random.nextDouble(),
              Math.PI * random.nextDouble(),
              large > 0 ? (all.size() + LNO) % 3 : all.size() % 3,
              0.15 + 0.45 * random.nextDouble(),
              thickest * (0.5 + 0.5 * random.nextDouble()),
              random.nextDouble() < 0.5 ? Math.PI * random.nextDouble() : Double.NaN,
              2 * Math.PI * random.nextDouble(),
              all.size() % 2 == 1));
    }
    return all;
  }

  /// The material at a point; metal and optical density there.
  private int at(
      List<Particle> all,
      @Nullable Particle largest,
      double y,
      double x,
      double[] metal,
      double[] deep) {
    metal[0] = 0;
    metal[1] = 0;
    metal[2] = 0;
    int found = -1;
    for (var p : all) {
      double down = y - p.y;
      double right = x - p.x;
      double far = 1.06 * p.half; // beyond every outline
      if (down * down + right * right > far * far) {
        continue;
      }
      double u = (down * Math.cos(p.angle) + right * Math.sin(p.angle)) / p.half;
      double v = (-down * Math.sin(p.angle) + right * Math.cos(p.angle)) / (p.half * p.ratio);
      double away = Math.hypot(u, v) / (1 + 0.06 * Math.cos(3 * Math.atan2(v, u) + p.waves));
      if (away >= 1) {
        continue;
      }
      double thick = p.height * Math.pow(1 - away * away, p.exponent);
      double off = down * Math.cos(p.crack) + right * Math.sin(p.crack);
      if (Math.abs(off + 0.019 * Math.sin(27 * right)) < 0.0075) {
        thick *= 0.25;
      }
      double chemistry = 1;
      if (!p.odd && (1 - away) * p.half * p.ratio < rim) {
        chemistry = POOR;
      } else if (p.odd) {
        chemistry = 1 + gradient * Math.clamp(u, -1, 1);
      }
      for (int e = 0; e < 3; e++) {
        metal[e] += SHARES[p.material][e] * thick * chemistry;
      }
      deep[0] += DENSITY[p.material] * thick;
      found = p.material;
      break;
    }
    double more = ofPiece(largest, y, x);
    metal[1] += more;
    deep[0] += DENSITY[1] * more;
    return found;
  }

  private static @Nullable Particle largest(List<Particle> all) {
    @Nullable Particle largest = null;
    for (var p : all) {
      if (p.material == LNO && (largest == null || p.half > largest.half)) {
        largest = p;
      }
    }
    return largest;
  }

  /// Where the middle of the piece lies: on the largest LNO, and over its border where that is
  /// large.
  private double[] placeOfPiece(Particle on) {
    double down = large > 0 ? 0.62 : 0.3;
    double right = large > 0 ? 0.5 : 0.2;
    return new double[] {on.y + down * on.half, on.x + right * on.half};
  }

  private boolean meetsPiece(Particle on, double y, double x, double half) {
    double[] at = placeOfPiece(on);
    return Math.hypot(y - at[0], x - at[1]) < 1.06 * half + piece;
  }

  /// Metal of the small piece of LCO at a point.
  private double ofPiece(@Nullable Particle largest, double y, double x) {
    if (largest == null || piece == 0) {
      return 0;
    }
    double[] at = placeOfPiece(largest);
    double away = Math.hypot(y - at[0], x - at[1]) / piece;
    return away < 1 ? 0.35 * thickest * Math.sqrt(1 - away * away) : 0;
  }
}
