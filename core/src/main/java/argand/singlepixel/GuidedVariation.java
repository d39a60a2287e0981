package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.Median;
import argand.array.RealField;
import argand.inverse.DirectedVariation;
import argand.segment.Otsu;
import argand.segment.Patches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/// Total variation led by the transmission image h, whose trust the left-out patterns give:
///
/// 1. the guide is freed of its own noise (total variation, one σ), and moved to where the signals
///    say that it lies ({@link GuideShift});
/// 2. each element is fitted in three ways. Composition: x = (h + ε) u, λ Σ |∇u|, for what a
/// particle
///    is made of changes less than its thickness does. Direction: λ Σ |(1 − m mᵀ) ∇x|, m =
/// ∇h/√(|∇h|²
///    + η²): jumps are free where and in the direction in which the guide jumps. Plain: λ Σ |∇x|;
/// 3. for each the λ that tells the left-out patterns best; of the three the one that does, for
/// each
///    element by itself;
/// 4. in each particle of the guide by itself the image is moved to that of the plain fit, as far
/// as
///    the left-out patterns ask for it by more than three of their errors;
/// 5. with all patterns once more.
///
/// A gradient that is copied from the guide, as in the paper on NxSCI, would put edges into
/// elements
/// that a particle does not have; here the guide never adds anything: where u is 0 nothing is.
@Paper(
    value =
        "Ehrhardt & Betcke, Multicontrast MRI reconstruction with structure-guided total variation,"
            + " SIAM J. Imaging Sci. 9, 1084 (2016)",
    doi = "10.1137/15M1047325")
public record GuidedVariation(
    @Param(value = "find where the guide lies on the patterns", byDefault = "true")
        boolean register,
    @Param(value = "iterations with all patterns, at most", byDefault = "400") int iterations,
    @Param(value = "relative change that ends them", byDefault = "0.00003") double tolerance,
    @Param(value = "sets of noise drawn anew for the errors; 0 for none", byDefault = "0")
        int resamples)
    implements PatternMethod {
  /// ε, a share of the greatest thickness: something may be where the guide shows nothing.
  private static final double FLOOR = 0.02;

  /// η over the noise of the guide's slopes.
  private static final double CLEAR = 6;

  /// Squared errors by which a particle must ask to be left out of the guide's lead.
  private static final double CLEARLY = 9;

  private static final int DENOISING = 200;

  public GuidedVariation {
    Check.atLeast("iterations", iterations, 1);
    Check.within("tolerance", tolerance, 0, 1, "");
    Check.within("resamples", resamples, 0, 1000, "");
  }

  /// As a recipe has it without parameters.
  public static GuidedVariation usual() {
    return new GuidedVariation(true, 400, 3e-5, 0);
  }

  @Override
  public Maps solve(Problem p) {
    var a = p.operator();
    var guide =
        p.guide()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the transmission image",
                        "missing",
                        "one, to lead the reconstruction",
                        "use plainVariation without it"));
    var notes = new ArrayList<String>();
    var left = LeftOut.of(a.count(), p.seed());
    double noise = noise(guide);
    var clean = quiet(guide, noise);
    if (register) {
      var placed = GuideShift.fit(p, clean, left);
      clean = placed.guide();
      notes.add(
          String.format(
              Locale.ROOT,
              "The transmission image was moved by %.2f rows and %.2f columns onto the patterns.",
              placed.rowsPx(),
              placed.columnsPx()));
    }
    var composition = composition(clean);
    var plain =
        VariationPath.choose(
            a, p.signals(), VariationPath.Basis.plain(a.grid()), left, p.workers());
    var ways = new ArrayList<VariationPath.Chosen[]>();
    ways.add(VariationPath.choose(a, p.signals(), composition, left, p.workers()));
    ways.add(VariationPath.choose(a, p.signals(), directed(clean, noise), left, p.workers()));
    var best = plain.clone();
    for (var way : ways) {
      for (int e = 0; e < best.length; e++) {
        best[e] = way[e].score() < best[e].score() ? way[e] : best[e];
      }
    }
    for (int e = 0; e < best.length; e++) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %s (left-out patterns %.3g, by plain total variation %.3g).",
              p.signals().get(e).name(),
              best[e].basis().name(),
              best[e].score(),
              plain[e].score()));
    }
    var maps = PlainVariation.maps(p, best, left, iterations, tolerance, resamples, notes);
    return gated(p, maps, best, plain, left, clean);
  }

  /// Line 4 and its use on the images of all patterns.
  private Maps gated(
      Problem p,
      Maps maps,
      VariationPath.Chosen[] best,
      VariationPath.Chosen[] plain,
      LeftOut left,
      RealField guide) {
    var mask = new Mask(guide.grid(), new boolean[guide.grid().size()]);
    double threshold = Otsu.threshold(guide, Mask.all(guide.grid())) / 2;
    for (int i = 0; i < guide.values().length; i++) {
      mask.good()[i] = guide.values()[i] > threshold;
    }
    var particles = Patches.of(mask, Patches.Neighbours.FOUR);
    double[][] share = new double[best.length][particles.count()];
    boolean any = false;
    for (int e = 0; e < best.length; e++) {
      if (best[e] != plain[e]) {
        share[e] = shares(p, e, best[e], plain[e], left, particles);
        any |= Arrays.stream(share[e]).anyMatch(s -> s > 0);
      }
    }
    if (!any) {
      return maps;
    }
    var channels =
        VariationPath.finish(
            p.operator(), p.signals(), plain, left, iterations, tolerance, p.workers());
    var mixed = new ArrayList<Map>();
    var notes = new ArrayList<>(maps.notes());
    for (int e = 0; e < best.length; e++) {
      var map = maps.maps().get(e);
      float[] by = channels[e].image();
      var image = map.image().copy();
      int trusted = 0;
      for (int k = 0; k < by.length; k++) {
        int particle = particles.label()[k];
        if (particle >= 0) {
          image.values()[k] += (float) (share[e][particle] * (by[k] - image.values()[k]));
        }
      }
      for (double s : share[e]) {
        trusted += s > 0 ? 0 : 1;
      }
      if (trusted < share[e].length) {
        notes.add(
            p.signals().get(e).name()
                + ": the guide was not trusted in "
                + (share[e].length - trusted)
                + " of "
                + share[e].length
                + " particles.");
      }
      mixed.add(new Map(image, map.sigma(), map.prior(), map.lambda(), map.leftOut(), map.path()));
    }
    return new Maps(mixed, notes);
  }

  /// How far each particle goes over to the plain fit, 0 … 1: one after the other, that which
  /// explains most first.
  private static double[] shares(
      Problem p,
      int e,
      VariationPath.Chosen best,
      VariationPath.Chosen plain,
      LeftOut left,
      Patches particles) {
    var a = p.operator();
    var signal = p.signals().get(e);
    double[] weights = VariationPath.weights(signal);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = left.held()[i] ? weights[i] / Math.max(best.score(), 1e-300) : 0;
    }
    double[] residual = a.apply(best.image(), p.workers());
    for (int i = 0; i < residual.length; i++) {
      residual[i] = signal.values()[i] - residual[i];
    }
    center(residual, weights);
    double[][] moves = new double[particles.count()][];
    for (int q = 0; q < moves.length; q++) {
      float[] move = new float[plain.image().length];
      for (int k = 0; k < move.length; k++) {
        move[k] = particles.label()[k] == q ? plain.image()[k] - best.image()[k] : 0;
      }
      moves[q] = a.apply(move, p.workers());
      center(moves[q], weights);
    }
    double[] share = new double[moves.length];
    for (int round = 0; round < moves.length; round++) {
      int most = -1;
      double gain = CLEARLY;
      double by = 0;
      for (int q = 0; q < moves.length; q++) {
        double square = product(moves[q], moves[q], weights);
        double slope = product(moves[q], residual, weights);
        double theta = square > 0 ? Math.min(1, slope / square) : 0;
        double saves = 2 * theta * slope - theta * theta * square;
        if (share[q] == 0 && theta > 0 && saves > gain) {
          most = q;
          gain = saves;
          by = theta;
        }
      }
      if (most < 0) {
        break;
      }
      share[most] = by;
      for (int i = 0; i < residual.length; i++) {
        residual[i] -= by * moves[most][i];
      }
    }
    return share;
  }

  private static double product(double[] x, double[] y, double[] weights) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += weights[i] * x[i] * y[i];
    }
    return sum;
  }

  private static void center(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
      total += weights[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= sum / total;
    }
  }

  private static VariationPath.Basis composition(RealField guide) {
    float[] h = guide.values().clone();
    float most = guide.max();
    if (!(most > 0)) {
      throw new InvalidInput(
          "the transmission image", "nowhere above zero", "an optical density", "");
    }
    for (int i = 0; i < h.length; i++) {
      h[i] = (float) (Math.max(0, h[i] / most) + FLOOR);
    }
    return new VariationPath.Basis("composition", h, new float[h.length], new float[h.length]);
  }

  private static VariationPath.Basis directed(RealField guide, double noise) {
    Grid grid = guide.grid();
    float[] h = guide.values();
    float[] one = new float[h.length];
    Arrays.fill(one, 1);
    float[] down = new float[h.length];
    float[] right = new float[h.length];
    double eta = Math.max(CLEAR * noise, 1e-6 * guide.max());
    for (int i = 0; i < h.length; i++) {
      double dy = i + grid.columns() < h.length ? h[i + grid.columns()] - h[i] : 0;
      double dx = (i + 1) % grid.columns() > 0 ? h[i + 1] - h[i] : 0;
      double length = Math.sqrt(dy * dy + dx * dx + eta * eta);
      down[i] = (float) (dy / length);
      right[i] = (float) (dx / length);
    }
    return new VariationPath.Basis("directional total variation", one, down, right);
  }

  /// The guide's noise, by its finest diagonal differences.
  static double noise(RealField guide) {
    Grid grid = guide.grid();
    int across = grid.columns() - 1;
    double[] differences = new double[(grid.rows() - 1) * across];
    for (int i = 0; i < differences.length; i++) {
      int r = i / across;
      int c = i % across;
      double d = guide.at(r, c) - guide.at(r, c + 1) - guide.at(r + 1, c) + guide.at(r + 1, c + 1);
      differences[i] = Math.abs(d) / 2;
    }
    return 1.4826 * Median.of(differences);
  }

  private static RealField quiet(RealField guide, double noise) {
    var quiet = guide.copy();
    for (int i = 0; i < quiet.values().length; i++) {
      if (!Float.isFinite(quiet.values()[i])) {
        throw new InvalidInput(
            "the transmission image", "not a number in some pixels", "numbers everywhere", "");
      }
    }
    new DirectedVariation(guide.grid().rows(), guide.grid().columns(), 0)
        .apply(quiet.values(), 0.5 * noise, DENOISING);
    return quiet;
  }
}
