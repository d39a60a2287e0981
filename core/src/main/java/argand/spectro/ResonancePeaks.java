package argand.spectro;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where phase and absorption of one edge have their extremes, which is how a phase spectrum is
/// read
/// beside the absorption that is easier to understand: the phase contrast of a resonance changes
/// its sign near the absorption peak and is largest below and above it.
///
/// The phase is taken against the line between its first and last value.
///
/// @param absorptionEv of the largest optical density
/// @param phaseEv of the smallest delay against the line
/// @param line that line [rad]
/// @param crossingsEv where the phase crosses it, between parts of more than a tenth of the largest
///     distance
record ResonancePeaks(double absorptionEv, double phaseEv, double[] line, double[] crossingsEv) {

  private static final double WIGGLE = 0.1;

  static ResonancePeaks of(double[] ev, double[] density, double[] phase) {
    int last = ev.length - 1;
    double[] line = new double[ev.length];
    double[] above = new double[ev.length];
    for (int i = 0; i <= last; i++) {
      double share = (ev[i] - ev[0]) / (ev[last] - ev[0]);
      line[i] = phase[0] + share * (phase[last] - phase[0]);
      above[i] = phase[i] - line[i];
    }
    double least = WIGGLE * Math.max(above[largest(above)], -above[smallest(above)]);
    double[] crossings = new double[last];
    int found = 0;
    int side = 0;
    double crossing = 0;
    for (int i = 1; i < last; i++) {
      if (i > 1 && above[i - 1] * above[i] < 0) {
        double share = above[i - 1] / (above[i - 1] - above[i]);
        crossing = ev[i - 1] + share * (ev[i] - ev[i - 1]);
      }
      if (Math.abs(above[i]) > least) {
        int now = above[i] > 0 ? 1 : -1;
        if (now == -side) {
          crossings[found++] = crossing;
        }
        side = now;
      }
    }
    return new ResonancePeaks(
        ev[largest(density)], ev[largest(above)], line, Arrays.copyOf(crossings, found));
  }

  private static int smallest(double[] y) {
    int best = 0;
    for (int i = 1; i < y.length; i++) {
      best = y[i] < y[best] ? i : best;
    }
    return best;
  }

  private static int largest(double[] y) {
    int best = 0;
    for (int i = 1; i < y.length; i++) {
      best = y[i] > y[best] ? i : best;
    }
    return best;
  }

  String words() {
    String crossings =
        Arrays.stream(crossingsEv)
            .mapToObj(e -> String.format(Locale.ROOT, "%.1f", e))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "absorption peaks at %.1f eV, the delay is least at %.1f eV%s",
        absorptionEv,
        phaseEv,
        crossings.isEmpty()
            ? ""
            : " and crosses the line between its ends at " + crossings + " eV");
  }
}
