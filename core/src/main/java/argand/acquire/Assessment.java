package argand.acquire;

import argand.array.Check;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.StructuredScan;
import argand.flow.Unheard;
import argand.flow.Watch;
import argand.singlepixel.PatternAnalysis;
import argand.singlepixel.PlainVariation;
import argand.singlepixel.ReconstructPatterns;
import argand.singlepixel.SensingOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Looks at a measurement while it goes on: maps of some windows of energy after every so many
/// patterns, and how well the maps before had told what the patterns since then gave.
///
/// The measurement may stop once two looks in a row were surprised by less than `surprise` in every
/// window. What noise hides counts as surprise, so that few photons mean more patterns; changes of
/// the maps themselves would be a worse sign, since their regularisation is chosen anew each time.
///
/// @param windows of the lines to be looked at
/// @param every so many patterns
/// @param surprise rms of what was told wrong over the rms variation of the signal, below which
///     further patterns say nothing new; 0 never stops
public record Assessment(List<Window> windows, int every, double surprise) {
  /// Target pixels of the mean dependence.
  private static final int TARGETS = 50;

  /// @param name of the element
  /// @param fromEv and toEv bounds [eV]
  public record Window(String name, double fromEv, double toEv) {}

  /// What was seen.
  ///
  /// @param patterns so many were looked at
  /// @param dependence mean |correlation| of pixels over these patterns
  /// @param maps one for each window
  /// @param surprise in each window since the look before; empty for the first
  record Look(int patterns, double dependence, List<RealField> maps, List<Double> surprise) {
    boolean settled(double below) {
      return !surprise.isEmpty() && surprise.stream().allMatch(s -> s < below);
    }

    String line(List<Window> windows) {
      var text =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%d patterns, mean |correlation| of pixels %.3f",
                  patterns,
                  dependence));
      for (int w = 0; w < surprise.size(); w++) {
        text.append(
            String.format(
                Locale.ROOT,
                ", %s told wrong by %.1f %% of its variation",
                windows.get(w).name(),
                100 * surprise.get(w)));
      }
      return text.toString();
    }
  }

  public Assessment {
    windows = List.copyOf(windows);
    Check.atLeast("windows", windows.size(), 1);
    Check.atLeast("every", every, 4);
    Check.within("surprise", surprise, 0, 10, "");
  }

  /// @param before the look before, or nothing
  Look look(AcquiredScan acquired, Optional<Look> before, Watch watch) {
    List<BucketSignal> signals =
        windows.stream().map(w -> acquired.window(w.name(), w.fromEv(), w.toEv())).toList();
    var scan = acquired.scan().withSignals(signals);
    var found =
        new ReconstructPatterns(new PlainVariation(100, 1e-4, 0), 1)
            .apply(scan, new Unheard(watch))
            .findings();
    var maps = windows.stream().map(w -> found.map(w.name()).orElseThrow().values()).toList();
    double dependence = new PatternAnalysis(scan.patterns()).pixelDependence(scan.count(), TARGETS);
    return new Look(
        scan.count(),
        dependence,
        maps,
        before.map(last -> surprise(scan, last, watch.workers())).orElse(List.of()));
  }

  private List<Double> surprise(StructuredScan scan, Look last, Workers workers) {
    var operator = SensingOperator.of(scan.patterns());
    var even = ReconstructPatterns.evenDose(scan);
    var surprise = new ArrayList<Double>();
    for (int w = 0; w < windows.size(); w++) {
      double[] told = operator.apply(last.maps().get(w).values(), workers);
      surprise.add(surprise(told, even.get(w).values(), last.patterns()));
    }
    return surprise;
  }

  /// @param known so many had been seen: they say what is counted beside the map
  private static double surprise(double[] told, double[] counted, int known) {
    double beside = 0;
    double mean = 0;
    for (int j = 0; j < counted.length; j++) {
      beside += j < known ? (counted[j] - told[j]) / known : 0;
      mean += counted[j] / counted.length;
    }
    double wrong = 0;
    double all = 0;
    for (int j = known; j < counted.length; j++) {
      wrong += Math.pow(counted[j] - told[j] - beside, 2);
      all += Math.pow(counted[j] - mean, 2);
    }
    return all > 0 ? Math.sqrt(wrong / all) : 0;
  }
}
