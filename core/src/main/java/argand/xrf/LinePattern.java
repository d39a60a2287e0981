package argand.xrf;

import argand.array.InvalidInput;
import argand.physics.FluorescenceLines;
import argand.physics.FluorescenceLines.Line;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// One group of lines as the detector sees it: energies of its peaks and their shares.
///
/// @param energyEv of the full-energy peaks, then of the escape peaks [eV]
/// @param share of the counts in all full-energy peaks; those of the escape peaks come on top
/// @param full how many are full-energy peaks
/// @param sensitivity photons counted in the full-energy peaks per exciting photon, for each mass
///     of the element in a unit area, and all directions [m²/kg]; NaN where the exciting energy is
///     not known
record LinePattern(
    LineGroup group, double[] energyEv, double[] share, int full, double sensitivity) {
  /// Peaks closer than this are one [eV]: far less than any width.
  private static final double TOGETHER_EV = 8;

  private static final double LEAST_SHARE = 1e-4;

  /// @param sample what the lines leave; empty for one too thin to absorb
  static LinePattern of(
      LineGroup group,
      OptionalDouble incidentEv,
      EnergyDetector detector,
      Optional<SampleLayer> sample) {
    List<Line> lines =
        incidentEv.isPresent()
            ? FluorescenceLines.of(group, incidentEv.getAsDouble())
            : FluorescenceLines.perVacancy(group);
    if (lines.isEmpty()) {
      double edge = FluorescenceLines.edgeEv(group);
      throw new InvalidInput(
          "the line group",
          group.name(),
          Double.isNaN(edge)
              ? "lines that the element has"
              : String.format(
                  Locale.ROOT,
                  "lines that the beam of %.0f eV can excite: its edge lies at %.0f eV",
                  incidentEv.orElse(Double.NaN),
                  edge),
          "");
    }
    var seen = new ArrayList<Line>();
    double factors = 0;
    double bare = 0;
    for (var line : lines) {
      double factor = detector.efficiency(line.energyEv());
      if (sample.isPresent() && incidentEv.isPresent()) {
        factor *= sample.get().factor(incidentEv.getAsDouble(), line.energyEv());
      }
      factors += factor * line.crossSection();
      bare += line.crossSection();
      seen.add(new Line(line.energyEv(), factor * line.crossSection()));
    }
    if (!(factors > 1e-12 * bare)) {
      throw new InvalidInput(
          "the line group",
          group.name(),
          "lines of which something passes the layers before the detector",
          "");
    }
    double sum = factors;
    var peaks =
        merged(seen.stream().map(l -> new Line(l.energyEv(), l.crossSection() / sum)).toList());
    return assembled(group, peaks, detector, incidentEv.isPresent() ? sum : Double.NaN);
  }

  /// One peak at this energy, for the scattered beam.
  static LinePattern single(LineGroup group, double energyEv, EnergyDetector detector) {
    return assembled(group, List.of(new Line(energyEv, 1)), detector, Double.NaN);
  }

  private static LinePattern assembled(
      LineGroup group, List<Line> peaks, EnergyDetector detector, double sensitivity) {
    var escapes = new ArrayList<Line>();
    double escaped = 0;
    if (detector.escape()) {
      for (var peak : peaks) {
        for (var escape : detector.element().escapes(peak.energyEv())) {
          escapes.add(new Line(escape.energyEv(), escape.crossSection() * peak.crossSection()));
          escaped += escape.crossSection() * peak.crossSection();
        }
      }
    }
    var all = new ArrayList<>(peaks);
    all.addAll(merged(escapes));
    double[] energy = all.stream().mapToDouble(Line::energyEv).toArray();
    double[] share = all.stream().mapToDouble(Line::crossSection).toArray();
    return new LinePattern(group, energy, share, peaks.size(), sensitivity / (1 + escaped));
  }

  /// Neighbours put together, those without weight left out; shares keep their sum.
  private static List<Line> merged(List<Line> lines) {
    var sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparingDouble(Line::energyEv));
    var merged = new ArrayList<Line>();
    for (var line : sorted) {
      var last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && line.energyEv() - last.energyEv() < TOGETHER_EV) {
        double both = last.crossSection() + line.crossSection();
        double energy =
            (last.energyEv() * last.crossSection() + line.energyEv() * line.crossSection()) / both;
        merged.set(merged.size() - 1, new Line(energy, both));
      } else {
        merged.add(line);
      }
    }
    double all = merged.stream().mapToDouble(Line::crossSection).sum();
    merged.removeIf(line -> line.crossSection() < LEAST_SHARE * all);
    double kept = merged.stream().mapToDouble(Line::crossSection).sum();
    return merged.stream()
        .map(line -> new Line(line.energyEv(), line.crossSection() * all / kept))
        .toList();
  }

  double leastEv() {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < full; k++) {
      least = share[k] > 0.01 ? Math.min(least, energyEv[k]) : least;
    }
    return least;
  }

  double mostEv() {
    double most = 0;
    for (int k = 0; k < full; k++) {
      most = share[k] > 0.01 ? Math.max(most, energyEv[k]) : most;
    }
    return most;
  }

  /// The strongest peak [eV].
  double mainEv() {
    int best = 0;
    for (int k = 1; k < full; k++) {
      best = share[k] > share[best] ? k : best;
    }
    return energyEv[best];
  }

  /// Share of its counts that lies in a window.
  double within(double fromEv, double toEv) {
    double within = 0;
    for (int k = 0; k < full; k++) {
      within += energyEv[k] >= fromEv && energyEv[k] <= toEv ? share[k] : 0;
    }
    return within;
  }
}
