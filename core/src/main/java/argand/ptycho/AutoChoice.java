package argand.ptycho;

import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.flow.Diverged;
import argand.flow.Watch;
import argand.judge.Strip;
import argand.physics.Geometry.Regime;
import argand.ptycho.Chain.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What {@link Auto} chose.
///
/// @param run what is to be run
/// @param start the start probe that was found better than the given one
/// @param withheld Poisson deviance of the withheld pixels ÷ shot noise, of the short run with
///     these choices
/// @param sentence what was chosen and why
record AutoChoice(Ptychography run, Optional<Probe> start, double withheld, String sentence) {
  /// Modes that are tried.
  static final int MODES = 3;

  private static final int MOST_VIEWS = 200;
  private static final int PASSES = 25;
  private static final int WARM_UP = 12;
  private static final int FIRST = 10;
  private static final int ROUNDS = 2;

  /// Deviance ÷ shot noise beyond which other starts are worth a trial.
  private static final double BADLY = 1.5;

  static AutoChoice of(Ptychography asked, DiffractionScan scan, Watch watch) {
    var part = Strip.of(scan, MOST_VIEWS);
    var silent = new Unheard(watch);
    var workers = watch.workers();
    var reasons = new ArrayList<String>();
    var chosen = asked.judged(false).by(MaximumLikelihood.DEFAULT, PASSES);
    var best = WithheldFit.of(chosen, part, Optional.empty(), silent, workers);

    Optional<Probe> start = Optional.empty();
    for (var begin : starts(chosen, part, best, silent)) {
      var fit = WithheldFit.of(chosen, part, Optional.of(begin.probe), silent, workers);
      if (fit.beats(best)) {
        reasons.add(begin.name + " to begin with " + fit.against(best));
        start = Optional.of(begin.probe);
        best = fit;
      }
    }
    var candidates = new ArrayList<Candidate>();
    candidates.add(refining(Positions.DEFAULT, "positions"));
    candidates.add(
        new Candidate(
            run -> run.modes() < MODES ? run.withModes(MODES) : run,
            MODES + " probe modes",
            "no further probe modes"));
    candidates.add(refining(new BeamIntensity(5, 2), "the beam's intensity"));
    candidates.add(
        new Candidate(
            run -> run.by(quickFirst(PASSES), PASSES), "rPIE first", "maximum likelihood at once"));
    // what one of them hid another may show, so those that were refused before a change are asked
    // again
    var left = List.copyOf(candidates);
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      var refused = new ArrayList<Candidate>();
      int again = 0;
      for (var candidate : left) {
        var more = candidate.change.apply(chosen);
        if (more.equals(chosen)) {
          continue; // asked for anyway
        }
        var fit = WithheldFit.of(more, part, start, silent, workers);
        boolean better = fit.beats(best);
        reasons.add((better ? candidate.done : candidate.left) + " " + fit.against(best));
        if (better) {
          chosen = more;
          best = fit;
          again = refused.size();
        } else {
          refused.add(candidate);
        }
      }
      left = List.copyOf(refused.subList(0, again));
    }
    int passes = asked.iterations();
    var method = chosen.method() instanceof Chain ? quickFirst(passes) : MaximumLikelihood.DEFAULT;
    var run =
        asked
            .by(method, passes)
            .withModes(chosen.modes())
            .refining(chosen.refine().toArray(PtychoRefinement[]::new));
    if (start.isPresent()) {
      run = run.withProbe(new ProbeStart.FromFile());
    }
    return new AutoChoice(run, start, best.ratio(), sentence(reasons, run));
  }

  /// A few passes of rPIE, at most half of all, then maximum likelihood.
  static PtychoMethod quickFirst(int passes) {
    return passes < 2
        ? MaximumLikelihood.DEFAULT
        : new Chain(
            List.of(
                Leg.of(Rpie.DEFAULT, Math.min(FIRST, passes / 2)),
                Leg.last(MaximumLikelihood.DEFAULT)));
  }

  /// A start probe that is tried instead of the given one.
  private record Begin(Probe probe, String name) {}

  /// What a few passes of rPIE make of the given probe; and where that explains the frames badly,
  /// of the mean frame's out of focus to both sides.
  private static List<Begin> starts(
      Ptychography run, DiffractionScan scan, WithheldFit given, Watch silent) {
    var quick = run.by(Rpie.DEFAULT, WARM_UP).withModes(1).refining();
    List<Begin> starts = new ArrayList<>();
    warmedUp(quick, scan, silent)
        .ifPresent(
            probe -> starts.add(new Begin(probe, "the probe of " + WARM_UP + " passes of rPIE")));
    if (scan.geometry().regime() == Regime.FAR_FIELD && given.ratio() > BADLY) {
      for (boolean before : new boolean[] {false, true}) {
        var spread = SpreadStart.of(scan, before);
        warmedUp(quick.withProbe(new ProbeStart.FromFile()), WithheldFit.with(scan, spread), silent)
            .ifPresent(
                probe ->
                    starts.add(
                        new Begin(
                            probe,
                            "the probe of the mean frame "
                                + (before ? "before" : "behind")
                                + " its focus and "
                                + WARM_UP
                                + " passes of rPIE")));
      }
    }
    return starts;
  }

  /// Nothing where rPIE ran away.
  private static Optional<Probe> warmedUp(Ptychography run, DiffractionScan scan, Watch silent) {
    try {
      return Optional.of(Probe.of(run.apply(scan, silent).probe().modes().getFirst()));
    } catch (Diverged ranAway) {
      return Optional.empty();
    }
  }

  private static String sentence(List<String> reasons, Ptychography run) {
    boolean chained = run.method() instanceof Chain;
    return String.format(
        Locale.ROOT,
        "Chosen from the data: %s. The figures are the deviance of the %.0f %% of the pixels that"
            + " short runs had not seen, before and with it. %s%d passes.",
        String.join("; ", reasons),
        100 * WithheldFit.share(),
        chained ? "Passes of rPIE, then maximum likelihood, in all " : "Maximum likelihood, ",
        run.iterations());
  }

  /// The scan with the start probe that was chosen.
  DiffractionScan started(DiffractionScan scan) {
    return start.map(probe -> WithheldFit.with(scan, probe)).orElse(scan);
  }

  /// Something that may make a run better.
  ///
  /// @param change the run with it; the same run where it has it
  /// @param done words for a run with it
  /// @param left words for a run without it
  private record Candidate(UnaryOperator<Ptychography> change, String done, String left) {}

  private static Candidate refining(PtychoRefinement refinement, String name) {
    return new Candidate(
        run -> {
          if (run.refine().stream().anyMatch(has -> has.getClass() == refinement.getClass())) {
            return run;
          }
          var all = new ArrayList<>(run.refine());
          all.add(refinement);
          return run.refining(all.toArray(PtychoRefinement[]::new));
        },
        name + " refined",
        name + " as stated");
  }
}
