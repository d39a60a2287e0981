package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.Orientation;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import argand.ptycho.OrientationFinding.SignBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether frames and scan axes fit together: a few views around the middle of the scan are
/// reconstructed in a few passes with their frames turned in all eight ways.
///
/// In the far field I_j(−q) is the pattern of the complex conjugate of object and probe, so the
/// residual cannot tell a way from the same after half a turn: eight ways make four classes. It
/// tells the classes apart; the members of the best class by physics:
///
/// * matter that absorbs more retards more ({@link MatterSign}), if the data need an absorbing
///   object: if |O| = 1 leaves Σ(|u|−√I)² larger by more than `5 · ¼` for each lit pixel, ¼ being
///   what a free amplitude fits of shot noise;
/// * the start probe of the scan, if from it one member converges faster than the other.
///
/// In the near field the residual tells all eight apart. What the data do not tell is said to be
/// undetermined. To take the conjugate for the object reverses every phase.
@Paper(
    value =
        "P. Thibault et al., Probe retrieval in ptychographic coherent diffractive imaging,"
            + " Ultramicroscopy 109, 338 (2009)",
    doi = "10.1016/j.ultramic.2008.12.011")
public record CheckOrientation(
    @Param(value = "views around the middle of the scan that are tried", byDefault = "60")
        int views,
    @Param(value = "passes over them in each of the eight ways", byDefault = "40") int passes,
    @Param(
            value = "turn the frames as was found, sign included where it is known",
            byDefault = "false")
        boolean apply)
    implements ScanStep {
  /// The next class must have a residual so many times larger, in nearly every view.
  private static final double CLEAR_RATIO = 1.1;

  private static final double STANDARD_ERRORS = 5;

  /// A start probe decides when the mean residual on the way is so many times smaller.
  private static final double CLEAR_EFFORT = 1.5;

  /// Gain of a free amplitude beyond which the object is called absorbing, in units of what it
  /// fits of shot noise. Measured 1.2 … 1.8 for weak phase objects, 12 for one of 2 rad, 40 … 1000
  /// for absorbing ones.
  private static final double REAL_ABSORPTION = 5;

  public CheckOrientation {
    Check.atLeast("views", views, 8);
    Check.atLeast("passes", passes, 5);
  }

  /// All parameters at their defaults.
  public static CheckOrientation defaults() {
    return new CheckOrientation(60, 40, false);
  }

  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    var finding = look(scan, watch);
    var checked = apply && finding.classKnown() ? finding.turn().turn(scan) : scan;
    for (String sentence : finding.sentences()) {
      watch.tell(new Progress.Noted(sentence));
      checked = checked.withSource(checked.source().withNote(sentence));
    }
    return checked;
  }

  /// What the frames say of their orientation.
  ///
  /// @throws InvalidInput for fewer than eight views
  public OrientationFinding look(DiffractionScan scan, Watch watch) {
    Check.atLeast("number of views for a check of orientation", scan.frames().count(), 8);
    boolean far = scan.geometry().regime() == Regime.FAR_FIELD;
    var reduced = OrientationTrial.reduced(scan, views, watch.workers());
    boolean probeGiven = far && reduced.probe().isPresent();
    var small = far && !probeGiven ? with(reduced, SpreadStart.of(reduced)) : reduced;
    var trials = new OrientationTrial[Orientation.ALL.size()];
    watch
        .workers()
        .forEach(
            trials.length,
            (k, worker) -> trials[k] = OrientationTrial.of(small, Orientation.ALL.get(k), passes));
    int best = least(trials, far, -1);
    int next = least(trials, far, best);
    var found = trials[best];
    boolean known =
        trials[next].residual() > CLEAR_RATIO * found.residual()
            && found.significance(trials[next]) > STANDARD_ERRORS;
    var said = new ArrayList<String>();
    var sign = SignBy.UNDETERMINED;
    var turn = far ? trials[best / 2 * 2].how() : found.how();
    if (known && far) {
      var settled = sign(small, found, trials[best ^ 1], probeGiven, said);
      sign = settled.by;
      turn = settled.by == SignBy.UNDETERMINED ? turn : settled.how;
    } else if (known) {
      sign = SignBy.NEAR_FIELD;
    }
    double asRead =
        Math.min(trials[0].residual(), far ? trials[1].residual() : trials[0].residual());
    var finding =
        new OrientationFinding(
            known ? turn : Orientation.NONE,
            known,
            sign,
            found.residual(),
            asRead,
            trials[next].residual(),
            List.of());
    said.addFirst(sentence(finding, far));
    if (known && !finding.asTheyAre()) {
      said.add(remedy(finding, far));
    }
    return new OrientationFinding(
        finding.turn(), known, sign, finding.residual(), asRead, finding.next(), said);
  }

  private static DiffractionScan with(DiffractionScan scan, argand.data.Probe probe) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        Optional.of(probe),
        scan.source());
  }

  /// The way of least residual outside of the class of `best`, of all with −1.
  private static int least(OrientationTrial[] trials, boolean pairs, int best) {
    return java.util.stream.IntStream.range(0, trials.length)
        .filter(k -> best < 0 || (pairs ? k / 2 != best / 2 : k != best))
        .boxed()
        .min(Comparator.comparingDouble(k -> trials[k].residual()))
        .orElseThrow();
  }

  /// Which member of a class, and why.
  private record Sign(Orientation how, SignBy by) {}

  private Sign sign(
      DiffractionScan small,
      OrientationTrial found,
      OrientationTrial twin,
      boolean probeGiven,
      List<String> said) {
    double ratio = twin.effort() / found.effort();
    boolean byProbe = probeGiven && Math.max(ratio, 1 / ratio) > CLEAR_EFFORT;
    var ofProbe = ratio > 1 ? found.how() : twin.how();
    var longer = OrientationTrial.of(small, found.how(), 3 * passes);
    var matter = MatterSign.of(longer.result());
    boolean byMatter = matter.clear() && absorbs(small, longer);
    var ofMatter = matter.slope() > 0 ? found.how() : twin.how();
    if (byProbe && byMatter && !ofProbe.equals(ofMatter)) {
      said.add(
          "The sign of the phase is not settled: absorption says one thing and the start probe the"
              + " other; is the sign of its defocus right?");
      return new Sign(found.how(), SignBy.UNDETERMINED);
    }
    if (byMatter) {
      said.add(
          String.format(
              Locale.ROOT,
              "The sign of the phase is settled by absorption: what is darker is retarded more"
                  + " (β/δ about %.2g, correlation %.2f).",
              Math.abs(matter.slope()),
              Math.abs(matter.correlation())));
      return new Sign(ofMatter, SignBy.ABSORPTION);
    }
    if (byProbe) {
      said.add(
          "The sign of the phase is that of the start probe: it is near the probe that was found, and"
              + " not near its conjugate.");
      return new Sign(ofProbe, SignBy.START_PROBE);
    }
    said.add(
        "The sign of the phase is not settled: frames turned by half a turn, with all phases"
            + " reversed, explain these data as well; an absorbing part of the sample, or a start"
            + " probe of known defocus, would settle it.");
    return new Sign(found.how(), SignBy.UNDETERMINED);
  }

  /// Whether the data need an object whose amplitude is not 1 everywhere.
  private boolean absorbs(DiffractionScan small, OrientationTrial free) {
    double one = 1e-3; // the constraint wants an interval
    var phaseOnly =
        Ptychography.of(Rpie.DEFAULT, 3 * passes).constrained(Limits.amplitude(1 - one, 1 + one));
    var bound = OrientationTrial.of(small, free.how(), phaseOnly);
    double gain = Arrays.stream(bound.errors()).sum() - Arrays.stream(free.errors()).sum();
    int lit = argand.metric.Illumination.lit(free.result()).count();
    return gain > REAL_ABSORPTION * 0.25 * lit;
  }

  private String sentence(OrientationFinding finding, boolean far) {
    String others = far ? "the three other classes" : "the seven other ways";
    if (!finding.classKnown()) {
      return String.format(
          Locale.ROOT,
          "How the frames stand to the scan axes is not settled by these data: after %d passes over %d"
              + " views the best way leaves a residual of %.3g, the best of %s %.3g; too few photons,"
              + " too little overlap, or too weak a sample.",
          passes,
          views,
          finding.residual(),
          others,
          finding.next());
    }
    return finding.asTheyAre()
        ? String.format(
            Locale.ROOT,
            "Frames and scan axes fit together as they are read: residual %.3g after %d passes over"
                + " %d views, at least %.3g in %s.",
            finding.residual(),
            passes,
            views,
            finding.next(),
            others)
        : String.format(
            Locale.ROOT,
            "Frames and scan axes do not fit together as they are read: with the frames turned (%s) the"
                + " residual of %d views after %d passes is %.3g, as they are %.3g.",
            finding.turn().said(),
            views,
            passes,
            finding.residual(),
            finding.asRead());
  }

  private String remedy(OrientationFinding finding, boolean far) {
    if (apply) {
      return "The frames are turned so here.";
    }
    var turn = finding.turn();
    String half =
        far && finding.signBy() == SignBy.UNDETERMINED
            ? ", or {" + turn.halfTurned().asFrames() + "}, which gives the conjugate"
            : "";
    return "Give read: {"
        + turn.asFrames()
        + "} if the detector stands so"
        + half
        + "; or {"
        + turn.asPositions()
        + "} if it is the scan's axes, on top of what read already turns.";
  }
}
