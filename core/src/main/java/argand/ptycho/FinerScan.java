package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;

/// A scan as a detector of finer pixels would have seen it, the counts of each pixel spread evenly:
/// what a start probe is made from where waves are wider than frames.
final class FinerScan {
  private FinerScan() {}

  /// The same detector with b × b pixels in place of each.
  static Geometry of(Geometry geometry, int finer) {
    if (finer == 1) {
      return geometry;
    }
    if (geometry.regime() == Regime.NEAR_FIELD) {
      throw new InvalidInput(
          "upsampling",
          finer + " in the near field",
          "1: there a wave is as wide as the detector, whatever its pixels",
          "leave upsampling out");
    }
    var grid = geometry.detector();
    return geometry.withDetector(
        new Grid(
            finer * grid.rows(),
            finer * grid.columns(),
            grid.pixelY() / finer,
            grid.pixelX() / finer));
  }

  static DiffractionScan of(DiffractionScan scan, int finer) {
    if (finer == 1) {
      return scan;
    }
    var geometry = of(scan.geometry(), finer);
    return new DiffractionScan(
        geometry,
        scan.positions(),
        spread(scan.frames(), geometry.detector(), finer),
        scan.mask().map(mask -> spread(mask, geometry.detector(), finer)),
        scan.probe().map(probe -> widened(probe, geometry.sample())),
        scan.source());
  }

  private static Frames spread(Frames coarse, Grid grid, int finer) {
    return new Frames() {
      @Override
      public int count() {
        return coarse.count();
      }

      @Override
      public Grid grid() {
        return grid;
      }

      @Override
      public void read(int index, RealField into) {
        var frame = new RealField(coarse.grid());
        coarse.read(index, frame);
        for (int r = 0; r < grid.rows(); r++) {
          for (int c = 0; c < grid.columns(); c++) {
            into.set(r, c, frame.at(r / finer, c / finer) / (finer * finer));
          }
        }
      }
    };
  }

  private static Mask spread(Mask coarse, Grid grid, int finer) {
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = coarse.at(i / grid.columns() / finer, i % grid.columns() / finer);
    }
    return new Mask(grid, good);
  }

  /// The probe in the middle of a wider frame; one that is that wide already as it is.
  private static Probe widened(Probe probe, Grid grid) {
    if (probe.grid().rows() == grid.rows() && probe.grid().columns() == grid.columns()) {
      return probe;
    }
    return new Probe(
        probe.modes().stream()
            .map(
                mode -> {
                  var wide = new ComplexField(grid);
                  int top = grid.rows() / 2 - mode.grid().rows() / 2;
                  int left = grid.columns() / 2 - mode.grid().columns() / 2;
                  for (int r = 0; r < mode.grid().rows(); r++) {
                    for (int c = 0; c < mode.grid().columns(); c++) {
                      wide.set(top + r, left + c, mode.re(r, c), mode.im(r, c));
                    }
                  }
                  return wide;
                })
            .toList());
  }
}
