package argand.judge;

import argand.data.Probe;
import argand.data.Reconstruction;
import argand.metric.Illumination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// What a result shows by itself: a residual that still falls, positions that still move, vortices
/// and a ramp of the phase, modes that mean nothing.
///
/// @param metrics `phaseVortices`, their number, and `phaseRampPx`: the detector pixels by which
/// the
///     object's diffraction is off the middle
record Remains(List<Finding> findings, SequencedMap<String, Double> metrics) {
  /// Part of the residual that the last tenth of the passes may take away.
  private static final double STILL_FALLING = 0.05;

  /// Modes whose powers differ by less than this part are one pair that can be turned at will.
  private static final double ALIKE = 0.02;

  private static final double NOTHING = 1e-3;

  /// Part of the median amplitude below which a pixel is dark, and its phase nothing.
  private static final double DARK = 0.3;

  private static final double MOST_VORTICES = 2e-4;

  /// Next step of the positions, rms [px], above which they have not settled.
  private static final double STILL_MOVING = 0.01;

  static Remains of(Reconstruction result) {
    var findings = new ArrayList<Finding>();
    var metrics = new LinkedHashMap<String, Double>();
    converged(result, findings);
    moving(result, findings);
    vortices(result, findings, metrics);
    PhaseRampLeft.of(result).addTo(findings, metrics);
    modes(result.probe(), findings);
    return new Remains(findings, metrics);
  }

  private static void moving(Reconstruction result, List<Finding> findings) {
    double step = result.quality().metrics().getOrDefault("positionNextStepPx", 0.0);
    if (step > STILL_MOVING) {
      findings.add(
          new Finding(
              Cause.POSITIONS_MOVING,
              String.format(
                  Locale.ROOT,
                  "The positions still move: the next step would be %.2g px rms, or more. Take more passes,"
                      + " or begin their refinement earlier.",
                  step)));
    }
  }

  private static void converged(Reconstruction result, List<Finding> findings) {
    var residuals = result.residuals();
    int last = residuals.size() - 1;
    if (last < 10) {
      return;
    }
    int tenth = Math.max(1, residuals.size() / 10);
    double before = residuals.get(last - tenth);
    double fall = (before - residuals.get(last)) / before;
    if (fall > STILL_FALLING) {
      findings.add(
          new Finding(
              Cause.NOT_CONVERGED,
              String.format(
                  Locale.ROOT,
                  "Not converged: the last %d passes still took %.1f %% off the residual. Take more"
                      + " passes.",
                  tenth,
                  100 * fall)));
    }
  }

  private static void vortices(
      Reconstruction result, List<Finding> findings, SequencedMap<String, Double> metrics) {
    var object = result.object();
    var grid = object.grid();
    boolean[] lit = Illumination.lit(result).good();
    var amplitude = object.amplitude();
    double level = DARK * median(amplitude.values(), lit);
    int columns = grid.columns();
    int asked = 0;
    int vortices = 0;
    for (int r = 0; r + 1 < grid.rows(); r++) {
      for (int c = 0; c + 1 < columns; c++) {
        int[] loop = {
          r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1, (r + 1) * columns + c
        };
        boolean bright = true;
        for (int i : loop) {
          bright &= lit[i] && amplitude.values()[i] > level;
        }
        if (bright) {
          asked++;
          double winding = 0;
          for (int k = 0; k < 4; k++) {
            winding += step(result, loop[k], loop[(k + 1) % 4]);
          }
          vortices += Math.abs(winding) > Math.PI ? 1 : 0;
        }
      }
    }
    metrics.put("phaseVortices", (double) vortices);
    if (vortices > 2 && vortices > MOST_VORTICES * asked) {
      findings.add(
          new Finding(
              Cause.PHASE_VORTICES,
              String.format(
                  Locale.ROOT,
                  "The phase winds about %d points where the object is not dark: a reconstruction"
                      + " caught in a false minimum. Try another seed, differenceMap first, or a"
                      + " better start probe.",
                  vortices)));
    }
  }

  /// Phase of b·a*.
  private static double step(Reconstruction result, int from, int to) {
    var object = result.object();
    int columns = object.grid().columns();
    double a = object.re(from / columns, from % columns);
    double b = object.im(from / columns, from % columns);
    double c = object.re(to / columns, to % columns);
    double d = object.im(to / columns, to % columns);
    return Math.atan2(a * d - b * c, a * c + b * d);
  }

  private static double median(float[] values, boolean[] where) {
    double[] chosen = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (where[i]) {
        chosen[count++] = values[i];
      }
    }
    java.util.Arrays.sort(chosen, 0, count);
    return count == 0 ? 0 : chosen[count / 2];
  }

  private static void modes(Probe probe, List<Finding> findings) {
    double all = probe.power();
    int count = probe.modes().size();
    for (int m = 1; m < count; m++) {
      double share = probe.modes().get(m).power() / all;
      double before = probe.modes().get(m - 1).power() / all;
      if (share < NOTHING) {
        findings.add(
            new Finding(
                Cause.MODES_DEGENERATE,
                String.format(
                    Locale.ROOT,
                    "Mode %d of the probe holds %.2g of the power: fewer modes would do.",
                    m + 1,
                    share)));
        return;
      }
      if (before - share < ALIKE * before) {
        findings.add(
            new Finding(
                Cause.MODES_DEGENERATE,
                String.format(
                    Locale.ROOT,
                    "Modes %d and %d of the probe have the same power: each by itself means"
                        + " nothing, only both together.",
                    m,
                    m + 1)));
        return;
      }
    }
  }
}
