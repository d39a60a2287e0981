package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Constants;
import argand.physics.Material;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The refractive index n = 1 − δ + iβ from optical density and phase of the same pixels:
///
///     (1)  δ/β = −2 φ/OD                         of whatever thickness
///     (2)  δ = −φ λ/(2π t),  β = OD λ/(4π t)       where the thickness t is known
///     (3)  f₁ + i f₂ = 2π (δ + iβ)/(r_e λ² N)      where formula and density are
///
/// Maps at the energies that are named, with the errors of the counts; and over all energies the
/// curves
/// of all good pixels together, −2 Σφ/ΣOD and so on, which small densities cannot throw off as they
/// do the mean of the ratios. Pixels of less than `least` optical density are left out, for they
/// hold
/// no sample, or tell nothing.
@Paper(
    value = "S. G. Urquhart, X-ray Spectroptychography, ACS Omega 7, 11521–11529 (2022)",
    doi = "10.1021/acsomega.2c00228")
public record RefractiveIndexMaps(
    @Param(value = "energies at which maps are left", unit = "eV", byDefault = "[]")
        List<Double> energiesEv,
    @Param(value = "thickness of the sample, alike in all pixels", unit = "m")
        OptionalDouble thickness,
    @Param("map of the thickness, in m, µm or nm") Optional<String> thicknessMap,
    @Param("what the sample is, as a formula, for f₁ and f₂") Optional<String> formula,
    @Param(value = "its density", unit = "kg/m3") OptionalDouble density,
    @Param(value = "least optical density of a pixel that counts", byDefault = "0.05") double least)
    implements StackStep {
  public RefractiveIndexMaps {
    energiesEv = List.copyOf(energiesEv);
    energiesEv.forEach(ev -> Check.within("energies", ev, 1, 1e6, "eV"));
    thickness.ifPresent(t -> Check.within("thickness", t, 1e-10, 1, "m"));
    density.ifPresent(rho -> Check.within("density", rho, 0.1, 1e5, "kg/m3"));
    Check.within("least", least, 0, 10, "");
    if (thickness.isPresent() && thicknessMap.isPresent()) {
      throw new InvalidInput("thicknessMap", "given beside thickness", "one of the two", "");
    }
    if (formula.isPresent() != density.isPresent()) {
      throw new InvalidInput(
          formula.isPresent() ? "density" : "formula",
          "not given",
          "both formula and density, or none",
          "f₁ and f₂ are those of the formula's atoms");
    }
    formula.ifPresent(Material::of);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    if (stack.quantity() != Quantity.OPTICAL_DENSITY || stack.phase().isEmpty()) {
      throw new InvalidInput(
          "the stack",
          stack.quantity().words() + (stack.phase().isEmpty() ? " without a phase" : ""),
          "optical density with the phase beside it",
          "put absorptionAndPhase before refractiveIndexMaps");
    }
    var phase = stack.phase().get();
    Optional<RealField> metres = thickness(stack);
    if (formula.isPresent() && metres.isEmpty()) {
      throw new InvalidInput("thickness", "not given", "one, for f₁ and f₂", "");
    }
    var result = stack;
    for (double ev : energiesEv) {
      int e = Interpolation.nearest(stack.energyEv(), ev);
      result = withMaps(result, phase, e, metres);
    }
    var quality = result.findings().quality();
    for (var figure : curves(stack, phase, metres).entrySet()) {
      quality = quality.withFigure(figure.getKey(), figure.getValue());
    }
    return result
        .withFindings(result.findings().with(quality))
        .withStep("refractiveIndexMaps at " + energiesEv + " eV");
  }

  /// [m]
  private Optional<RealField> thickness(EnergyStack stack) {
    if (thickness.isPresent()) {
      var field = new RealField(stack.grid());
      java.util.Arrays.fill(field.values(), (float) thickness.getAsDouble());
      return Optional.of(field);
    }
    if (thicknessMap.isEmpty()) {
      return Optional.empty();
    }
    var map = NamedImage.of(stack, thicknessMap.get());
    double unit =
        switch (map.unit()) {
          case "m" -> 1;
          case "µm" -> 1e-6;
          case "nm" -> 1e-9;
          default ->
              throw new InvalidInput(
                  "thicknessMap",
                  "“" + map.name() + "” in “" + map.unit() + "”",
                  "a map in m, µm or nm",
                  "an edge step is no thickness: elementThickness with densities gives one");
        };
    var field = new RealField(stack.grid());
    for (int i = 0; i < field.values().length; i++) {
      field.values()[i] = (float) (unit * map.values().values()[i]);
    }
    return Optional.of(field);
  }

  private EnergyStack withMaps(
      EnergyStack stack, PhaseImages phase, int e, Optional<RealField> metres) {
    float[] od = stack.images().plane(e).values();
    float[] phi = phase.images().plane(e).values();
    float[] odVariance = variance(stack.variance(), e, od.length);
    float[] phiVariance = variance(phase.variance(), e, od.length);
    double lambda = new Beam.XRays(stack.energyEv()[e]).wavelength();
    var maps = new RealField[6];
    java.util.Arrays.setAll(maps, _ -> new RealField(stack.grid()));
    for (int i = 0; i < od.length; i++) {
      boolean counts = stack.mask().good()[i] && od[i] >= least && Float.isFinite(phi[i]);
      double sigmaOd = Math.sqrt(odVariance[i]);
      double sigmaPhi = Math.sqrt(phiVariance[i]);
      double t = metres.isPresent() ? metres.get().values()[i] : Double.NaN;
      double[] values = {
        -2 * phi[i] / od[i],
        2 * Math.hypot(sigmaPhi, phi[i] / od[i] * sigmaOd) / od[i],
        -phi[i] * lambda / (2 * Math.PI * t),
        sigmaPhi * lambda / (2 * Math.PI * t),
        od[i] * lambda / (4 * Math.PI * t),
        sigmaOd * lambda / (4 * Math.PI * t)
      };
      for (int k = 0; k < maps.length; k++) {
        maps[k].values()[i] = counts ? (float) values[k] : Float.NaN;
      }
    }
    String at =
        " at "
            + BigDecimal.valueOf(stack.energyEv()[e]).stripTrailingZeros().toPlainString()
            + " eV";
    boolean known = stack.variance().isPresent() && phase.variance().isPresent();
    var with = stack.with(map("delta/beta" + at, maps[0], maps[1], known));
    return metres.isEmpty()
        ? with
        : with.with(map("delta" + at, maps[2], maps[3], known))
            .with(map("beta" + at, maps[4], maps[5], known));
  }

  private static FoundMap map(String name, RealField values, RealField sigma, boolean known) {
    return new FoundMap(name, "", values, known ? Optional.of(sigma) : Optional.empty());
  }

  private static float[] variance(Optional<Planes> of, int e, int size) {
    return of.map(planes -> planes.plane(e).values()).orElseGet(() -> new float[size]);
  }

  /// Of all pixels that count at all energies, summed before they are divided.
  private java.util.SequencedMap<String, List<Curve>> curves(
      EnergyStack stack, PhaseImages phase, Optional<RealField> metres) {
    int n = stack.count();
    double[][] y = new double[5][n];
    boolean[] counts = counting(stack);
    for (int e = 0; e < n; e++) {
      float[] od = stack.images().plane(e).values();
      float[] phi = phase.images().plane(e).values();
      double sumOd = 0;
      double sumPhi = 0;
      double sumT = 0;
      for (int i = 0; i < od.length; i++) {
        if (counts[i] && Float.isFinite(od[i]) && Float.isFinite(phi[i])) {
          sumOd += od[i];
          sumPhi += phi[i];
          sumT += metres.isPresent() ? metres.get().values()[i] : 0;
        }
      }
      double lambda = new Beam.XRays(stack.energyEv()[e]).wavelength();
      y[0][e] = -2 * sumPhi / sumOd;
      y[1][e] = -sumPhi * lambda / (2 * Math.PI * sumT);
      y[2][e] = sumOd * lambda / (4 * Math.PI * sumT);
      if (formula.isPresent()) {
        double atoms =
            density.orElseThrow() * Constants.AVOGADRO / Material.of(formula.get()).molarMass();
        double each = 2 * Math.PI / (Constants.ELECTRON_RADIUS * lambda * lambda * atoms);
        y[3][e] = each * y[1][e];
        y[4][e] = each * y[2][e];
      }
    }
    var all = new java.util.LinkedHashMap<String, List<Curve>>();
    all.put("δ/β", List.of(curve(stack, "δ/β", "ratio", y[0])));
    if (metres.isPresent()) {
      all.put(
          "Refractive index",
          List.of(curve(stack, "δ", "δ, β", y[1]), curve(stack, "β", "δ, β", y[2])));
    }
    if (formula.isPresent()) {
      all.put(
          "Scattering factors of " + formula.get(),
          List.of(curve(stack, "f₁", "electrons", y[3]), curve(stack, "f₂", "electrons", y[4])));
    }
    return all;
  }

  /// Good pixels whose mean over the energies is dense enough.
  private boolean[] counting(EnergyStack stack) {
    float[] mean = stack.mean().values();
    boolean[] counts = new boolean[mean.length];
    int n = 0;
    for (int i = 0; i < mean.length; i++) {
      counts[i] = stack.mask().good()[i] && mean[i] >= least;
      n += counts[i] ? 1 : 0;
    }
    if (n == 0) {
      throw new InvalidInput(
          "pixels of an optical density above " + least, "none", "some", "lower least");
    }
    return counts;
  }

  private static Curve curve(EnergyStack stack, String name, String label, double[] y) {
    return new Curve(name, "energy [eV]", label, stack.energyEv(), y);
  }
}
