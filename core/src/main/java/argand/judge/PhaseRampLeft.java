package argand.judge;

import argand.array.ComplexField;
import argand.data.Reconstruction;
import argand.metric.Illumination;
import argand.metric.Rectangle;
import argand.register.SpectrumPeak;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// A linear ramp of the phase that the object kept. No measurement fixes it: the probe may carry it
/// instead, as a beam that comes in at an angle. It is worth a word where it is steep, because
/// whoever compares phases must take it off.
///
/// @param rows turns of the phase over the side of a frame, down: the detector pixels by which
///     diffraction of the object is off the middle
/// @param columns the same to the right
record PhaseRampLeft(double rows, double columns) {
  /// Detector pixels.
  private static final double STEEP = 1.5;

  static PhaseRampLeft of(Reconstruction result) {
    var lit = Illumination.lit(result);
    if (lit.count() == 0) {
      return new PhaseRampLeft(0, 0);
    }
    var crop = Rectangle.around(lit);
    var object = crop.of(result.object());
    var where = crop.of(lit);
    var seen = new ComplexField(object.grid());
    for (int r = 0; r < object.grid().rows(); r++) {
      for (int c = 0; c < object.grid().columns(); c++) {
        if (where.at(r, c)) {
          seen.set(r, c, object.re(r, c), object.im(r, c));
        }
      }
    }
    var peak = SpectrumPeak.of(List.of(seen));
    var frame = result.probe().grid();
    return new PhaseRampLeft(
        peak.rows() * frame.rows() / object.grid().rows(),
        peak.columns() * frame.columns() / object.grid().columns());
  }

  private double length() {
    return Math.hypot(rows, columns);
  }

  void addTo(List<Finding> findings, SequencedMap<String, Double> metrics) {
    metrics.put("phaseRampPx", length());
    if (length() > STEEP) {
      findings.add(
          new Finding(
              Cause.PHASE_RAMP,
              String.format(
                  Locale.ROOT,
                  "The object keeps a phase ramp, as if its diffraction were centred %.1f detector"
                      + " pixels off the middle (%.1f down, %.1f to the right). Nothing measures"
                      + " whether it or the probe carries the ramp: take it off before phases are"
                      + " compared, or centre the frames and start again.",
                  length(),
                  rows,
                  columns)));
    }
  }
}
