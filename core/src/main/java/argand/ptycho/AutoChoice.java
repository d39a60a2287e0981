package argand.ptycho;

import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.flow.Diverged;
import argand.flow.Watch;
import argand.judge.Strip;
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

  static AutoChoice of(Ptychography asked, DiffractionScan scan, Watch watch) {
    var part = Strip.of(scan, MOST_VIEWS);
    var silent = new Unheard(watch);
    var workers = watch.workers();
    var reasons = new ArrayList<String>();
    var chosen = asked.judged(false).by(MaximumLikelihood.DEFAULT, PASSES);
    var best = WithheldFit.of(chosen, part, Optional.empty(), silent, workers);

    var warm = warmedUp(chosen.by(Rpie.DEFAULT, WARM_UP).withModes(1).refining(), part, silent);
    var warmed = warm.isPresent() ? WithheldFit.of(chosen, part, warm, silent, workers) : best;
    Optional<Probe> start = Optional.empty();
    if (warmed.beats(best)) {
      reasons.add(
          "the probe of " + WARM_UP + " passes of rPIE to begin with " + warmed.against(best));
      start = warm;
      best = warmed;
    }
    var candidates = new ArrayList<Candidate>();
    candidates.add(refining(Positions.DEFAULT, "positions"));
    candidates.add(
        new Candidate(
            run -> run.modes() < MODES ? run.withModes(MODES) : run,
            MODES + " probe modes",
            "no further probe modes"));
    candidates.add(refining(new BeamIntensity(5, 2), "the beam's intensity"));
    for (var candidate : candidates) {
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
      }
    }
    var run =
        asked
            .by(MaximumLikelihood.DEFAULT, asked.iterations())
            .withModes(chosen.modes())
            .refining(chosen.refine().toArray(PtychoRefinement[]::new));
    if (start.isPresent()) {
      run = run.withProbe(new ProbeStart.FromFile());
    }
    return new AutoChoice(run, start, best.ratio(), sentence(reasons, asked.iterations()));
  }

  /// Nothing where rPIE ran away.
  private static Optional<Probe> warmedUp(Ptychography run, DiffractionScan scan, Watch silent) {
    try {
      return Optional.of(Probe.of(run.apply(scan, silent).probe().modes().getFirst()));
    } catch (Diverged ranAway) {
      return Optional.empty();
    }
  }

  private static String sentence(List<String> reasons, int passes) {
    return String.format(
        Locale.ROOT,
        "Chosen from the data: %s. The figures are the deviance of the %.0f %% of the pixels that"
            + " short runs had not seen, before and with it. Maximum likelihood, %d passes.",
        String.join("; ", reasons),
        100 * WithheldFit.share(),
        passes);
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
