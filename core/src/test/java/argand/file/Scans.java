package argand.file;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Small measurements without meaning, for writing and reading back.
final class Scans {
  private Scans() {}

  /// Far field at 8 keV, pixels of 75 µm at 2 m: one view covers 4.13 µm; steps of 0.5 µm.
  static DiffractionScan far(int count, int rows, int columns) {
    return of(Geometry.farField(new Beam.XRays(8000), 2, Grid.square(rows, columns, 75e-6)), count);
  }

  static DiffractionScan of(Geometry geometry, int count) {
    var random = new SplittableRandom(3);
    Grid grid = geometry.detector();
    double[] y = new double[count];
    double[] x = new double[count];
    for (int j = 0; j < count; j++) {
      y[j] = 0.5e-6 * (j / 3) + 1e-8 * random.nextDouble();
      x[j] = 0.5e-6 * (j % 3) + 1e-8 * random.nextDouble();
    }
    var frames =
        IntStream.range(0, count)
            .mapToObj(
                j -> {
                  var frame = new RealField(grid);
                  for (int i = 0; i < grid.size(); i++) {
                    frame.values()[i] = random.nextInt(1000);
                  }
                  return frame;
                })
            .toList();
    return new DiffractionScan(
        geometry,
        new ScanPositions(y, x),
        Frames.of(frames),
        Optional.empty(),
        Optional.of(
            new Probe(List.of(field(geometry.sample(), random), field(geometry.sample(), random)))),
        Source.NONE.withNote("made for a test"));
  }

  static ComplexField field(Grid grid, SplittableRandom random) {
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        field.set(r, c, (float) random.nextDouble(), (float) random.nextDouble() - 0.5f);
      }
    }
    return field;
  }
}
