package argand.ptycho;

import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.flow.Diverged;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.Optional;

/// The starts of the probe between which {@link Auto} chooses. Each is made of the frames it is to
/// explain, so that parts of a scan that are compared have nothing in common but the choice.
enum AutoStart {
  /// As the recipe or the file has it.
  GIVEN("the given probe"),
  /// What a few passes of rPIE make of the given one.
  WARMED_UP("the probe of " + AutoStart.PASSES + " passes of rPIE"),
  /// What they make of the mean frame's, its focus before the sample.
  BEHIND_FOCUS(
      "the probe of the mean frame behind its focus and " + AutoStart.PASSES + " passes of rPIE"),
  /// What they make of the mean frame's, its focus behind the sample.
  BEFORE_FOCUS(
      "the probe of the mean frame before its focus and " + AutoStart.PASSES + " passes of rPIE");

  private static final int PASSES = 12;

  private final String words;

  AutoStart(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /// Whether it can be made at all.
  boolean fits(Regime regime) {
    return this == GIVEN || this == WARMED_UP || regime == Regime.FAR_FIELD;
  }

  /// The probe; nothing for the given one, or where rPIE ran away.
  ///
  /// @param run that is to start with it
  Optional<Probe> of(Ptychography run, DiffractionScan scan, Watch silent) {
    var quick = run.judged(false).by(Rpie.DEFAULT, PASSES).withModes(1).refining();
    return switch (this) {
      case GIVEN -> Optional.empty();
      case WARMED_UP -> warmedUp(quick, scan, silent);
      case BEHIND_FOCUS, BEFORE_FOCUS ->
          warmedUp(
              quick.withProbe(new ProbeStart.FromFile()),
              WithheldFit.with(scan, SpreadStart.of(scan, this == BEFORE_FOCUS)),
              silent);
    };
  }

  private static Optional<Probe> warmedUp(Ptychography run, DiffractionScan scan, Watch silent) {
    try {
      return Optional.of(Probe.of(run.apply(scan, silent).probe().modes().getFirst()));
    } catch (Diverged ranAway) {
      return Optional.empty();
    }
  }
}
