package argand.joint;

import argand.Paper;
import argand.Param;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DensityAndPhase;
import argand.data.EnergyStack;
import argand.data.PhaseImages;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.KramersKronigMatrix;
import argand.physics.ScatteringFactors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Optical density and phase of every pixel fitted together (`CoupledSpectrum`): both are measured
/// with as many photons, and each tells the other by Kramers and Kronig. Ideally that halves the
/// variance of both; a constant and a slope of the phase in each pixel, which absorption at these
/// energies cannot know, and the ends of the series cost a part of it.
///
/// The images keep their resolution, over pixels and over energies: nothing is smoothed. Errors of
/// a
/// pixel at different energies are correlated afterwards; the variances are those of single
/// energies.
///
/// It needs what absorption and phase have in common: an I₀ and a zero of the phase that are right
/// at every energy (`fixGauge`), optical densities that are not saturated, energies that resolve
/// the
/// lines, and a formula that names all that has an edge near by. What the means of tiles of 8 × 8
/// pixels disagree by (`Disagreement`) counts as an error of the phase, energy by energy with its
/// correlations: with ever more photons the coupling fades instead of carrying the faults of one
/// into
/// the other.
@Paper(
    value =
        "Hirose et al., Use of Kramers–Kronig relation in phase retrieval calculation in X-ray"
            + " spectro-ptychography, Opt. Express 25, 8593 (2017)",
    doi = "10.1364/OE.25.008593")
public record CoupleKramersKronig(
    @Param("formula of the material; what it is beyond the measured energies hardly matters")
        String formula)
    implements StackStep {

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var in = DensityAndPhase.of(stack, "coupleKramersKronig");
    var matrix = KramersKronigMatrix.of(ScatteringFactors.of(formula), stack.energyEv(), true);
    Grid grid = stack.grid();
    int count = stack.count();
    var out =
        Stream.generate(() -> RealField.zeros(grid, count)).limit(in.planes().size()).toList();
    boolean[] good = stack.mask().good();
    int blocks = PixelBlocks.count(grid.size());
    var tiles = new Disagreement(in, good, grid, matrix);
    tiles.look(watch.workers());
    var mean = tiles.ofMean();
    double[][] systematic = tiles.covariance();
    double[][] gain = new double[blocks][2];
    watch
        .workers()
        .forEach(
            blocks,
            (block, worker) -> gain[block] = block(block, matrix, in, out, good, systematic));
    double before = 0;
    double after = 0;
    for (double[] one : gain) {
      before += one[0];
      after += one[1];
    }
    var findings = stack.findings();
    var quality = findings.quality();
    if (before > 0) {
      double share = 1 - Math.sqrt(after / before);
      quality =
          quality
              .withMetric("kramersKronigGain", share)
              .withMetric("kramersKronigMisfit", mean.misfit())
              .withVerdict(
                  String.format(
                      Locale.ROOT,
                      "Absorption and phase fitted together: the expected error of the optical"
                          + " density is %.0f %% smaller; %.3g rad by which the means of tiles"
                          + " disagree count as an error of the phase.",
                      100 * share,
                      tiles.rms()));
    }
    return stack
        .withImages(
            Planes.of(out.get(0)), Optional.of(Planes.of(out.get(1))), Quantity.OPTICAL_DENSITY)
        .withPhase(
            Optional.of(new PhaseImages(Planes.of(out.get(2)), Optional.of(Planes.of(out.get(3))))))
        .withFindings(findings.with(quality))
        .withStep("coupleKramersKronig of " + formula);
  }

  /// One block of pixels; gives the sums of the variances of good pixels before and after.
  private static double[] block(
      int block,
      KramersKronigMatrix matrix,
      DensityAndPhase in,
      List<List<RealField>> out,
      boolean[] good,
      double[][] systematic) {
    int count = in.count();
    int first = block * PixelBlocks.SIZE;
    int length = Math.min(PixelBlocks.SIZE, good.length - first);
    float[][][] read = in.read(first, length);
    var fit = new CoupledSpectrum(matrix, systematic);
    double[][] pixel = new double[read.length][count];
    double[] sums = new double[2];
    for (int i = 0; i < length; i++) {
      for (int q = 0; q < pixel.length; q++) {
        for (int e = 0; e < count; e++) {
          pixel[q][e] = read[q][e][i];
        }
      }
      boolean fitted = good[first + i] && fit.fit(pixel[0], pixel[1], pixel[2], pixel[3]);
      for (int e = 0; e < count; e++) {
        if (fitted) {
          sums[0] += Double.isFinite(pixel[1][e]) ? pixel[1][e] : 0;
          sums[1] += Double.isFinite(pixel[1][e]) ? fit.densityVariance()[e] : 0;
          pixel[0][e] = fit.density()[e];
          pixel[1][e] = fit.densityVariance()[e];
          pixel[2][e] = fit.phase()[e];
          pixel[3][e] = fit.phaseVariance()[e];
        }
        for (int q = 0; q < pixel.length; q++) {
          out.get(q).get(e).values()[first + i] = (float) pixel[q][e];
        }
      }
    }
    return sums;
  }
}
