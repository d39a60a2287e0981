package argand.physics;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;

/// An annular pupil with aberrations, and the wave it focuses: the way from a lens to the sample
/// plane that every lens of this package shares.
///
/// The pupil is described in spatial frequencies q [1/m] of the sample plane; a ray of angle α to
/// the axis has q = sin α/λ. The wave is P(x) = ∫ A(q) exp(iφ(q)) exp(+2πi q·x) dq over
/// inner ≤ |q| ≤ outer, edges weighted by the share of each frequency pixel that they leave open.
///
/// @param outer largest spatial frequency let through [1/m], NA/λ
/// @param inner largest spatial frequency stopped in the middle [1/m]; 0 for no stop
record Pupil(double outer, double inner) {
  /// The aberrations: the phase φ [rad] that the pupil adds at spatial frequency (qy, qx) [1/m].
  interface Phase {
    double at(double qy, double qx);
  }

  /// How much of the amplitude the pupil lets through at spatial frequency (qy, qx) [1/m].
  interface Weight {
    double at(double qy, double qx);
  }

  /// The focused wave of a pupil that is evenly lit.
  ComplexField focus(String name, Grid sample, Phase phase, String remedy) {
    return focus(name, sample, phase, (qy, qx) -> 1, remedy);
  }

  /// The focused wave, Σ|P|² = 1.
  ///
  /// Two sampling rules are checked. The pupil must lie inside the band of the grid,
  /// outer ≤ 1/(2Δ). And the rays must meet the grid: a ray lands at x = −∇φ/2π, so the phase may
  /// change by at most π from one frequency pixel to the next; one Airy radius 0.61/outer is kept
  /// free beyond the outermost ray.
  ///
  /// @param name of the optics, for complaints
  /// @param remedy what to change when the wave is larger than the grid
  ComplexField focus(String name, Grid sample, Phase phase, Weight weight, String remedy) {
    double band = 0.5 / Math.max(sample.pixelY(), sample.pixelX());
    if (outer > band) {
      throw new InvalidInput(
          name + ": resolution (half period 1/(2 q))",
          Metres.text(0.5 / outer),
          "at least the sample pixel, "
              + Metres.text(Math.max(sample.pixelY(), sample.pixelX()))
              + ", or the beam misses the detector",
          "move the detector nearer, or use more of its pixels");
    }
    checkFits(name, sample, phase, remedy);

    var wave = new ComplexField(sample);
    double dy = sample.frequencyY();
    double dx = sample.frequencyX();
    for (int r = 0; r < sample.rows(); r++) {
      double qy = (r - sample.rows() / 2) * dy;
      for (int c = 0; c < sample.columns(); c++) {
        double qx = (c - sample.columns() / 2) * dx;
        double open = open(Math.hypot(qy, qx), 0.5 * (dy + dx));
        if (open > 0) {
          double angle = phase.at(qy, qx);
          open *= weight.at(qy, qx);
          wave.set(r, c, (float) (open * Math.cos(angle)), (float) (open * Math.sin(angle)));
        }
      }
    }
    new Fft2(sample.rows(), sample.columns()).inverse(wave);
    return wave.scale(1 / Math.sqrt(wave.power()));
  }

  /// Share of a frequency pixel of this width at radius q that is open.
  private double open(double q, double width) {
    double within = Math.clamp(0.5 + (outer - q) / width, 0, 1);
    double stopped = inner > 0 ? Math.clamp(0.5 + (inner - q) / width, 0, 1) : 0;
    return within - stopped;
  }

  private void checkFits(String name, Grid sample, Phase phase, String remedy) {
    double step = 1e-3 * outer;
    double reachY = 0;
    double reachX = 0;
    for (int k = 0; k < 360; k++) {
      double qy = outer * Math.sin(Math.toRadians(k));
      double qx = outer * Math.cos(Math.toRadians(k));
      double slopeY = (phase.at(qy + step, qx) - phase.at(qy - step, qx)) / (2 * step);
      double slopeX = (phase.at(qy, qx + step) - phase.at(qy, qx - step)) / (2 * step);
      reachY = Math.max(reachY, Math.abs(slopeY) / (2 * Math.PI));
      reachX = Math.max(reachX, Math.abs(slopeX) / (2 * Math.PI));
    }
    double airy = 0.61 / outer;
    double height = 2 * (reachY + airy);
    double width = 2 * (reachX + airy);
    if (height > sample.rows() * sample.pixelY() || width > sample.columns() * sample.pixelX()) {
      throw new InvalidInput(
          name + ": width of the beam at the sample",
          Metres.text(Math.max(height, width)),
          "at most the field of one frame, "
              + Metres.text(
                  Math.min(sample.rows() * sample.pixelY(), sample.columns() * sample.pixelX())),
          remedy);
    }
  }
}
