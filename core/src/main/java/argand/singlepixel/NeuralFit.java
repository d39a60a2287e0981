package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.flow.Iterations;
import argand.flow.Watch;
import argand.neural.CoordinateNetwork;
import argand.neural.GradientPenalty;
import argand.neural.NetworkPass;
import argand.neural.NeuralForm;
import argand.neural.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All images as one small network of their coordinates, x_e = s_e f_e(y, x; θ):
///
///     min_θ Σ_e (Q_e(x_e) + λ R(f_e))
///
/// Q_e is the misfit of the centred patterns over the variance of the signal, R what the slopes of
/// an image cost ({@link GradientPenalty}); both have no unit, and neither has λ. A network tells
/// noise in the end as well as the sample: patterns left out say when to stop, and then a second
/// fit, with all patterns, takes as many steps.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public record NeuralFit(
    @Param(value = "what the network is made of", byDefault = "{sineLayers: {}}") NeuralForm form,
    @Param(value = "neurons of a layer", byDefault = "128") int width,
    @Param(value = "layers between the first and the last", byDefault = "3") int hidden,
    @Param(value = "steps at most", byDefault = "600") int steps,
    @Param(
            value = "steps after the best, as the left-out patterns have it, that end the fit",
            byDefault = "100")
        int patience,
    @Param(value = "rate of Adam", byDefault = "0.001") double rate,
    @Param(value = "steps after which the rate has fallen by √2", byDefault = "200") double halving,
    @Param(
            value =
                "what the guide does: none (total variation), gated (its edges permit jumps),"
                    + " scaled (its slopes are asked for, in the size that fits each image),"
                    + " printed (as they are)",
            byDefault = "scaled")
        Guidance guidance,
    @Param(value = "λ, weight of the slopes", byDefault = "0.03") double lambda,
    @Param(
            value = "slopes of the guide below this share of its root mean square count as none",
            byDefault = "0.1")
        double threshold,
    @Param(value = "whether images are above zero everywhere", byDefault = "true")
        boolean nonNegative,
    @Param(value = "pixels of the images for one of the patterns, along each side", byDefault = "1")
        int fine,
    @Param(value = "seed of the network's beginning", byDefault = "1") long seed)
    implements PatternMethod {
  /// What the guide does.
  public enum Guidance {
    NONE,
    GATED,
    SCALED,
    PRINTED
  }

  public NeuralFit {
    Check.within("width", width, 1, 16384, "");
    Check.within("hidden", hidden, 0, 64, "");
    Check.atLeast("steps", steps, NeuralEngine.JUDGED);
    Check.atLeast("patience", patience, NeuralEngine.JUDGED);
    Check.within("rate", rate, 1e-9, 1, "");
    Check.within("halving", halving, 1, 1e9, "");
    Check.within("lambda", lambda, 0, 1e6, "");
    Check.within("threshold", threshold, 0, 1e6, "");
    Check.within("fine", fine, 1, 16, "");
  }

  /// Progress of each step; stopped and resumed between steps.
  @Override
  public Maps solve(Problem p) {
    var watch = p.watch();
    var grid = p.operator().grid();
    var network = new CoordinateNetwork(form, width, hidden, p.signals().size());
    var penalty = penalty(grid, p.guide());
    var left = LeftOut.of(p.operator().count(), p.seed());
    var judged = new PatternMisfit(p.operator(), p.signals(), left);
    var first = fit(network, grid, judged, penalty, steps, patience, watch.part("judged"));
    var state = first;
    if (!watch.stopped()) {
      var all = new LeftOut(new boolean[p.operator().count()]);
      var misfit = new PatternMisfit(p.operator(), p.signals(), all);
      state = fit(network, grid, misfit, penalty, first.bestStep(), steps, watch.part("all"));
    }
    var places = new Places(grid.rows(), grid.columns(), fine);
    // where someone stopped it before the second fit, what the first found
    float[] parameters = state == first ? first.best : state.average;
    float[][] outputs = NetworkPass.outputs(network, parameters, places, watch.workers());
    var finer =
        new Grid(
            grid.rows() * fine, grid.columns() * fine, grid.pixelY() / fine, grid.pixelX() / fine);
    List<Map> maps = new ArrayList<>();
    for (int e = 0; e < outputs.length; e++) {
      float[] image = new float[finer.size()];
      NeuralEngine.image(outputs[e], judged.scale(e), nonNegative, image, new float[finer.size()]);
      String prior = lambda == 0 ? "none" : guidance.name().toLowerCase(Locale.ROOT);
      maps.add(
          new Map(new RealField(finer, image), Optional.empty(), prior, lambda, first.bestScore()));
    }
    return new Maps(
        maps,
        List.of(
            "the left-out patterns were told best after %d of %d steps"
                .formatted(first.bestStep(), first.iteration())));
  }

  /// @param most steps
  private NeuralState fit(
      CoordinateNetwork network,
      Grid grid,
      Misfit misfit,
      GradientPenalty penalty,
      int most,
      int waited,
      Watch watch) {
    var places = new Places(grid.rows(), grid.columns(), 1);
    var state = new NeuralState(network.initial(seed));
    var engine =
        new NeuralEngine(
            network, places, misfit, penalty, lambda, rate, halving, nonNegative, watch.workers());
    Iterations.run("neural fit", engine, state, most, 50, new UntilWorse(watch, state, waited));
    return state;
  }

  /// In units of the guide's root mean square, as the images are in theirs.
  private GradientPenalty penalty(Grid grid, Optional<RealField> guide) {
    int rows = grid.rows();
    int columns = grid.columns();
    if (guidance == Guidance.NONE || lambda == 0) {
      return GradientPenalty.variation(rows, columns);
    }
    if (guide.isEmpty()) {
      throw new InvalidInput(
          "guidance",
          guidance.name().toLowerCase(Locale.ROOT),
          "none, because there is no transmission image",
          "");
    }
    float[] values = guide.get().values().clone();
    double square = 0;
    for (float value : values) {
      square += (double) value * value / values.length;
    }
    float over = (float) (1 / Math.sqrt(Math.max(square, Float.MIN_NORMAL)));
    for (int i = 0; i < values.length; i++) {
      values[i] *= over;
    }
    return switch (guidance) {
      case GATED -> GradientPenalty.gated(rows, columns, values, Math.max(threshold, 1e-6));
      case PRINTED -> GradientPenalty.printed(rows, columns, values, threshold, false);
      default -> GradientPenalty.printed(rows, columns, values, threshold, true);
    };
  }
}
