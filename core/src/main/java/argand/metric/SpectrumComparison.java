package argand.metric;

import argand.data.EnergyStack;
import argand.data.Quality;

/// Spectra that were found in a stack against those of the same name and energies in the truth.
final class SpectrumComparison {
  private SpectrumComparison() {}

  /// Spectra of the same names and energies.
  static Quality of(Quality before, EnergyStack found, EnergyStack truth) {
    var quality = before;
    for (var known : truth.findings().spectra()) {
      var own =
          found.findings().spectra().stream()
              .filter(s -> s.name().equals(known.name()))
              .findFirst();
      if (own.isEmpty() || own.get().energyEv().length != known.energyEv().length) {
        continue;
      }
      double[] a = own.get().values();
      double[] b = known.values();
      int top = strongest(b);
      double square = 0;
      for (int e = 0; e < a.length; e++) {
        square += (a[e] - b[e]) * (a[e] - b[e]) / a.length;
      }
      String name = StackComparison.camel(known.name());
      quality =
          quality
              .withMetric(name + "Rms", Math.sqrt(square) / Math.abs(b[top]))
              .withMetric(
                  name + "PeakShiftEv", own.get().energyEv()[strongest(a)] - known.energyEv()[top]);
    }
    return quality;
  }

  private static int strongest(double[] values) {
    int top = 0;
    for (int e = 1; e < values.length; e++) {
      top = Math.abs(values[e]) > Math.abs(values[top]) ? e : top;
    }
    return top;
  }
}
