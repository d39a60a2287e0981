package argand.ptycho;

import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.flow.Watch;
import java.util.List;
import java.util.Optional;

/// The last questions of {@link Auto}, put to runs of full length: what helps in the first 25
/// passes
/// may do so only because something else had not settled. Modes, intensities and a start of the
/// probe
/// that were chosen stay when the run is surely worse without them; LSQ-ML for most of the passes,
/// or to the end, is taken when it is surely better: modes of a probe that is far from its start
/// take shape later than a trial ends, and maximum likelihood is slow to move power between them.
final class AutoFinal {
  /// Part of the passes that a long start by LSQ-ML takes.
  private static final double LONG = 0.8;

  private final Ptychography asked;
  private final DiffractionScan part;
  private final Watch silent;
  private final List<String> reasons;

  /// A run and the start of its probe.
  record Entry(Ptychography run, AutoStart start, Optional<Probe> probe) {
    Entry with(Ptychography other) {
      return new Entry(other, start, probe);
    }
  }

  /// What won.
  record Winner(Entry entry, WithheldFit fit) {}

  /// @param reasons to which what was asked and answered is added
  AutoFinal(Ptychography asked, DiffractionScan part, Watch silent, List<String> reasons) {
    this.asked = asked;
    this.part = part;
    this.silent = silent;
    this.reasons = reasons;
  }

  Winner of(Entry chosen) {
    var best = new Winner(chosen, fit(chosen));
    if (chosen.run.modes() > asked.modes()) {
      var fewer = best.entry.with(best.entry.run.withModes(asked.modes()));
      best = simpler(best, fewer, "further probe modes");
    }
    var bare = unrefined(best.entry.run);
    if (!bare.equals(best.entry.run)) {
      best = simpler(best, best.entry.with(bare), "the beam's intensity");
    }
    if (chosen.start != AutoStart.GIVEN) {
      var given = new Entry(best.entry.run, AutoStart.GIVEN, Optional.empty());
      best = simpler(best, given, chosen.start.words());
    }
    if (best.entry.run.method() instanceof Chain chain
        && chain.of().getFirst().method() instanceof LsqMl) {
      int passes = best.entry.run.iterations();
      var most = AutoChoice.then(LsqMl.DEFAULT, (int) (LONG * passes));
      best = better(best, best.entry.with(best.entry.run.by(most, passes)), "LSQ-ML for longer");
      var alone = best.entry.run.by(LsqMl.DEFAULT, passes);
      best = better(best, best.entry.with(alone), "LSQ-ML to the end");
    }
    return best;
  }

  private Ptychography unrefined(Ptychography run) {
    if (asked.refine().stream().anyMatch(one -> one instanceof BeamIntensity)) {
      return run;
    }
    var others = run.refine().stream().filter(one -> !(one instanceof BeamIntensity));
    return run.refining(others.toArray(PtychoRefinement[]::new));
  }

  private Winner simpler(Winner best, Entry other, String what) {
    var fit = fit(other);
    boolean needed = best.fit.beats(fit);
    reasons.add(
        "in the end " + (needed ? "with " : "without ") + what + " " + fit.against(best.fit));
    return needed ? best : new Winner(other, fit);
  }

  private Winner better(Winner best, Entry other, String what) {
    var fit = fit(other);
    boolean taken = fit.beats(best.fit);
    reasons.add("in the end " + (taken ? "" : "not ") + what + " " + fit.against(best.fit));
    return taken ? new Winner(other, fit) : best;
  }

  private WithheldFit fit(Entry entry) {
    return WithheldFit.of(entry.run.judged(false), part, entry.probe, silent, silent.workers());
  }
}
