package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Counts in the line groups of fluorescence spectra, and what was made of them: percentages, areal
/// densities, mass fractions.
///
/// @param groups that were fitted
/// @param areas [group][spectrum] counts in the full-energy peaks of all lines of the group, escape
///     peaks and pile-up not among them
/// @param sigma [group][spectrum] their standard deviations; NaN where an area could not be
///     determined
/// @param covariance of the areas of each spectrum [spectrum][row of the lower triangle of groups ×
///     groups]; absent where it was not kept
/// @param exposure of each spectrum
/// @param incidentEv energy of the exciting beam [eV]; empty where it is not known
/// @param grid whose pixels the spectra were; empty where they are of no map
/// @param names of the spectra; empty where they have none
/// @param amounts what was computed from the areas
/// @param fits a few spectra with their fits
public record LineAreas(
    List<LineGroup> groups,
    double[][] areas,
    double[][] sigma,
    Optional<double[][]> covariance,
    Exposure exposure,
    OptionalDouble incidentEv,
    Optional<Grid> grid,
    List<String> names,
    List<Amount> amounts,
    List<FittedSpectrum> fits,
    Quality quality,
    Source source)
    implements Product {
  /// One quantity for each spectrum.
  ///
  /// @param name a word or two for a person: `Mn`
  /// @param quantity what it is: `areal density`
  /// @param unit empty for a ratio
  /// @param sigma standard deviation of each value, where it is known
  public record Amount(
      String name, String quantity, String unit, double[] values, Optional<double[]> sigma) {}

  public LineAreas {
    groups = List.copyOf(groups);
    names = List.copyOf(names);
    amounts = List.copyOf(amounts);
    fits = List.copyOf(fits);
    Check.atLeast("number of line groups", groups.size(), 1);
    Check.same("rows of areas", areas.length, groups.size());
    Check.same("rows of errors", sigma.length, groups.size());
    int count = areas[0].length;
    Check.atLeast("number of spectra", count, 1);
    for (int g = 0; g < areas.length; g++) {
      Check.same("areas of " + groups.get(g), areas[g].length, count);
      Check.same("errors of " + groups.get(g), sigma[g].length, count);
    }
    covariance.ifPresent(c -> Check.same("covariances", c.length, count));
    exposure.mustBeOf(count);
    grid.ifPresent(g -> Check.same("pixels of the map", g.size(), count));
    for (var amount : amounts) {
      Check.same("values of " + amount.name(), amount.values().length, count);
    }
    if (!names.isEmpty()) {
      Check.same("number of names", names.size(), count);
    }
  }

  /// Areas by themselves.
  public static LineAreas of(
      List<LineGroup> groups, double[][] areas, double[][] sigma, Source source) {
    return new LineAreas(
        groups,
        areas,
        sigma,
        Optional.empty(),
        Exposure.UNKNOWN,
        OptionalDouble.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Quality.NONE,
        source);
  }

  /// Number of spectra.
  public int count() {
    return areas[0].length;
  }

  /// The number of a group.
  ///
  /// @throws InvalidInput where it was not fitted
  public int index(LineGroup group) {
    int at = groups.indexOf(group);
    if (at < 0) {
      throw new InvalidInput(
          "the line group",
          group.name(),
          "one of those fitted: "
              + String.join(", ", groups.stream().map(LineGroup::name).toList()),
          "");
    }
    return at;
  }

  /// Covariance of two areas of one spectrum; empty where it was not kept.
  public OptionalDouble covariance(int spectrum, int a, int b) {
    int high = Math.max(a, b);
    return covariance
        .map(c -> OptionalDouble.of(c[spectrum][high * (high + 1) / 2 + Math.min(a, b)]))
        .orElse(OptionalDouble.empty());
  }

  /// With these amounts behind those there are; one of the same name and quantity is replaced.
  public LineAreas withAmounts(List<Amount> more) {
    var all = new ArrayList<>(amounts);
    for (var one : more) {
      all.removeIf(old -> old.name().equals(one.name()) && old.quantity().equals(one.quantity()));
      all.add(one);
    }
    return with(all, quality, source);
  }

  public LineAreas withQuality(Quality other) {
    return with(amounts, other, source);
  }

  public LineAreas withSource(Source other) {
    return with(amounts, quality, other);
  }

  private LineAreas with(List<Amount> amountsNow, Quality qualityNow, Source sourceNow) {
    return new LineAreas(
        groups,
        areas,
        sigma,
        covariance,
        exposure,
        incidentEv,
        grid,
        names,
        amountsNow,
        fits,
        qualityNow,
        sourceNow);
  }

  /// With one more line in the history of its source.
  public LineAreas withStep(String step) {
    return withSource(source.withStep(step));
  }

  /// Areas and amounts as maps with their standard deviations; empty where the spectra are of no
  /// map.
  public List<Findings.FoundMap> maps() {
    var maps = new ArrayList<Findings.FoundMap>();
    if (grid.isEmpty()) {
      return maps;
    }
    for (int g = 0; g < groups.size(); g++) {
      maps.add(
          new Findings.FoundMap(
              groups.get(g).name(),
              "counts",
              field(grid.get(), areas[g]),
              Optional.of(field(grid.get(), sigma[g]))));
    }
    for (var amount : amounts) {
      maps.add(
          new Findings.FoundMap(
              amount.name() + ", " + amount.quantity(),
              amount.unit(),
              field(grid.get(), amount.values()),
              amount.sigma().map(s -> field(grid.get(), s))));
    }
    return maps;
  }

  private static RealField field(Grid grid, double[] values) {
    var field = new RealField(grid);
    for (int i = 0; i < values.length; i++) {
      field.values()[i] = (float) values[i];
    }
    return field;
  }
}
