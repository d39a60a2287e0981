package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import java.util.SplittableRandom;

/// How positions are looked for where no slope leads to them: trial moves of a view; that with the
/// least Σ(|u| − √I)² is kept.
public sealed interface PositionSearch {
  /// True when views are tried the `turn`-th time (from 0) that positions are refined.
  boolean due(int turn);

  /// Trial moves of a view, down and right [px], from where it stands.
  double[][] trials(int turn, int view);

  /// Tries around the best trial in turn, with halved distances, down to one pixel.
  boolean narrows();

  /// No trials: positions follow slopes alone.
  record None() implements PositionSearch {
    @Override
    public boolean due(int turn) {
      return false;
    }

    @Override
    public double[][] trials(int turn, int view) {
      return new double[0][];
    }

    @Override
    public boolean narrows() {
      return false;
    }
  }

  /// Once, when refinement begins: places two pixels apart within a radius, then those around the
  /// best.
  record Grid(@Param(value = "pixels searched around each position", byDefault = "6") double radius)
      implements PositionSearch {
    private static final int STEP = 2;

    public Grid {
      Check.within("radius", radius, 1, 64, "px");
    }

    @Override
    public boolean due(int turn) {
      return turn == 0;
    }

    @Override
    public double[][] trials(int turn, int view) {
      int reach = (int) Math.floor(radius / STEP);
      var trials = new java.util.ArrayList<double[]>();
      for (int v = -reach; v <= reach; v++) {
        for (int u = -reach; u <= reach; u++) {
          if ((v != 0 || u != 0) && Math.hypot(v, u) * STEP <= radius) {
            trials.add(new double[] {v * STEP, u * STEP});
          }
        }
      }
      return trials.toArray(double[][]::new);
    }

    @Override
    public boolean narrows() {
      return true;
    }
  }

  /// Random places within a disc that shrinks to nothing.
  @Paper(
      value =
          "A. M. Maiden, M. J. Humphry, M. C. Sarahan, B. Kraus, J. M. Rodenburg, An annealing"
              + " algorithm to correct positioning errors in ptychography, Ultramicroscopy 120, 64"
              + " (2012)",
      doi = "10.1016/j.ultramic.2012.06.001")
  record Annealing(
      @Param(value = "radius of the first disc, px", byDefault = "6") double radius,
      @Param(value = "trial moves of each view in a turn", byDefault = "8") int trials,
      @Param(value = "turns until the disc has shrunk to nothing", byDefault = "20") int turns,
      @Param(value = "seed of the trials", byDefault = "1") long seed)
      implements PositionSearch {
    public Annealing {
      Check.within("radius", radius, 0.1, 64, "px");
      Check.atLeast("trials", trials, 1);
      Check.atLeast("turns", turns, 1);
    }

    @Override
    public boolean due(int turn) {
      return turn < turns;
    }

    @Override
    public double[][] trials(int turn, int view) {
      var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + turn * 1_000_003L + view);
      double disc = radius * (1 - (double) turn / turns);
      double[][] moves = new double[trials][];
      for (int k = 0; k < trials; k++) {
        double length = disc * Math.sqrt(random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        moves[k] = new double[] {length * Math.sin(angle), length * Math.cos(angle)};
      }
      return moves;
    }

    @Override
    public boolean narrows() {
      return false;
    }
  }
}
