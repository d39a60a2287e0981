package argand.ptycho;

import argand.array.ComplexField;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Diverged;
import argand.flow.Progress;
import argand.flow.Unheard;
import argand.flow.Watch;
import argand.judge.Judge;
import argand.judge.Refit;
import argand.judge.Spread;
import java.util.Optional;

/// The judge after a run: what it needs of the solver are short reconstructions under its
/// hypotheses, by rPIE, which is the quickest to show whether a hypothesis is worth anything.
final class Judging {
  private static final int MOST_PASSES = 12;
  private static final int FEWEST_PASSES = 6;

  private Judging() {}

  /// @param start the probe that the run began with
  /// @param flux of each view, mean 1
  /// @param band bandwidth as known, or found
  static Quality of(
      Ptychography run,
      DiffractionScan scan,
      Reconstruction result,
      ComplexField start,
      float[] flux,
      double band,
      Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("judge", 0));
    var judged =
        new DiffractionScan(
            scan.geometry(),
            run.subpixel() ? result.positions() : whole(result),
            scan.frames(),
            scan.mask(),
            Optional.of(Probe.of(start)),
            scan.source());
    double[] beam = new double[flux.length];
    for (int j = 0; j < beam.length; j++) {
      beam[j] = flux[j];
    }
    int passes = Math.clamp(run.iterations() / 4, FEWEST_PASSES, MOST_PASSES);
    var trial =
        Ptychography.of(Rpie.DEFAULT, passes)
            .withSeed(run.seed())
            .withProbe(new ProbeStart.FromFile())
            .inBandOf(band);
    var silent = new Unheard(watch);
    var judge =
        new Judge(
            judged,
            result,
            beam,
            new Refit() {
              @Override
              public Reconstruction of(DiffractionScan trialled, int modes) {
                return trial.withModes(modes).apply(trialled, silent);
              }

              @Override
              public Optional<Spread> spread() {
                return BandSpread.of(result, band);
              }
            },
            watch.workers(),
            watch::stopped);
    Quality found;
    try {
      found = judge.judgement().quality();
    } catch (Diverged ranAway) {
      // the result stands, and is told; what spoiled it is not known
      found =
          Quality.NONE.withVerdict(
              "The judge's short runs ran away, so nothing was tried: "
                  + ranAway.getMessage()
                  + ".");
    }
    watch.tell(new Progress.Finished("judge", (System.nanoTime() - began) * 1e-9));
    return found;
  }

  /// Positions as a run without sub-pixel moves used them.
  private static ScanPositions whole(Reconstruction result) {
    double[] y = result.positions().y().clone();
    double[] x = result.positions().x().clone();
    var pixel = result.object().grid();
    for (int j = 0; j < y.length; j++) {
      y[j] = rounded(y[j] - result.origin().y(), pixel.pixelY()) + result.origin().y();
      x[j] = rounded(x[j] - result.origin().x(), pixel.pixelX()) + result.origin().x();
    }
    return new ScanPositions(y, x);
  }

  private static double rounded(double length, double pixel) {
    return Math.rint(length / pixel) * pixel;
  }
}
