package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// A number that each reference stands for, averaged by the fractions: valence (2 and 3 for Fe²⁺
/// and
/// Fe³⁺), lithium or oxygen of a formula (x of Ce₂Zr₂O_x is 7 and 8), percent of lithiation:
///
///     s = Σ_k f_k s_k,   σ_s ≤ Σ_k |s_k − s̄| σ_k,   s̄ the middle between the least and the
/// greatest
///
/// The bound is the error itself for two states whose fractions add up to 1. Fractions that lie
/// beyond
/// 0 or 1 by noise are left so, or means over pixels would be biased.
public record StateMap(
    @Param("what the map is called") String name,
    @Param("maps of fractions that unmix has left, and what each stands for") List<State> states,
    @Param(value = "unit of the map", byDefault = "") String unit)
    implements StackStep {
  /// One reference.
  public record State(
      @Param("map of its fraction, such as fraction of FePO4") String map,
      @Param("what it stands for") double value) {}

  /// Fractions add up to 1 within this.
  private static final double WHOLE = 0.02;

  public StateMap {
    states = List.copyOf(states);
    if (states.size() < 2) {
      throw new InvalidInput("states", states.size(), "two at least", "");
    }
    if (new TreeSet<>(states.stream().map(State::map).toList()).size() < states.size()) {
      throw new InvalidInput("states", states.toString(), "each map once", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var maps = states.stream().map(state -> NamedImage.of(stack, state.map())).toList();
    double least = states.stream().mapToDouble(State::value).min().orElseThrow();
    double most = states.stream().mapToDouble(State::value).max().orElseThrow();
    var values = new RealField(stack.grid());
    var sigma = new RealField(stack.grid());
    boolean known = maps.stream().allMatch(map -> map.sigma().isPresent());
    boolean[] good = stack.mask().good();
    double sum = 0;
    double whole = 0;
    int n = 0;
    for (int i = 0; i < good.length; i++) {
      double value = 0;
      double error = 0;
      double all = 0;
      for (int k = 0; k < maps.size(); k++) {
        double fraction = maps.get(k).values().values()[i];
        double stands = states.get(k).value();
        value += fraction * stands;
        all += fraction;
        error +=
            known
                ? Math.abs(stands - (least + most) / 2)
                    * maps.get(k).sigma().orElseThrow().values()[i]
                : 0;
      }
      values.values()[i] = good[i] ? (float) value : Float.NaN;
      sigma.values()[i] = good[i] ? (float) error : Float.NaN;
      if (good[i] && Double.isFinite(value)) {
        sum += value;
        whole += all;
        n++;
      }
    }
    if (n > 0 && Math.abs(whole / n - 1) > WHOLE) {
      throw new InvalidInput(
          "states",
          String.format(Locale.ROOT, "maps that add up to %.3f on average", whole / n),
          "fractions, which add up to 1",
          "name the map “fraction of …” of every reference of the fit");
    }
    var quality =
        stack
            .findings()
            .quality()
            .withMetric("mean." + name, sum / n)
            .withVerdict(
                String.format(
                    Locale.ROOT,
                    "%s is %.4g%s on average.",
                    name,
                    sum / n,
                    unit.isEmpty() ? "" : " " + unit));
    return stack
        .withFindings(
            stack
                .findings()
                .with(
                    new FoundMap(name, unit, values, known ? Optional.of(sigma) : Optional.empty()))
                .with(quality))
        .withStep("stateMap: " + name);
  }
}
