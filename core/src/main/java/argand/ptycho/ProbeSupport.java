package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;

/// Where on the sample the probe may be: P ← 0 farther than `radius` from the centre of the frame.
public record ProbeSupport(@Param(value = "of the disc", unit = "m") double radius) {
  public ProbeSupport {
    Check.within("radius", radius, 1e-12, 1, "m");
  }

  void project(ComplexField probe) {
    var grid = probe.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = (r - grid.rows() / 2) * grid.pixelY();
        double x = (c - grid.columns() / 2) * grid.pixelX();
        if (y * y + x * x > radius * radius) {
          probe.set(r, c, 0, 0);
        }
      }
    }
  }
}
