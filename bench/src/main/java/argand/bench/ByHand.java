package argand.bench;

import argand.array.Workers;
import argand.data.Reconstruction;
import argand.flow.Diverged;
import argand.flow.Maker.Made;
import argand.metric.Comparison;
import argand.ptycho.Auto;
import argand.ptycho.Chain;
import argand.ptycho.Chain.Leg;
import argand.ptycho.LsqMl;
import argand.ptycho.MaximumLikelihood;
import argand.ptycho.Positions;
import argand.ptycho.PtychoMethod;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What somebody who knows the sample would try: several methods and chains, each with what is true
/// of the measurement (modes, wrong positions), against the truth.
final class ByHand {
  private static final int FIRST = 10;

  private ByHand() {}

  /// @param nrmse not a number where the run ran away
  /// @param said verdict of the run
  record Found(double nrmse, String said) {}

  /// The methods by name.
  static Map<String, PtychoMethod> methods() {
    var methods = new LinkedHashMap<String, PtychoMethod>();
    methods.put("lsqMl", LsqMl.DEFAULT);
    methods.put("maximumLikelihood", MaximumLikelihood.DEFAULT);
    methods.put("lsqMl, maximumLikelihood", chain(LsqMl.DEFAULT));
    methods.put("rpie, maximumLikelihood", chain(Rpie.DEFAULT));
    return methods;
  }

  private static Chain chain(PtychoMethod first) {
    return new Chain(List.of(Leg.of(first, FIRST), Leg.last(MaximumLikelihood.DEFAULT)));
  }

  /// Each method with the true number of modes, and, where that is one, the best of them with
  /// three: what the detector's pixels average looks like modes.
  static Map<String, Ptychography> runs(int passes, int modes, boolean misplaced) {
    var runs = new LinkedHashMap<String, Ptychography>();
    methods().forEach((name, method) -> runs.put(name, run(method, passes, modes, misplaced)));
    if (modes == 1) {
      runs.put("maximumLikelihood, 3 modes", run(MaximumLikelihood.DEFAULT, passes, 3, misplaced));
      runs.put(
          "lsqMl, maximumLikelihood, 3 modes", run(chain(LsqMl.DEFAULT), passes, 3, misplaced));
    }
    return runs;
  }

  private static Ptychography run(PtychoMethod method, int passes, int modes, boolean misplaced) {
    var run = Ptychography.of(method, passes).withModes(modes);
    return misplaced ? run.refining(Positions.DEFAULT) : run;
  }

  /// Nothing but the measurement.
  static Ptychography auto(int passes) {
    return Ptychography.of(new Auto(), passes);
  }

  static Found of(Ptychography run, Made made, Workers workers) {
    Reconstruction result;
    try {
      result = run.apply(made.scan(), new Timekeeper(workers));
    } catch (Diverged ranAway) {
      return new Found(Double.NaN, String.valueOf(ranAway.getMessage()));
    }
    double nrmse =
        Comparison.between(result, made.truth()).metrics().getOrDefault("nrmse", Double.NaN);
    return new Found(nrmse, String.join(" ", result.quality().verdict()));
  }
}
