package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.phantom.SpectralMatter.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Spheres of Fe₂O₃ strewn over a disc, none upon another.
///
/// Hematite: 5.24 g/cm³, 159.69 g/mol. Its near-edge spectrum is a stand-in with the lines of Fe³⁺
/// at 708.3 and 709.8 eV.
public record OxideParticles(
    @Param(value = "number of particles", byDefault = "40") int count,
    @Param(value = "mean diameter", unit = "m", byDefault = "30 nm") double diameter,
    @Param(value = "standard deviation of the logarithm of the diameter", byDefault = "0.08")
        double spread,
    @Param(value = "radius of the disc", unit = "m", byDefault = "400 nm") double radius,
    @Param(value = "seed of their places and sizes", byDefault = "1") long seed)
    implements SpectralSample {
  public static final SpectralMatter HEMATITE =
      new SpectralMatter(
          "Fe2O3", 1.976e28, List.of(new Part(Atoms.IRON_OXIDE, 2), new Part(Atoms.OXYGEN, 3)));

  /// Tries for each particle before there is no room.
  private static final int TRIES = 2000;

  public OxideParticles {
    Check.within("count", count, 1, 100_000, "");
    Check.within("diameter", diameter, 1e-9, 1e-3, "m");
    Check.within("spread", spread, 0, 1, "");
    Check.within("radius", radius, diameter, 1, "m");
  }

  @Override
  public List<SpectralMatter> matter() {
    return List.of(HEMATITE);
  }

  @Override
  public List<String> regions() {
    return List.of("particles");
  }

  /// @throws InvalidInput where there is no room for so many
  @Override
  public Field field() {
    var spheres = placed();
    double largest = spheres.stream().mapToDouble(s -> s[2]).max().orElseThrow();
    var cells = new Cells(spheres, 2 * largest, radius + 2 * largest);
    return new Field() {
      @Override
      public boolean thickness(double y, double x, double[] into) {
        double square = cells.depth(y, x);
        into[0] = square > 0 ? 2 * Math.sqrt(square) : 0;
        return square > 0;
      }

      @Override
      public int region(double y, double x) {
        return cells.depth(y, x) > 0 ? 0 : -1;
      }
    };
  }

  private List<double[]> placed() {
    var random = new SplittableRandom(seed);
    var spheres = new ArrayList<double[]>();
    for (int k = 0; k < count; k++) {
      double half = 0.5 * diameter * Math.exp(spread * random.nextGaussian());
      boolean free = false;
      for (int t = 0; t < TRIES && !free; t++) {
        double away = radius * Math.sqrt(random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        double y = away * Math.sin(angle);
        double x = away * Math.cos(angle);
        free =
            spheres.stream().noneMatch(s -> Math.hypot(s[0] - y, s[1] - x) < 1.1 * (half + s[2]));
        if (free) {
          spheres.add(new double[] {y, x, half});
        }
      }
      if (!free) {
        throw new InvalidInput(
            "count",
            count + " particles of " + diameter + " m",
            "so many as lie beside each other in a disc of " + radius + " m",
            "enlarge radius");
      }
    }
    return spheres;
  }

  /// Spheres by the squares of a grid that they touch.
  private static final class Cells {
    private final double side;
    private final double reach;
    private final int across;
    private final List<List<double[]>> at = new ArrayList<>();

    Cells(List<double[]> spheres, double side, double reach) {
      this.side = side;
      this.reach = reach;
      this.across = (int) Math.ceil(2 * reach / side) + 1;
      for (int i = 0; i < across * across; i++) {
        at.add(new ArrayList<>());
      }
      for (double[] s : spheres) {
        for (int r = cell(s[0] - s[2]); r <= cell(s[0] + s[2]); r++) {
          for (int c = cell(s[1] - s[2]); c <= cell(s[1] + s[2]); c++) {
            at.get(r * across + c).add(s);
          }
        }
      }
    }

    private int cell(double place) {
      return (int) Math.floor((place + reach) / side);
    }

    /// R² − ρ² of the sphere at a point, 0 where there is none.
    double depth(double y, double x) {
      if (Math.abs(y) >= reach || Math.abs(x) >= reach) {
        return 0;
      }
      for (double[] s : at.get(cell(y) * across + cell(x))) {
        double square = s[2] * s[2] - (y - s[0]) * (y - s[0]) - (x - s[1]) * (x - s[1]);
        if (square > 0) {
          return square;
        }
      }
      return 0;
    }
  }
}
