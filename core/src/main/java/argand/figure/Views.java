package argand.figure;

import argand.array.ComplexField;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Reconstruction;
import argand.figure.Pixels.Range;
import argand.metric.Illumination;
import argand.metric.Rectangle;
import argand.register.PhaseUnwrapping;
import argand.register.SpectrumPeak;
import java.util.List;

/// The panels of a reconstruction: the object cropped to what the scan has lit, and the probe.
///
/// The phase is shown without its constant and without the linear ramp that a ptychographic
/// measurement leaves open; the numbers in the result file keep both.
final class Views {
  private static final double UNIT = 1e6;

  private final Reconstruction result;
  private final Rectangle crop;
  private final Mask lit;
  private final ComplexField object;

  Views(Reconstruction result) {
    this.result = result;
    var whole = Illumination.lit(result);
    this.crop = whole.count() > 0 ? Rectangle.around(whole) : Rectangle.of(whole.grid());
    var cropped = crop.of(whole);
    this.lit = cropped.count() > 0 ? cropped : Mask.all(cropped.grid());
    this.object = levelled(crop.of(result.object()), lit);
  }

  Panel amplitude() {
    var amplitude = object.amplitude();
    return Panel.of(
        "Object, amplitude",
        amplitude,
        Range.of(amplitude, lit),
        ColorMap.GRAY,
        "amplitude, relative");
  }

  Panel phase() {
    return Panel.ofPhase("Object, phase", object.phase());
  }

  Panel unwrapped() {
    var phase = PhaseUnwrapping.of(object.phase(), lit);
    double mean = 0;
    for (int i = 0; i < phase.values().length; i++) {
      mean += lit.good()[i] ? phase.values()[i] : 0;
    }
    // Whole turns only, so that wrapped and unwrapped phase stay one quantity.
    float turns = (float) (2 * Math.PI * Math.rint(mean / lit.count() / (2 * Math.PI)));
    for (int i = 0; i < phase.values().length; i++) {
      phase.values()[i] -= turns;
    }
    return Panel.of(
        "Object, phase unwrapped", phase, Range.of(phase, lit), ColorMap.VIRIDIS, "phase [rad]");
  }

  /// Mode `index` of the probe.
  Panel probe(int index) {
    var mode = result.probe().modes().get(index);
    RealField modulus = mode.amplitude();
    double full = Math.max(modulus.max(), 1e-30);
    double share = mode.power() / Math.max(result.probe().power(), 1e-300);
    String title =
        result.probe().modes().size() == 1
            ? "Probe"
            : "Probe, mode " + (index + 1) + " (" + Quantities.plain(100 * share) + " %)";
    return Panel.of(title, bright(modulus, full).of(mode), full, "modulus");
  }

  /// A square with some room around what is brighter than a fiftieth of the brightest.
  private static Rectangle bright(RealField modulus, double full) {
    var grid = modulus.grid();
    boolean[] seen = new boolean[grid.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = modulus.values()[i] > full / 50;
    }
    var core = Rectangle.around(new Mask(grid, seen));
    int side = (int) (1.25 * Math.max(core.rows(), core.columns())) + 4;
    int rows = Math.min(side, grid.rows());
    int columns = Math.min(side, grid.columns());
    int row = core.row() + (core.rows() - rows) / 2;
    int column = core.column() + (core.columns() - columns) / 2;
    return new Rectangle(
        Math.clamp(row, 0, grid.rows() - rows),
        Math.clamp(column, 0, grid.columns() - columns),
        rows,
        columns);
  }

  /// Where the probe's middle stood, over the object's amplitude.
  Drawing positions() {
    return new ScanMap(result, crop, amplitude().pixels()).drawing();
  }

  /// Ramp taken off in the picture [rad/µm], rows and columns, for its caption.
  static double[] ramp(ComplexField field, Mask lit) {
    var peak = SpectrumPeak.of(List.of(only(field, lit)));
    var grid = field.grid();
    return new double[] {
      2 * Math.PI * peak.rows() * grid.frequencyY() / UNIT,
      2 * Math.PI * peak.columns() * grid.frequencyX() / UNIT
    };
  }

  private static ComplexField levelled(ComplexField field, Mask lit) {
    double[] ramp = ramp(field, lit);
    var grid = field.grid();
    double down = ramp[0] * UNIT * grid.pixelY();
    double right = ramp[1] * UNIT * grid.pixelX();
    var flat = new ComplexField(grid);
    double re = 0;
    double im = 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double angle = -down * r - right * c;
        double x = field.re(r, c) * Math.cos(angle) - field.im(r, c) * Math.sin(angle);
        double y = field.re(r, c) * Math.sin(angle) + field.im(r, c) * Math.cos(angle);
        flat.set(r, c, (float) x, (float) y);
        if (lit.at(r, c)) {
          re += x;
          im += y;
        }
      }
    }
    double norm = Math.hypot(re, im);
    return norm > 0 ? flat.scale(re / norm, -im / norm) : flat;
  }

  private static ComplexField only(ComplexField field, Mask lit) {
    var part = new ComplexField(field.grid());
    for (int r = 0; r < field.grid().rows(); r++) {
      for (int c = 0; c < field.grid().columns(); c++) {
        if (lit.at(r, c)) {
          part.set(r, c, field.re(r, c), field.im(r, c));
        }
      }
    }
    return part;
  }
}
