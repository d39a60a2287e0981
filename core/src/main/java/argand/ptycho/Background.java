package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.Quality;
import java.util.Arrays;
import java.util.List;

/// Counts that do not come from the sample, the same in every view: air, slits, stray light, a
/// leaking window. They add to the intensities, I_jq = f_j Σ_m |u_jmq|² + b_q, and b is found by
/// the
/// scoring step of the Poisson likelihood:
///
///     g_q = Σ_j (n_jq − I_jq) / (I_jq + ε),   h_q = Σ_j 1 / (I_jq + ε),   ε = 0.1          (1)
///     b_q ← max(0, b_q + Σ_c B_c(q) Σ_q B_c g / Σ_q B_c h)                                  (2)
///
/// over the good pixels q and all views j. B_c are tents about knots `spacingPx` apart whose sum is
/// 1 everywhere, or one B = 1; with every pixel by itself each has its own. It begins with what the
/// frames say of it, else with nothing.
@Paper(
    value =
        "P. Thibault, M. Guizar-Sicairos, Maximum-likelihood refinement for coherent diffractive"
            + " imaging, New J. Phys. 14, 063004 (2012)",
    doi = "10.1088/1367-2630/14/6/063004")
public record Background(
    @Param(
            value =
                "detector pixels from knot to knot of the map, which is linear between them; 0: the"
                    + " same everywhere, 1: every pixel by itself",
            byDefault = "1")
        int spacingPx,
    @Param(value = "first pass after which it is refined", byDefault = "10") int from,
    @Param(value = "passes from one refinement to the next", byDefault = "3") int every)
    implements PtychoRefinement {
  /// Every pixel by itself, after every third pass from the tenth on.
  public static final Background DEFAULT = new Background(1, 10, 3);

  private static final int BLOCKS = 16;

  public Background {
    Check.atLeast("spacingPx", spacingPx, 0);
    Check.atLeast("from", from, 1);
    Check.atLeast("every", every, 1);
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    return 16L * BLOCKS * windows.frame().size();
  }

  @Override
  public Refiner refiner(PtychoModel model, Constraints constraints, Workers workers) {
    var background = model.background();
    background.use();
    return new Refiner() {
      @Override
      public void refine(PtychoState state) {
        step(model, state, workers);
      }

      @Override
      public Quality found(PtychoState state) {
        double sum = 0;
        for (float b : background.counts()) {
          sum += b;
        }
        return Quality.NONE
            .withMetric("backgroundCounts", sum)
            .withMetric("backgroundShare", sum * model.count() / model.counts())
            .withFigure("Background", List.of(profile(background.frame())));
      }
    };
  }

  private void step(PtychoModel model, PtychoState state, Workers workers) {
    int blocks = Math.min(BLOCKS, model.count());
    int pixels = model.background().grid().size();
    double[][] slopes = new double[blocks][pixels];
    double[][] weights = new double[blocks][pixels];
    var rooms = new ExitWaves[workers.threads()];
    model.expectAll();
    workers.forEach(
        blocks,
        (block, worker) -> {
          var room = rooms[worker];
          if (room == null) {
            room = new ExitWaves(model, state.probes());
            rooms[worker] = room;
          }
          int last = (block + 1) * model.count() / blocks;
          for (int j = block * model.count() / blocks; j < last; j++) {
            var waves = room.of(state.object(), j);
            room.detector().background(waves, j, slopes[block], weights[block]); // (1)
          }
        });
    for (int block = 1; block < blocks; block++) {
      for (int i = 0; i < pixels; i++) {
        slopes[0][i] += slopes[block][i];
        weights[0][i] += weights[block][i];
      }
    }
    var background = model.background();
    double[] change =
        change(background.ordered(slopes[0]), background.ordered(weights[0]), background.grid());
    float[] level = background.frame().values();
    for (int i = 0; i < level.length; i++) {
      level[i] = (float) Math.max(0, level[i] + change[i]); // (2)
    }
    background.set(level);
  }

  private double[] change(double[] slope, double[] weight, Grid grid) {
    var map = new TentMap(grid.rows(), grid.columns(), spacingPx);
    double[] g = map.gathered(slope);
    double[] h = map.gathered(weight);
    for (int k = 0; k < g.length; k++) {
      g[k] = h[k] > 0 ? g[k] / h[k] : 0;
    }
    return map.spread(g);
  }

  /// Mean over rings one pixel wide about the middle of the frame.
  static Curve profile(RealField frame) {
    int rows = frame.grid().rows();
    int columns = frame.grid().columns();
    int rings = Math.min(rows, columns) / 2;
    double[] sum = new double[rings];
    double[] count = new double[rings];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int ring = (int) Math.round(Math.hypot(r - rows / 2, c - columns / 2));
        if (ring < rings) {
          sum[ring] += frame.at(r, c);
          count[ring]++;
        }
      }
    }
    double[] radius = new double[rings];
    Arrays.setAll(radius, k -> k);
    for (int k = 0; k < rings; k++) {
      sum[k] /= count[k];
    }
    return new Curve("b", "distance from the middle [px]", "counts in a pixel", radius, sum);
  }
}
