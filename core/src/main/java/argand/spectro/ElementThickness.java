package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import argand.physics.Beam;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How much of each element or compound lies in every pixel, from tabulated cross sections:
///
///     OD(E) = Σ_k c_k M_k (μ/ρ)_k(E) + Σ_j b_j (E/Ē)^{n_j},   c_k ≥ 0,   t_k = c_k M_k/ρ_k
///
/// c areal density [mol/m²], M molar mass, μ/ρ from the tables for free atoms ({@link Material}).
/// What
/// chemistry does to absorption near its edges is in no table: a window around every edge of the
/// named materials is left out.
public record ElementThickness(
    @Param("elements or compounds, as formulas: [Ni, Co, O]") List<String> of,
    @Param(
            value = "density of each, for its thickness; no thickness where none is given",
            unit = "kg/m3",
            byDefault = "[]")
        List<Double> densities,
    @Param(
            value = "how far before and behind an edge energies are left out",
            unit = "eV",
            byDefault = "[20 eV, 100 eV]")
        List<Double> nearEdge,
    @Param(value = "exponents n of the background columns E^n", byDefault = "[]")
        List<Integer> background,
    @Param(value = "first and last energy of the fit", unit = "eV", byDefault = "[]")
        List<Double> range)
    implements StackStep {
  private static final double PER_SQUARE_CENTIMETRE = 1e-4;
  private static final double MICROMETRES = 1e6;

  public ElementThickness {
    of = List.copyOf(of);
    densities = List.copyOf(densities);
    nearEdge = List.copyOf(nearEdge);
    background = List.copyOf(background);
    range = List.copyOf(range);
    Check.within("the number of materials", of.size(), 1, 8, "");
    if (!densities.isEmpty() && densities.size() != of.size()) {
      throw new InvalidInput(
          "densities", densities.size() + " for " + of.size() + " materials", "one for each", "");
    }
    densities.forEach(density -> Check.within("densities", density, 0.1, 1e5, "kg/m3"));
    if (nearEdge.size() != 2 || !(nearEdge.get(0) >= 0) || !(nearEdge.get(1) >= 0)) {
      throw new InvalidInput(
          "nearEdge", nearEdge, "two energies, before and behind the edge", "[20 eV, 100 eV]");
    }
    if (!range.isEmpty() && (range.size() != 2 || !(range.get(0) < range.get(1)))) {
      throw new InvalidInput("range", range, "the lower and the upper energy", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    if (stack.quantity() != Quantity.OPTICAL_DENSITY) {
      throw new InvalidInput(
          "the stack",
          "one of " + stack.quantity().words(),
          "one of optical density",
          "put opticalDensity before elementThickness");
    }
    double[] energies = stack.energyEv();
    var windows = new ArrayList<List<Double>>();
    var materials = new ArrayList<Material>();
    var spectra = new ArrayList<Spectrum>();
    for (String formula : of) {
      var material = Material.of(formula);
      materials.add(material);
      double[] values = new double[energies.length];
      for (int e = 0; e < energies.length; e++) {
        values[e] = material.molarMass() * material.massAttenuation(new Beam.XRays(energies[e]));
      }
      spectra.add(Spectrum.of(formula, energies, values, Quantity.OPTICAL_DENSITY));
      double least = energies[0] - nearEdge.get(1);
      double most = energies[energies.length - 1] + nearEdge.get(0);
      for (double edge : material.edgesEv(least, most)) {
        windows.add(List.of(edge - nearEdge.get(0), edge + nearEdge.get(1)));
      }
    }
    int[] used = FitColumns.energies(energies, range, windows);
    var columns = new FitColumns(spectra, energies, used, background);
    var maps = fit(stack, columns, watch);
    var findings = stack.findings();
    for (int k = 0; k < of.size(); k++) {
      findings =
          findings.with(
              map("areal density of " + of.get(k), "mol/cm2", maps, k, PER_SQUARE_CENTIMETRE));
      if (!densities.isEmpty()) {
        double thickness = materials.get(k).molarMass() / densities.get(k) * MICROMETRES;
        findings = findings.with(map("thickness of " + of.get(k), "µm", maps, k, thickness));
      }
    }
    findings =
        findings.with(FoundMap.of("fitting error", "", new RealField(stack.grid(), maps.error)));
    return stack.withFindings(findings).withStep("elementThickness of " + String.join(", ", of));
  }

  private static FitMaps fit(EnergyStack stack, FitColumns columns, Watch watch) {
    var images = stack.images();
    Supplier<BoundedQuadratic> constraint =
        () -> BoundedQuadratic.nonNegative(columns.count(), columns.references());
    return stack.variance().isPresent()
        ? new PixelFit(columns, constraint)
            .fit(images, stack.variance().get(), stack.mask(), Optional.empty(), watch)
        : new CommonFit(columns, constraint).fit(images, stack.mask(), Optional.empty(), watch);
  }

  private static FoundMap map(String name, String unit, FitMaps maps, int k, double factor) {
    return new FoundMap(
        name,
        unit,
        new RealField(maps.grid(), scaled(maps.amount[k], factor)),
        Optional.of(new RealField(maps.grid(), scaled(maps.amountSigma[k], factor))));
  }

  private static float[] scaled(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (values[i] * factor);
    }
    return scaled;
  }
}
