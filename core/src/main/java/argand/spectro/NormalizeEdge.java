package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Edge normalization of every pixel: the line fitted below the edge is subtracted, what is left is
/// divided by the step,
///
///     n(E) = (y(E) − pre(E))/(post(E) − pre(E))
///
/// post − pre is a polynomial fitted to y − pre above the edge. Fits are plain least squares over
/// the windows; energies where a pixel is NaN are left out for that pixel. Leaves the maps `edge
/// jump` (post − pre at E₀) and `thickness` (its mean over the post-edge energies) with their
/// standard deviations; where the jump is not above `leastJump`, normalized values are NaN.
/// Negative
/// values stay.
///
/// With `slopes: common` the pre-edge line and the step have in every pixel the shape that they
/// have in the mean of all good pixels, and only their heights are fitted: less noise, and right
/// where the matrix is of one composition.
///
/// Variances: see {@link EdgeFit}.
@Paper(
    value =
        "Ge & Lee, PyXAS – an open-source package for 2D X-ray near-edge spectroscopy analysis,"
            + " J. Synchrotron Rad. 27, 567 (2020)",
    doi = "10.1107/S1600577520001071")
public record NormalizeEdge(
    @Param(value = "window below the edge", unit = "eV") List<Double> pre,
    @Param(value = "window above the edge", unit = "eV") List<Double> post,
    @Param(value = "line below the edge", byDefault = "linear") PreEdge preEdge,
    @Param(value = "degree of the polynomial above the edge, 0 … 2", byDefault = "1") int degree,
    @Param(value = "what the absorption is divided by", byDefault = "postLine") Division divideBy,
    @Param(value = "lines of each pixel, or shapes common to all", byDefault = "own") Slopes slopes,
    @Param("edge energy; that of the mean spectrum's steepest rise where it is not given")
        OptionalDouble e0Ev,
    @Param(value = "pixels whose edge jump is not above it become NaN", byDefault = "0")
        double leastJump)
    implements StackStep {
  /// Whose slopes the lines have.
  public enum Slopes {
    /// Each pixel's own.
    OWN,
    /// Those of the mean of all good pixels.
    COMMON
  }

  /// What the absorption above the edge is divided by.
  public enum Division {
    /// The post-edge line less the pre-edge line at each energy above E₀, that at E₀ below it (Ge
    /// & Lee 2020, eq. 2): the post-edge is 1.
    POST_LINE,
    /// Their difference at E₀: slopes above the edge stay.
    EDGE_JUMP,
    /// The same, and the slope and curvature of the post-edge taken out above E₀.
    FLATTENED
  }

  public NormalizeEdge {
    pre = List.copyOf(pre);
    post = List.copyOf(post);
    EnergyWindow.of("pre", pre).before(EnergyWindow.of("post", post));
    Check.within("degree", degree, 0, 2, "");
    Check.within("leastJump", leastJump, 0, 1e6, "");
  }

  /// Lines of each pixel in two windows [eV], divided by their difference.
  public static NormalizeEdge linear(double pre1, double pre2, double post1, double post2) {
    return new NormalizeEdge(
        List.of(pre1, pre2),
        List.of(post1, post2),
        PreEdge.LINEAR,
        1,
        Division.POST_LINE,
        Slopes.OWN,
        OptionalDouble.empty(),
        0);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    MeanSpectrum.notYetNormalized(input);
    var fit = fit(input, watch);
    var jump = fit.map("edge jump", fit.model().jump(), watch.workers());
    var thickness = fit.map("thickness", fit.model().thickness(), watch.workers());
    return input
        .withImages(
            fit.normalized(input.images()),
            input.variance().map(v -> fit.normalizedVariance(input.images(), v)),
            Quantity.NORMALIZED)
        .with(jump)
        .with(thickness)
        .with(EnergyWindow.of("pre", pre).band("pre-edge"))
        .with(EnergyWindow.of("post", post).band("post-edge"))
        .withStep("normalizeEdge");
  }

  /// The lines of every pixel.
  private EdgeFit fit(EnergyStack input, Watch watch) {
    var lines = lines(input.energyEv(), e0Ev.orElse(Double.NaN));
    if (e0Ev.isEmpty() || slopes == Slopes.COMMON) {
      var mean = MeanSpectrum.ofSome(input, watch.workers());
      double e0 =
          e0Ev.orElseGet(
              () -> EdgeEnergy.steepest(mean.energyEv(), mean.values(), pre.get(1), post.get(0)));
      watch.tell(new Progress.Noted(String.format(Locale.ROOT, "normalizeEdge: E₀ = %.2f eV", e0)));
      lines = lines.at(e0);
      if (slopes == Slopes.COMMON) {
        lines = common(lines, mean.values());
      }
    }
    EdgeModel.Lines chosen = lines;
    return EdgeFit.of(input, chosen::model, lines.pre(), lines.post(), leastJump, watch.workers());
  }

  EdgeModel.Lines lines(double[] energyEv, double e0) {
    int least = preEdge == PreEdge.CONSTANT ? 1 : 2;
    int[] below =
        EnergyWindow.of("pre", pre)
            .indices(energyEv, least, "a line with " + least + " parameters");
    int[] above =
        EnergyWindow.of("post", post)
            .indices(energyEv, degree + 1, "a polynomial of degree " + degree);
    return new EdgeModel.Lines(
        energyEv, below, above, preEdge, degree, divideBy, e0, Optional.empty(), Optional.empty());
  }

  private static EdgeModel.Lines common(EdgeModel.Lines lines, double[] mean) {
    var model = lines.model(EdgeModel.all(mean.length)).orElseThrow();
    double[] c = model.fit(mean);
    double[][] low = lines.preColumns();
    double[][] high = lines.postColumns();
    double[] line = new double[mean.length];
    double[] step = new double[mean.length];
    for (int e = 0; e < mean.length; e++) {
      for (int k = 0; k < low.length; k++) {
        line[e] += low[k][e] * c[k];
      }
      for (int k = 0; k < high.length; k++) {
        step[e] += high[k][e] * c[low.length + k];
      }
    }
    return lines.withCommon(line, step);
  }
}
