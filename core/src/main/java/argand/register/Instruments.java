package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;

/// The maps of a stack with their frequencies weighted by what the drift tells of a pattern there
/// ({@link DriftFilter}).
///
/// @param maps [k][pixel], without NaN
record Instruments(float[][] maps, SplineImage[] splines) {
  static Instruments of(Grid grid, float[][] maps, DriftFilter filter, Workers workers) {
    float[][] filtered = new float[maps.length][];
    var splines = new SplineImage[maps.length];
    for (int k = 0; k < maps.length; k++) {
      var map = filter.of(GapFill.of(new RealField(grid, maps[k])));
      filtered[k] = map.values();
      splines[k] = SplineImage.of(map, workers);
    }
    return new Instruments(filtered, splines);
  }

  SplineImage sum(double[] scale) {
    return SplineImage.sum(splines, scale);
  }
}
