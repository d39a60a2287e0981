package argand.ptycho;

import argand.array.ComplexField;
import argand.data.Reconstruction;
import argand.metric.Illumination;

/// The object of an earlier run as the first guess of another one, whose pixels are others: the
/// same
/// place of the sample keeps its transmission. Far-field pixels grow with the wavelength about the
/// middle of each frame, and that is where a position stands, so a place y of the sample is the row
///
///     (y − origin) / pixel + N/2
///
/// of either object. Pixels that were hardly lit fade to 1, as does all beyond the rim, in the
/// measure L/(L + max L/100) of the light L on them. Values between pixels by Lanczos' kernel.
final class CarriedObject {
  private static final double FAINT = 0.01;

  private CarriedObject() {}

  static ComplexField of(Reconstruction earlier, Windows windows) {
    var old = faded(earlier);
    var from = old.grid();
    var to = new ComplexField(windows.object());
    var grid = to.grid();
    var origin = windows.originOfPositions();
    int ofOld = earlier.probe().grid().rows() / 2;
    int ofOldRight = earlier.probe().grid().columns() / 2;
    int half = windows.frame().rows() / 2;
    int halfRight = windows.frame().columns() / 2;
    for (int r = 0; r < grid.rows(); r++) {
      double place = origin.y() + (r - half) * grid.pixelY() - earlier.origin().y();
      double y = place / from.pixelY() + ofOld;
      for (int c = 0; c < grid.columns(); c++) {
        double across = origin.x() + (c - halfRight) * grid.pixelX() - earlier.origin().x();
        double x = across / from.pixelX() + ofOldRight;
        if (inside(y, from.rows()) && inside(x, from.columns())) {
          MappedObject.sample(old, y, x, to, r, c);
        } else {
          to.set(r, c, 1, 0);
        }
      }
    }
    return to;
  }

  /// Makes a probe so much stronger that as much light leaves the object as the probe had.
  static void light(ComplexField probe, ComplexField object, Windows windows) {
    probe.scale(1 / Math.sqrt(transmission(object, probe, windows)));
  }

  /// What the object lets pass of a probe, Σ_j Σ|P O_j|² / (J Σ|P|²) on whole pixels.
  static double transmission(ComplexField object, ComplexField probe, Windows windows) {
    var frame = probe.grid();
    double passed = 0;
    for (int j = 0; j < windows.count(); j++) {
      for (int r = 0; r < frame.rows(); r++) {
        int at = (windows.row(j) + r) * object.pitch() + windows.column(j);
        int of = r * probe.pitch();
        for (int c = 0; c < frame.columns(); c++) {
          double a = object.re()[at + c];
          double b = object.im()[at + c];
          double x = probe.re()[of + c];
          double y = probe.im()[of + c];
          passed += (a * a + b * b) * (x * x + y * y);
        }
      }
    }
    return passed / (windows.count() * probe.power());
  }

  private static boolean inside(double at, int count) {
    return at >= 0 && at <= count - 1;
  }

  private static ComplexField faded(Reconstruction earlier) {
    var light = Illumination.of(earlier);
    double faint = FAINT * light.max();
    var object = earlier.object().copy();
    var grid = object.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double part = faint > 0 ? light.at(r, c) / (light.at(r, c) + faint) : 0;
        object.set(
            r, c, (float) (1 + part * (object.re(r, c) - 1)), (float) (part * object.im(r, c)));
      }
    }
    return object;
  }
}
