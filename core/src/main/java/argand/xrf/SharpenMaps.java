package argand.xrf;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.LineAreas;
import argand.data.LineAreas.Amount;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.flow.FileDoor;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.inverse.RichardsonLucy;
import argand.physics.LineGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Fluorescence maps that were measured in the same scan as ptychography, sharpened by the probe
/// that
/// it has found: what the detector counts at a position s is Σ_r |P(r)|² c(s + r), all modes
/// together.
/// c by {@link RichardsonLucy}, on the pixels of the map, over which |P|² is summed. Counts are
/// conserved; where steps are wider than the probe there is nothing to gain.
///
/// Positions mean the middle of the probe's image, so the sharpened maps lie on the ptychographic
/// image also where the probe does not stand in its middle. They carry no errors: those of
/// neighbours
/// are bound to each other.
public record SharpenMaps(
    @Param("result of ptychography whose probe it is") Path probe,
    @Param(value = "groups of lines; [] are all", byDefault = "[]") List<String> groups,
    @Param(value = "at most; fewer where the noise is reached before", byDefault = "200")
        int iterations)
    implements Step.One<LineAreas, LineAreas> {
  /// What lies beyond is left out of the spread.
  private static final double POWER = 0.999;

  private static final int MOST_REACH = 40;

  public SharpenMaps {
    groups = List.copyOf(groups);
    groups.forEach(LineGroup::of);
    Check.within("iterations", iterations, 1, 100_000, "");
  }

  @Override
  public Class<LineAreas> takes() {
    return LineAreas.class;
  }

  @Override
  public Class<LineAreas> gives() {
    return LineAreas.class;
  }

  @Override
  public LineAreas apply(LineAreas areas, Watch watch) {
    if (!(FileDoor.open().product(probe) instanceof Reconstruction found)) {
      throw new InvalidInput("probe", probe, "the result of ptychography", "");
    }
    return sharpened(areas, found.probe(), watch);
  }

  LineAreas sharpened(LineAreas areas, Probe light, Watch watch) {
    Grid grid =
        areas
            .grid()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the spectra", "of no map", "those of a scan in rows and columns", ""));
    int[] chosen =
        groups.isEmpty()
            ? IntStream.range(0, areas.groups().size()).toArray()
            : groups.stream().mapToInt(text -> areas.index(LineGroup.of(text))).toArray();
    int reach = reach(light, grid);
    double[] spread = spread(light, grid, reach);
    var method = new RichardsonLucy(spread, reach, grid.rows(), grid.columns());
    var amounts = new ArrayList<Amount>();
    var quality = areas.quality();
    for (int g : chosen) {
      double[] seen = new double[grid.size()];
      double[] variance = new double[grid.size()];
      for (int i = 0; i < seen.length; i++) {
        double area = areas.areas()[g][i];
        double sigma = areas.sigma()[g][i];
        seen[i] = Double.isFinite(area) ? Math.max(0, area) : 0;
        variance[i] = Double.isFinite(sigma) && sigma > 0 ? sigma * sigma : Math.max(1, seen[i]);
      }
      var sharp = method.sharpened(seen, variance, iterations);
      String name = areas.groups().get(g).name();
      amounts.add(new Amount(name, "sharpened", "counts", sharp.sharp(), Optional.empty()));
      String sentence =
          String.format(
              Locale.ROOT,
              "%s is sharpened by the probe in %d iterations; the misfit is %.2f of what noise"
                  + " explains.",
              name,
              sharp.iterations(),
              sharp.misfit());
      watch.tell(new Progress.Noted(sentence));
      quality =
          quality
              .withMetric("sharpenIterations." + name, sharp.iterations())
              .withMetric("sharpenMisfit." + name, sharp.misfit())
              .withVerdict(sentence);
    }
    return areas.withAmounts(amounts).withQuality(quality).withStep("sharpenMaps");
  }

  /// Pixels of the map that hold nearly all of the probe, from its grid's middle.
  private static int reach(Probe probe, Grid grid) {
    double power = probe.power();
    int widest =
        1
            + (int)
                Math.ceil(
                    Math.max(
                        probe.grid().rows() / 2 * probe.grid().pixelY() / grid.pixelY(),
                        probe.grid().columns() / 2 * probe.grid().pixelX() / grid.pixelX()));
    for (int reach = 0; reach < Math.min(widest, MOST_REACH); reach++) {
      double inside = 0;
      for (double one : summed(probe, grid, reach)) {
        inside += one;
      }
      if (inside >= POWER * power) {
        return reach;
      }
    }
    return Math.min(widest, MOST_REACH);
  }

  private static double[] spread(Probe probe, Grid grid, int reach) {
    double[] spread = summed(probe, grid, reach);
    double sum = 0;
    for (double one : spread) {
      sum += one;
    }
    for (int i = 0; i < spread.length; i++) {
      spread[i] /= sum;
    }
    return spread;
  }

  /// |P|² of all modes over the pixels of the map around the middle of the probe's grid; each pixel
  /// of the probe is split into 3 × 3 points, since one may lie over two of the map.
  private static double[] summed(Probe probe, Grid grid, int reach) {
    int side = 2 * reach + 1;
    double[] sum = new double[side * side];
    Grid own = probe.grid();
    for (var mode : probe.modes()) {
      for (int r = 0; r < own.rows(); r++) {
        for (int c = 0; c < own.columns(); c++) {
          double re = mode.re(r, c);
          double im = mode.im(r, c);
          double power = (re * re + im * im) / 9;
          for (int k = 0; k < 9; k++) {
            double y = (r - own.rows() / 2 + (k / 3 - 1) / 3.0) * own.pixelY() / grid.pixelY();
            double x = (c - own.columns() / 2 + (k % 3 - 1) / 3.0) * own.pixelX() / grid.pixelX();
            long row = Math.round(y) + reach;
            long column = Math.round(x) + reach;
            if (row >= 0 && row < side && column >= 0 && column < side) {
              sum[(int) (row * side + column)] += power;
            }
          }
        }
      }
    }
    return sum;
  }
}
