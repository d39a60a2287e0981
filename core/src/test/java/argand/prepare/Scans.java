package argand.prepare;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Small scans for the tests of this package.
final class Scans {
  private Scans() {}

  /// Three frames; the value of pixel (r, c) of frame j is 10000 j + 100 r + c.
  static DiffractionScan numbered(Regime regime, int rows, int columns) {
    var grid = new Grid(rows, columns, 75e-6, 55e-6);
    var frames = new ArrayList<RealField>();
    for (int j = 0; j < 3; j++) {
      var frame = new RealField(grid);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          frame.set(r, c, 10_000 * j + 100 * r + c);
        }
      }
      frames.add(frame);
    }
    return of(regime, frames);
  }

  static DiffractionScan of(Regime regime, List<RealField> frames) {
    var geometry =
        new Geometry(
            new Beam.XRays(8000),
            1,
            frames.getFirst().grid(),
            regime,
            regime == Regime.NEAR_FIELD ? 5e-3 : Double.POSITIVE_INFINITY);
    double[] y = new double[frames.size()];
    double[] x = new double[frames.size()];
    for (int j = 0; j < y.length; j++) {
      x[j] = j * 1e-7;
    }
    return new DiffractionScan(
        geometry,
        new ScanPositions(y, x),
        Frames.of(frames),
        Optional.empty(),
        Optional.empty(),
        Source.file("test"));
  }

  static DiffractionScan with(DiffractionScan scan, Mask mask) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        Optional.of(mask),
        scan.probe(),
        scan.source());
  }

  /// A smooth blob of seven pixels' width with a slanted phase, in the middle of the sample grid.
  static DiffractionScan withProbe(DiffractionScan scan) {
    var grid = scan.geometry().sample();
    var mode = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = r - grid.rows() / 2;
        double x = c - grid.columns() / 2;
        double amplitude = Math.exp(-(y * y + x * x) / 50);
        double phase = 0.1 * y - 0.05 * x;
        mode.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        Optional.of(Probe.of(mode)),
        scan.source());
  }

  static RealField read(DiffractionScan scan, int index) {
    var frame = new RealField(scan.frames().grid());
    // a reader must write every pixel
    java.util.Arrays.fill(frame.values(), Float.NaN);
    scan.frames().read(index, frame);
    return frame;
  }
}
