package argand.singlepixel;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Findings.FoundMap;
import argand.data.StructuredScan;
import argand.physics.FluorescenceLines;
import argand.physics.Layer;
import argand.physics.LineGroup;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Amounts of substance from maps of fluorescence: counts over what one mole of the element sends
/// to the detector,
///
///     n_e ∝ counts_e / (M_e Σ_l σ_l(E₀) T(E_l))
///
/// M_e its molar mass, σ_l the cross section of a line of the group, T what lies before the
/// detector. The sample is thin. Beam and solid angle are the same for all elements and left out:
/// amounts are relative, their greatest sum in a pixel is 1.
///
/// @param elements by symbol
/// @param amounts one map for each
/// @param sigma their standard deviations; none where those of the maps are not known
record ElementAmounts(
    List<String> elements, List<RealField> amounts, Optional<List<RealField>> sigma) {
  /// One element's map, and the group of lines that it was made of.
  private record Seen(LineGroup group, FoundMap map) {}

  static ElementAmounts of(
      StructuredScan scan, List<String> wanted, double incidentEv, List<Layer> before) {
    var seen = new ArrayList<Seen>();
    for (String element : wanted) {
      group(scan, element).ifPresent(seen::add);
    }
    if (seen.size() < 2) {
      throw new InvalidInput(
          "the number of maps of the elements " + String.join(", ", wanted),
          seen.size(),
          "two at least, such as Ni K",
          "reconstructPatterns makes them of the areas of fitLines");
    }
    double[] perMole = new double[seen.size()];
    for (int e = 0; e < perMole.length; e++) {
      perMole[e] = perMole(seen.get(e).group(), incidentEv, before);
    }
    double greatest = 0;
    int pixels = scan.grid().size();
    for (int i = 0; i < pixels; i++) {
      double sum = 0;
      for (int e = 0; e < perMole.length; e++) {
        sum += seen.get(e).map().values().values()[i] / perMole[e];
      }
      greatest = Math.max(greatest, sum);
    }
    if (!(greatest > 0)) {
      throw new InvalidInput("the maps of the elements", "nowhere above zero", "an amount", "");
    }
    var amounts = new ArrayList<RealField>();
    var sigma = new ArrayList<RealField>();
    for (int e = 0; e < perMole.length; e++) {
      double factor = 1 / (perMole[e] * greatest);
      amounts.add(scaled(seen.get(e).map().values(), factor));
      seen.get(e).map().sigma().ifPresent(s -> sigma.add(scaled(s, factor)));
    }
    return new ElementAmounts(
        seen.stream().map(s -> s.group().element()).toList(),
        amounts,
        sigma.size() == amounts.size() ? Optional.of(sigma) : Optional.empty());
  }

  private static Optional<Seen> group(StructuredScan scan, String element) {
    for (var map : scan.findings().maps()) {
      int space = map.name().indexOf(' ');
      if (space > 0 && map.name().substring(0, space).equals(element)) {
        return Optional.of(new Seen(LineGroup.of(map.name()), map));
      }
    }
    return Optional.empty();
  }

  private static double perMole(LineGroup group, double incidentEv, List<Layer> before) {
    double sum = 0;
    for (var line : FluorescenceLines.of(group, incidentEv)) {
      double passed = line.crossSection();
      for (var layer : before) {
        passed *= layer.transmission(line.energyEv());
      }
      sum += passed;
    }
    if (!(sum > 0)) {
      throw new InvalidInput(
          "the energy of the beam",
          incidentEv + " eV",
          "one that excites " + group.name(),
          "energy: 9 keV");
    }
    return sum * Material.of(group.element()).molarMass();
  }

  private static RealField scaled(RealField field, double factor) {
    var scaled = field.copy();
    for (int i = 0; i < scaled.values().length; i++) {
      scaled.values()[i] *= (float) factor;
    }
    return scaled;
  }

  /// Of all elements together.
  double sum(int pixel) {
    double sum = 0;
    for (var amount : amounts) {
      sum += amount.values()[pixel];
    }
    return sum;
  }
}
