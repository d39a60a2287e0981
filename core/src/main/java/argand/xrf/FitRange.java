package argand.xrf;

import argand.array.InvalidInput;
import argand.data.EnergyCalibration;
import java.util.List;
import java.util.Locale;

/// The channels of a fit.
record FitRange(int first, int channels) {
  private static final double LEAST_EV = 500;
  private static final double WIDTHS = 6;
  private static final double LEAST_SHARE = 0.2;
  private static final int FEWEST = 20;

  /// @param given two energies, or none: from below the softest line to above the hardest
  /// @throws InvalidInput where a group has its lines outside
  static FitRange of(
      List<Double> given,
      List<LinePattern> patterns,
      EnergyCalibration calibration,
      int channels,
      PeakShape shape,
      double pairEv) {
    double from;
    double to;
    if (given.isEmpty()) {
      double least = patterns.stream().mapToDouble(LinePattern::leastEv).min().orElse(LEAST_EV);
      double most = patterns.stream().mapToDouble(LinePattern::mostEv).max().orElse(0);
      from = Math.max(LEAST_EV, least - WIDTHS * shape.fwhmEv(least, pairEv));
      to = most + WIDTHS * shape.fwhmEv(most, pairEv);
    } else {
      if (given.size() != 2 || !(given.get(0) < given.get(1))) {
        throw new InvalidInput("range", given, "two rising energies", "range: [1 keV, 17 keV]");
      }
      from = given.get(0);
      to = given.get(1);
    }
    int first = (int) Math.clamp(Math.rint(calibration.channel(from)), 0, channels - 1);
    int last = (int) Math.clamp(Math.rint(calibration.channel(to)), 0, channels - 1);
    double least = calibration.energyEv(first);
    double most = calibration.energyEv(last);
    for (var pattern : patterns) {
      if (pattern.within(least, most) < LEAST_SHARE) {
        throw new InvalidInput(
            "the line group",
            String.format(Locale.ROOT, "%s at %.0f eV", pattern.group().name(), pattern.mainEv()),
            String.format(Locale.ROOT, "lines inside of the spectrum, %.0f … %.0f eV", least, most),
            "leave it out, or widen the range");
      }
    }
    if (last - first + 1 < FEWEST) {
      throw new InvalidInput(
          "range", (last - first + 1) + " channels", "at least " + FEWEST, "widen the range");
    }
    return new FitRange(first, last - first + 1);
  }
}
