package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.metric.Illumination;
import argand.ptycho.SeamTie.Tile;
import argand.register.Resampling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Overlapping reconstructions of one sample as one picture.
///
/// A reconstruction knows neither its phase nor its ramp nor how its amplitude is shared with the
/// probe. For tiles i, j that overlap, {@link SeamTie} measures the difference; then
///
///     min Σ_ij n_ij [ (g_i − g_j)(c_ij) − φ_ij ]² + n_ij σ²_ij |κ_i − κ_j − κ_ij|²       (1)
///
/// with g_i(r) = φ_i + κ_i·(r − r₀), and the same of ln A_i, the first tile at rest. Tiles without
/// their g_i are added with the light they have seen as weight.
final class Mosaic {
  private static final int NUMBERS = 3;

  private final List<Reconstruction> parts;
  private final Grid grid;
  private final Reconstruction.Origin origin;
  private final List<Tile> tiles = new ArrayList<>();

  /// @throws InvalidInput when pixels or frames differ
  Mosaic(List<Reconstruction> parts) {
    this.parts = List.copyOf(parts);
    var first = parts.getFirst().object().grid();
    double top = Double.POSITIVE_INFINITY;
    double left = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (var part : parts) {
      refuseOthers(parts.getFirst(), part);
      var size = part.object().grid();
      top = Math.min(top, part.origin().y());
      left = Math.min(left, part.origin().x());
      bottom = Math.max(bottom, part.origin().y() + size.rows() * first.pixelY());
      right = Math.max(right, part.origin().x() + size.columns() * first.pixelX());
    }
    origin = new Reconstruction.Origin(top, left);
    grid =
        first.resized(
            (int) Math.ceil((bottom - top) / first.pixelY() + 0.5),
            (int) Math.ceil((right - left) / first.pixelX() + 0.5));
    parts.forEach(part -> tiles.add(tile(part)));
  }

  private static void refuseOthers(Reconstruction first, Reconstruction other) {
    var a = first.object().grid();
    var b = other.object().grid();
    // over ten thousand pixels a part in 10⁶ is a hundredth of a pixel
    boolean same =
        Math.abs(a.pixelY() / b.pixelY() - 1) < 1e-6
            && Math.abs(a.pixelX() / b.pixelX() - 1) < 1e-6
            && first.probe().grid().rows() == other.probe().grid().rows()
            && first.probe().grid().columns() == other.probe().grid().columns();
    if (!same) {
      throw new InvalidInput(
          "the results to stitch",
          "of different pixels or frames",
          "the same energy, distance and frame size for all",
          "crop or bin all frames alike");
    }
  }

  private Tile tile(Reconstruction part) {
    double row = (part.origin().y() - origin.y()) / grid.pixelY();
    double column = (part.origin().x() - origin.x()) / grid.pixelX();
    int top = (int) Math.round(row);
    int left = (int) Math.round(column);
    var object = part.object();
    if (Math.abs(row - top) > 1e-3 || Math.abs(column - left) > 1e-3) {
      object = Resampling.onto(object.grid(), object, top - row, left - column);
    }
    return new Tile(object, Illumination.of(part), Illumination.lit(part), top, left);
  }

  /// @param match false leaves phases, ramps and amplitudes as they are
  /// @throws InvalidInput when a tile overlaps with none of the others
  Reconstruction joined(boolean match) {
    var ties = new ArrayList<SeamTie>();
    for (int i = 0; i < tiles.size(); i++) {
      for (int j = i + 1; j < tiles.size(); j++) {
        SeamTie.between(i, tiles.get(i), j, tiles.get(j)).ifPresent(ties::add);
      }
    }
    double[][] planes = planes(ties);
    double before = largestStep(ties, tiles);
    var level = new ArrayList<Tile>();
    for (int i = 0; i < tiles.size(); i++) {
      level.add(match ? level(tiles.get(i), planes[i]) : tiles.get(i));
    }
    double after = largestStep(ties, level);
    var quality =
        Quality.NONE
            .withMetric("tiles", tiles.size())
            .withMetric("seamStepBefore", before)
            .withMetric("seamStep", after);
    var first = parts.getFirst();
    return new Reconstruction(
        sum(level),
        first.probe(),
        positions(),
        origin,
        first.geometry(),
        first.angle(),
        List.of(),
        quality,
        source());
  }

  private static double largestStep(List<SeamTie> ties, List<Tile> of) {
    double largest = 0;
    for (var tie : ties) {
      largest = Math.max(largest, SeamTie.step(of.get(tie.first()), of.get(tie.second())));
    }
    return largest;
  }

  /// φ_i, κ_i along rows and columns, ln A_i of each tile.
  private double[][] planes(List<SeamTie> ties) {
    double[][] rough = walked(ties);
    var phases = new LeastSquares(NUMBERS * tiles.size());
    var amplitudes = new LeastSquares(tiles.size());
    for (var tie : ties) {
      double y = tie.row() - grid.rows() / 2;
      double x = tie.column() - grid.columns() / 2;
      double expected = at(rough[tie.first()], y, x) - at(rough[tie.second()], y, x);
      double phase =
          tie.phase() + 2 * Math.PI * Math.rint((expected - tie.phase()) / (2 * Math.PI));
      phases.enter(tie.pixels(), phaseRow(tie, 1, y, x), phase); // (1)
      phases.enter(tie.pixels() * tie.spreadRows(), phaseRow(tie, 0, 1, 0), tie.rampRows());
      phases.enter(tie.pixels() * tie.spreadColumns(), phaseRow(tie, 0, 0, 1), tie.rampColumns());
      double[] ratio = new double[tiles.size()];
      ratio[tie.first()] = tie.first() == 0 ? 0 : 1;
      ratio[tie.second()] = -1;
      amplitudes.enter(tie.pixels(), ratio, tie.logRatio());
    }
    double[] solved = phases.solved();
    double[] logs = amplitudes.solved();
    double[][] planes = new double[tiles.size()][];
    for (int i = 0; i < planes.length; i++) {
      planes[i] =
          new double[] {
            solved[NUMBERS * i], solved[NUMBERS * i + 1], solved[NUMBERS * i + 2], logs[i]
          };
    }
    return planes;
  }

  private double[] phaseRow(SeamTie tie, double one, double y, double x) {
    double[] row = new double[NUMBERS * tiles.size()];
    int at = NUMBERS * tie.second();
    row[at] = -one;
    row[at + 1] = -y;
    row[at + 2] = -x;
    if (tie.first() != 0) { // the first tile rests
      at = NUMBERS * tie.first();
      row[at] = one;
      row[at + 1] = y;
      row[at + 2] = x;
    }
    return row;
  }

  private static double at(double[] plane, double y, double x) {
    return plane[0] + plane[1] * y + plane[2] * x;
  }

  /// From tile to tile along ties, the broadest first where there is a choice: good enough to know
  /// how many turns of 2π lie between any two.
  private double[][] walked(List<SeamTie> ties) {
    double[][] planes = new double[tiles.size()][NUMBERS];
    boolean[] known = new boolean[tiles.size()];
    known[0] = true;
    var sorted = new ArrayList<>(ties);
    sorted.sort((a, b) -> Integer.compare(b.pixels(), a.pixels()));
    var next = new ArrayDeque<Integer>(List.of(0));
    while (!next.isEmpty()) {
      int from = next.remove();
      for (var tie : sorted) {
        int to = tie.first() == from ? tie.second() : tie.second() == from ? tie.first() : from;
        if (!known[to]) {
          double sign = tie.first() == from ? -1 : 1; // g_first = g_second + tie
          double y = tie.row() - grid.rows() / 2;
          double x = tie.column() - grid.columns() / 2;
          planes[to][1] = planes[from][1] + sign * tie.rampRows();
          planes[to][2] = planes[from][2] + sign * tie.rampColumns();
          planes[to][0] =
              at(planes[from], y, x) + sign * tie.phase() - planes[to][1] * y - planes[to][2] * x;
          known[to] = true;
          next.add(to);
        }
      }
    }
    for (int i = 0; i < known.length; i++) {
      if (!known[i]) {
        throw new InvalidInput(
            "part " + (i + 1) + " of " + known.length,
            "without a well-lit overlap with the others",
            "at least 256 common pixels",
            "let neighbouring fields overlap by the width of the probe and more");
      }
    }
    return planes;
  }

  private Tile level(Tile tile, double[] plane) {
    var object = tile.object().copy();
    var size = object.grid();
    double shrink = Math.exp(-plane[NUMBERS]);
    for (int r = 0; r < size.rows(); r++) {
      for (int c = 0; c < size.columns(); c++) {
        double y = tile.row() + r - grid.rows() / 2;
        double x = tile.column() + c - grid.columns() / 2;
        double angle = -at(plane, y, x);
        double cos = shrink * Math.cos(angle);
        double sin = shrink * Math.sin(angle);
        double re = object.re(r, c);
        double im = object.im(r, c);
        object.set(r, c, (float) (re * cos - im * sin), (float) (re * sin + im * cos));
      }
    }
    return new Tile(object, tile.light(), tile.lit(), tile.row(), tile.column());
  }

  /// Where no tile is well lit all count, and where no light fell the object is 1.
  private ComplexField sum(List<Tile> of) {
    double[] re = new double[grid.size()];
    double[] im = new double[grid.size()];
    double[] weight = new double[grid.size()];
    for (boolean lit : new boolean[] {true, false}) {
      boolean[] done = new boolean[grid.size()];
      for (int i = 0; i < done.length; i++) {
        done[i] = weight[i] > 0;
      }
      for (var tile : of) {
        var size = tile.object().grid();
        for (int r = 0; r < size.rows(); r++) {
          for (int c = 0; c < size.columns(); c++) {
            int at = (tile.row() + r) * grid.columns() + tile.column() + c;
            double light = tile.light().at(r, c);
            if (!done[at] && light > 0 && tile.lit().at(r, c) == lit) {
              re[at] += light * tile.object().re(r, c);
              im[at] += light * tile.object().im(r, c);
              weight[at] += light;
            }
          }
        }
      }
    }
    var joined = new ComplexField(grid).setAll(1, 0);
    for (int i = 0; i < weight.length; i++) {
      if (weight[i] > 0) {
        joined.set(
            i / grid.columns(),
            i % grid.columns(),
            (float) (re[i] / weight[i]),
            (float) (im[i] / weight[i]));
      }
    }
    return joined;
  }

  private ScanPositions positions() {
    double[] y = new double[0];
    double[] x = new double[0];
    for (var part : parts) {
      int count = y.length;
      int more = part.positions().count();
      y = Arrays.copyOf(y, count + more);
      x = Arrays.copyOf(x, count + more);
      System.arraycopy(part.positions().y(), 0, y, count, more);
      System.arraycopy(part.positions().x(), 0, x, count, more);
    }
    return new ScanPositions(y, x);
  }

  private Source source() {
    var files = parts.stream().flatMap(part -> part.source().files().stream()).distinct().toList();
    var first = parts.getFirst().source();
    return new Source(files, first.steps(), first.notes())
        .withStep("stitched of " + parts.size() + " parts");
  }
}
