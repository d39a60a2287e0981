package argand.judge;

import argand.array.Workers;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.ptycho.MaximumLikelihood;
import argand.ptycho.ProbeStart;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import java.util.Arrays;
import java.util.Optional;

/// A measurement reconstructed and judged as a recipe would have it done, in fewer passes.
final class Judged {
  private static final int PASSES = 50;
  private static final int TRIAL_PASSES = 12;

  private Judged() {}

  static Judgement of(Maker.OfScans maker) {
    var scan = maker.make(0, Watch.SILENT).scan();
    var result = Ptychography.of(MaximumLikelihood.DEFAULT, PASSES).apply(scan, Watch.SILENT);
    var trial = Ptychography.of(Rpie.DEFAULT, TRIAL_PASSES).withProbe(new ProbeStart.FromFile());
    double[] flux = new double[scan.frames().count()];
    Arrays.fill(flux, 1);
    return new Judge(
            scan,
            result,
            flux,
            (tried, modes) -> trial.withModes(modes).apply(tried, Watch.SILENT),
            Workers.ONE,
            () -> false)
        .judgement();
  }

  /// The cause that must be named first. Energy and distance make the same frames, and so one cause
  /// whose sentence names both.
  static Cause expected(TrialSets.Spoiled how) {
    return switch (how) {
      case NO_OVERLAP -> Cause.OVERLAP;
      case WRONG_ENERGY, WRONG_DISTANCE -> Cause.PIXEL_SIZE;
      case TRANSPOSED_DETECTOR -> Cause.TRANSPOSED_DETECTOR;
      case FLIPPED_AXIS -> Cause.FLIPPED_AXIS;
      case SATURATED_CENTRE -> Cause.SATURATION;
      case HOT_PIXELS -> Cause.HOT_PIXELS;
      case DRIFTING_BEAM -> Cause.BEAM_DRIFT;
      case VIBRATING_STAGE -> Cause.VIBRATION;
      case TOO_FEW_PHOTONS -> Cause.PHOTONS;
      case RASTER_GRID -> Cause.RASTER;
      case WRONG_PROBE_SIZE -> Cause.START_PROBE;
    };
  }

  static boolean named(TrialSets.Spoiled how, Judgement judgement) {
    return judgement.first().equals(Optional.of(expected(how)));
  }
}
