package argand.xrf;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.FluorescenceSpectra;
import argand.flow.Step;
import argand.flow.Watch;
import argand.inverse.Cholesky;
import argand.physics.Constants;
import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Which groups of lines the sum of the spectra asks for, said as sentences: a proposal for a
/// person
/// to judge.
///
/// The counts above the background (SNIP, and a spline for what it left) are explained by one group
/// after the other, each time by
/// the one that takes most of what is left, weighted by 1/counts, until the best takes less than
/// `significance`² (1); then groups below `significance` times their error are taken out again (2).
/// The calibration must be right within half a width of a line.
public record ProposeElements(
    @Param(value = "what a group must explain, in standard deviations", byDefault = "8")
        double significance,
    @Param(value = "first and last energy that is looked at", unit = "eV", byDefault = "[]")
        List<Double> range,
    @Param(value = "widths of peaks", byDefault = "{}") PeakShape shape,
    @Param(value = "detector, and what is before it", byDefault = "{}") EnergyDetector detector,
    @Param(value = "groups at most", byDefault = "25") int most)
    implements Step.One<FluorescenceSpectra, FluorescenceSpectra> {
  /// Elements that no one has in a sample unless he knows it.
  private static final Set<Integer> RARE =
      Set.of(2, 10, 36, 43, 54, 61, 84, 85, 86, 87, 88, 89, 91, 93, 94);

  private static final int LIGHTEST = 13;
  private static final int HEAVIEST = 92;
  private static final double LEAST_EV = 1000;
  private static final double SNIP_EV = 300;
  private static final double KNOTS_EV = 700;

  public ProposeElements {
    range = List.copyOf(range);
    Check.within("significance", significance, 1, 1e3, "");
    Check.within("most", most, 1, 60, "");
  }

  @Override
  public Class<FluorescenceSpectra> takes() {
    return FluorescenceSpectra.class;
  }

  @Override
  public Class<FluorescenceSpectra> gives() {
    return FluorescenceSpectra.class;
  }

  @Override
  public FluorescenceSpectra apply(FluorescenceSpectra spectra, Watch watch) {
    var found = groups(spectra);
    var quality = spectra.quality();
    for (var one : found) {
      quality = quality.withMetric("significance." + one.group().key(), one.significance());
    }
    String names = String.join("', '", found.stream().map(f -> f.group().name()).toList());
    return spectra
        .withQuality(
            quality.withVerdict(
                found.isEmpty()
                    ? "No group of lines stands out of the background."
                    : "The sum of the spectra asks for: groups: ['" + names + "']."))
        .withStep("proposeElements");
  }

  /// A group, and its area over its error.
  record Proposal(LineGroup group, double significance) {}

  List<Proposal> groups(FluorescenceSpectra spectra) {
    double beam = BeamEnergy.known(spectra.incidentEv(), "the energy that excites the lines");
    double pair = detector.element().pairEv();
    var calibration = spectra.calibration();
    double from = range.size() == 2 ? range.get(0) : LEAST_EV;
    // the scattered beam and what lies below it belong to no element
    double to =
        range.size() == 2
            ? range.get(1)
            : Math.min(
                beam / (1 + 2 * beam / Constants.ELECTRON_REST_EV) - 300,
                calibration.energyEv(spectra.channels() - 1));
    int first = (int) Math.clamp(calibration.channel(from), 0, spectra.channels() - 1);
    int last = (int) Math.clamp(calibration.channel(to), 0, spectra.channels() - 1);
    if (last - first < 20) {
      throw new InvalidInput("range", from + " … " + to + " eV", "some channels", "");
    }
    double[] y = Arrays.copyOfRange(spectra.counts().sum(), first, last + 1);
    double[] under = StrippedBackground.snip(y, SNIP_EV, calibration.gainEv());
    double[] weight = new double[y.length];
    double[] net = new double[y.length];
    for (int c = 0; c < y.length; c++) {
      weight[c] = 1 / Math.max(1, y[c]);
      net[c] = y[c] - under[c];
    }
    var patterns = candidates(beam, calibration.energyEv(first), calibration.energyEv(last));
    var profile = new PeakProfile(calibration, shape, pair, first, y.length);
    var columns = new ArrayList<Column>();
    for (var pattern : patterns) {
      var column = new Column(y.length);
      profile.addTo(column, pattern);
      columns.add(column);
    }
    double[] energy = calibration.energiesEv(first, y.length);
    columns.addAll(List.of(BackgroundCurve.splines(energy, KNOTS_EV)));
    return chosen(patterns, columns, net, weight);
  }

  private List<LinePattern> candidates(double beam, double from, double to) {
    var patterns = new ArrayList<LinePattern>();
    for (int z = LIGHTEST; z <= HEAVIEST; z++) {
      if (RARE.contains(z)) {
        continue;
      }
      for (var family : List.of(LineGroup.Family.K, LineGroup.Family.L, LineGroup.Family.M)) {
        var group = new LineGroup(FluorescenceLines.symbol(z), family);
        double edge = FluorescenceLines.edgeEv(group);
        if (edge > from && edge < beam && !FluorescenceLines.of(group, beam).isEmpty()) {
          var pattern = LinePattern.of(group, OptionalDouble.of(beam), detector, Optional.empty());
          if (pattern.within(from, to) > 0.5) {
            patterns.add(pattern);
          }
        }
      }
    }
    return patterns;
  }

  private List<Proposal> chosen(
      List<LinePattern> patterns, List<Column> columns, double[] net, double[] weight) {
    var chosen = new ArrayList<Integer>();
    for (int k = patterns.size(); k < columns.size(); k++) {
      chosen.add(k);
    }
    int base = chosen.size();
    double[] left = net.clone();
    while (chosen.size() < base + most) {
      int best = -1;
      double gain = significance * significance;
      for (int k = 0; k < patterns.size(); k++) {
        var column = columns.get(k);
        double square = Column.product(column, column, weight);
        double dot = 0;
        for (int c = column.first; c < column.last; c++) {
          dot += weight[c] * column.value[c] * left[c];
        }
        if (!chosen.contains(k) && dot > 0 && dot * dot / square > gain) { // (1)
          gain = dot * dot / square;
          best = k;
        }
      }
      if (best < 0) {
        break;
      }
      chosen.add(best);
      double[] areas = fit(chosen, columns, net, weight)[0];
      System.arraycopy(net, 0, left, 0, net.length);
      for (int i = 0; i < chosen.size(); i++) {
        columns.get(chosen.get(i)).addTo(left, -areas[i]);
      }
    }
    while (chosen.size() > base) { // (2)
      double[][] found = fit(chosen, columns, net, weight);
      int worst = base;
      for (int i = base + 1; i < chosen.size(); i++) {
        worst = found[0][i] / found[1][i] < found[0][worst] / found[1][worst] ? i : worst;
      }
      if (found[0][worst] / found[1][worst] >= significance) {
        var proposals = new ArrayList<Proposal>();
        for (int i = base; i < chosen.size(); i++) {
          proposals.add(
              new Proposal(patterns.get(chosen.get(i)).group(), found[0][i] / found[1][i]));
        }
        proposals.sort(Comparator.comparing(p -> -p.significance()));
        return proposals;
      }
      chosen.remove(worst);
    }
    return List.of();
  }

  /// Areas and errors.
  private static double[][] fit(
      List<Integer> chosen, List<Column> columns, double[] net, double[] weight) {
    int n = chosen.size();
    double[][] h = new double[n][n];
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      var a = columns.get(chosen.get(i));
      for (int k = 0; k <= i; k++) {
        h[i][k] = Column.product(a, columns.get(chosen.get(k)), weight);
      }
      h[i][i] *= 1 + 1e-6; // of two that are alike neither is impossible
      for (int c = a.first; c < a.last; c++) {
        b[i] += weight[c] * a.value[c] * net[c];
      }
    }
    var cholesky = new Cholesky(h, 0);
    double[][] inverse = cholesky.inverse();
    double[] sigma = new double[n];
    for (int i = 0; i < n; i++) {
      sigma[i] = Math.sqrt(inverse[i][i]);
    }
    return new double[][] {cholesky.solve(b), sigma};
  }
}
