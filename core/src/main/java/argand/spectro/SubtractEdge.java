package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// The areal density of an element from a few images below and above its absorption edge: with two
/// and a constant background OD₂ − OD₁ over the jump of μ/ρ, in general the first of the amounts in
///
///     OD(E) = A μ(E) + Σ_j b_j (E/Ē)^{n_j}
///
/// by least squares over the images, so a fixed sum of them; its standard deviation is that of the
/// counts. All that absorbs beside the element falls from energy to energy; with n = −3 that is in
/// the background, with a constant it is taken for the element.
///
/// μ(E) is that of the tables ({@link Material}), which know free atoms: take energies some 20 eV
/// below and 50 eV above the edge, or give the jump where a white line is used. Without element or
/// jump the map is the difference in optical density alone: above zero, below, or neither tells
/// chemistries apart.
public record SubtractEdge(
    @Param(value = "energies below the edge", unit = "eV") List<Double> belowEv,
    @Param(value = "energies above it", unit = "eV") List<Double> aboveEv,
    @Param("the element or compound, as a formula") Optional<String> element,
    @Param(value = "jump of its mass attenuation coefficient; instead of tables", unit = "m2/kg")
        OptionalDouble jump,
    @Param(
            value = "exponents n of the background columns E^n, one fewer than images at most",
            byDefault = "[-3]")
        List<Integer> background,
    @Param(
            value = "an image counts as one of an energy if it is no farther away",
            unit = "eV",
            byDefault = "1 eV")
        double toleranceEv,
    @Param("what the map is called") Optional<String> name)
    implements StackStep {
  /// 1 kg/m²
  private static final double GRAMS_PER_SQUARE_CENTIMETRE = 0.1;

  public SubtractEdge {
    belowEv = List.copyOf(belowEv);
    aboveEv = List.copyOf(aboveEv);
    background = List.copyOf(background);
    Check.atLeast("energies below", belowEv.size(), 1);
    Check.atLeast("energies above", aboveEv.size(), 1);
    Check.within("tolerance", toleranceEv, 1e-4, 1e3, "eV");
    double highest = belowEv.stream().max(Double::compare).orElseThrow();
    double lowest = aboveEv.stream().min(Double::compare).orElseThrow();
    if (!(highest < lowest)) {
      throw new InvalidInput(
          "below", belowEv + " eV", "energies lower than those above, " + aboveEv + " eV", "");
    }
    if (background.size() >= belowEv.size() + aboveEv.size()) {
      throw new InvalidInput(
          "background",
          background.size() + " columns",
          "fewer than the " + (belowEv.size() + aboveEv.size()) + " images",
          "");
    }
    if (element.isPresent() && jump.isPresent()) {
      throw new InvalidInput("jump", "given beside element", "one of the two", "");
    }
    element.ifPresent(Material::of);
    jump.ifPresent(value -> Check.within("jump", value, 1e-6, 1e6, "m2/kg"));
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    if (stack.quantity() != Quantity.OPTICAL_DENSITY) {
      throw new InvalidInput(
          "the stack",
          "one of " + stack.quantity().words(),
          "one of optical density",
          "put opticalDensity before subtractEdge");
    }
    var planes = new ArrayList<Integer>();
    belowEv.forEach(ev -> planes.add(plane(stack, ev)));
    aboveEv.forEach(ev -> planes.add(plane(stack, ev)));
    double[] row = row(stack.energyEv(), planes);
    double[] weights = new double[stack.count()];
    for (int i = 0; i < row.length; i++) {
      weights[planes.get(i)] += row[i];
    }
    var maps = CurveMaps.linear(stack, weights, watch.workers());
    boolean absolute = element.isPresent() || jump.isPresent();
    String called =
        name.orElse(
            element
                .map(of -> "areal density of " + of)
                .orElse(absolute ? "areal density" : "difference"));
    var map =
        new FoundMap(
            called,
            absolute ? "g/cm2" : Quantity.OPTICAL_DENSITY.unit(),
            maps[0],
            stack.variance().map(_ -> maps[1]));
    var quality = stack.findings().quality();
    double sum = 0;
    double square = 0;
    int n = 0;
    for (int i = 0; i < stack.mask().good().length; i++) {
      if (stack.mask().good()[i] && Float.isFinite(maps[0].values()[i])) {
        sum += maps[0].values()[i];
        square += (double) maps[1].values()[i] * maps[1].values()[i];
        n++;
      }
    }
    quality = quality.withMetric("edgeMean", sum / Math.max(1, n));
    if (stack.variance().isPresent()) {
      double sigma = Math.sqrt(square / Math.max(1, n));
      quality =
          quality
              .withMetric("edgeSigma", sigma)
              .withVerdict(
                  String.format(
                      Locale.ROOT,
                      "%s: three standard deviations of one pixel are %.3g%s.",
                      called,
                      3 * sigma,
                      absolute ? " g/cm²" : ""));
    }
    return stack
        .with(map)
        .withFindings(stack.with(map).findings().with(quality))
        .withStep("subtractEdge: " + called);
  }

  private int plane(EnergyStack stack, double ev) {
    int near = Interpolation.nearest(stack.energyEv(), ev);
    if (Math.abs(stack.energyEv()[near] - ev) > toleranceEv) {
      throw new InvalidInput(
          "energies",
          ev + " eV",
          "an energy of the stack within " + toleranceEv + " eV",
          "the nearest is " + stack.energyEv()[near] + " eV");
    }
    return near;
  }

  /// What A is of the images: the first row of (XᵀX)⁻¹Xᵀ.
  private double[] row(double[] energies, List<Integer> planes) {
    int n = planes.size();
    double mean = planes.stream().mapToDouble(e -> energies[e]).average().orElseThrow();
    double[][] x = new double[n][1 + background.size()];
    for (int i = 0; i < n; i++) {
      double ev = energies[planes.get(i)];
      boolean above = i >= belowEv.size();
      x[i][0] =
          element.isPresent()
              ? Material.of(element.get()).massAttenuation(new Beam.XRays(ev))
              : above ? jump.orElse(1) : 0;
      for (int j = 0; j < background.size(); j++) {
        x[i][1 + j] = Math.pow(ev / mean, background.get(j));
      }
    }
    mustJump(x);
    double[][] normal = new double[x[0].length][x[0].length];
    double[][] right = new double[x[0].length][n];
    for (int k = 0; k < x[0].length; k++) {
      for (int i = 0; i < n; i++) {
        right[k][i] = x[i][k];
        for (int l = 0; l < x[0].length; l++) {
          normal[k][l] += x[i][k] * x[i][l];
        }
      }
    }
    double[] row = SmallMatrix.solve(normal, right)[0];
    double unit = element.isPresent() || jump.isPresent() ? GRAMS_PER_SQUARE_CENTIMETRE : 1;
    return Arrays.stream(row).map(w -> w * unit).toArray();
  }

  /// The element must absorb more above than below, or its edge is not between them.
  private void mustJump(double[][] x) {
    double below = 0;
    for (int i = 0; i < belowEv.size(); i++) {
      below = Math.max(below, x[i][0]);
    }
    for (int i = belowEv.size(); i < x.length; i++) {
      if (!(x[i][0] > below)) {
        throw new InvalidInput(
            "element",
            element.orElse("given") + ", which absorbs no more above than below",
            "one with an edge between " + belowEv + " and " + aboveEv + " eV",
            "");
      }
    }
  }
}
