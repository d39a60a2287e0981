package argand.ptycho;

import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.flow.Unheard;
import argand.flow.Watch;
import argand.judge.Strip;
import argand.ptycho.Chain.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What {@link Auto} chose.
///
/// @param run what is to be run
/// @param start the start of the probe that was found best
/// @param probe that start, made of the frames of this scan; nothing for the given one
/// @param withheld Poisson deviance of the withheld pixels ÷ shot noise, of the trial with these
///     choices
/// @param sentence what was chosen and why
record AutoChoice(
    Ptychography run, AutoStart start, Optional<Probe> probe, double withheld, String sentence) {
  /// Modes that are tried.
  static final int MODES = 3;

  private static final int MOST_VIEWS = 200;
  private static final int PASSES = 25;

  /// Passes of a quick method before those of maximum likelihood, at least, and as a part of all.
  private static final int FIRST = 10;

  private static final double QUICK = 0.3;
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

    var start = AutoStart.GIVEN;
    Optional<Probe> probe = Optional.empty();
    boolean badly = best.ratio() > BADLY;
    for (var begin : AutoStart.values()) {
      boolean tried = begin == AutoStart.WARMED_UP || badly && begin.fits(scan.geometry().regime());
      var made = tried ? begin.of(chosen, part, silent) : Optional.<Probe>empty();
      if (made.isPresent()) {
        var fit = WithheldFit.of(chosen, part, made, silent, workers);
        if (fit.beats(best)) {
          reasons.add(begin.words() + " to begin with " + fit.against(best));
          start = begin;
          probe = made;
          best = fit;
        }
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
    candidates.add(after(LsqMl.DEFAULT, "LSQ-ML"));
    candidates.add(after(Rpie.DEFAULT, "rPIE"));
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
        var fit = WithheldFit.of(more, part, probe, silent, workers);
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
    var method =
        chosen.method() instanceof Chain chain
            ? after(chain.of().getFirst().method(), passes)
            : MaximumLikelihood.DEFAULT;
    var run =
        asked
            .by(method, passes)
            .withModes(chosen.modes())
            .refining(chosen.refine().toArray(PtychoRefinement[]::new));
    if (passes <= PASSES) { // no longer than the trials were
      return new AutoChoice(run, start, probe, best.ratio(), sentence(reasons, run));
    }
    var last =
        new AutoFinal(asked, part, silent, reasons).of(new AutoFinal.Entry(run, start, probe));
    return new AutoChoice(
        last.entry().run(),
        last.entry().start(),
        last.entry().probe(),
        last.fit().ratio(),
        sentence(reasons, last.entry().run()));
  }

  /// So many passes, those of the quick method first, then maximum likelihood.
  static PtychoMethod after(PtychoMethod quick, int passes) {
    int first = Math.min(passes / 2, Math.max(FIRST, (int) (QUICK * passes)));
    return first == 0 ? MaximumLikelihood.DEFAULT : then(quick, first);
  }

  /// So many passes of a quick method, then maximum likelihood.
  static Chain then(PtychoMethod quick, int first) {
    return new Chain(List.of(Leg.of(quick, first), Leg.last(MaximumLikelihood.DEFAULT)));
  }

  private static Candidate after(PtychoMethod quick, String name) {
    return new Candidate(
        run -> run.by(after(quick, PASSES), PASSES), name + " first", name + " not first");
  }

  private static String sentence(List<String> reasons, Ptychography run) {
    String how =
        switch (run.method()) {
          case Chain chain ->
              String.format(
                  Locale.ROOT,
                  "%d passes of %s, then maximum likelihood, in all ",
                  chain.of().getFirst().passes().orElseThrow(),
                  chain.of().getFirst().method() instanceof LsqMl ? "LSQ-ML" : "rPIE");
          case LsqMl alone -> "LSQ-ML, ";
          default -> "Maximum likelihood, ";
        };
    return String.format(
        Locale.ROOT,
        "Chosen from the data: %s. The figures are the deviance of the %.0f %% of the pixels that"
            + " trials had not seen, before and with it; what is asked in the end, in runs of full"
            + " length. %s%d passes.",
        String.join("; ", reasons),
        100 * WithheldFit.share(),
        how,
        run.iterations());
  }

  /// The same choice for some of the views: what was chosen stays, the start of the probe is made
  /// anew of their frames alone.
  AutoChoice forPart(DiffractionScan part, Watch watch) {
    var own = start.of(run, Strip.of(part, MOST_VIEWS), new Unheard(watch));
    return new AutoChoice(run, start, own, withheld, sentence);
  }

  /// The same without a judge after the run.
  AutoChoice unjudged() {
    return new AutoChoice(run.judged(false), start, probe, withheld, sentence);
  }

  /// Carries it out, and says what was chosen and why.
  Reconstruction reconstruct(DiffractionScan scan, Watch watch) {
    var result =
        probe.isPresent()
            ? run.withProbe(new ProbeStart.FromFile())
                .apply(WithheldFit.with(scan, probe.get()), watch)
            : run.apply(scan, watch);
    return result.withQuality(
        result.quality().withMetric("withheldDeviance", withheld).withVerdict(sentence));
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
