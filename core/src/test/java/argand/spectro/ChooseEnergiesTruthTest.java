package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.multivariate.PairSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/// Iron as in LiFePO₄ and FePO₄ at the L₃ edge: the energies that were chosen against counted
/// photons.
class ChooseEnergiesTruthTest {
  private static final double[] SCAN =
      IntStream.range(0, 30).mapToDouble(i -> 701.5 + 0.5 * i).toArray();
  private static final double PHOTONS = 800;

  /// Photons on a pixel of the whole scan.
  private static final double BUDGET = PHOTONS * SCAN.length;

  /// A line of the width of the core hole and a monochromator on a step.
  private static double absorption(double ev, double[][] lines) {
    double sum = 0.35 * (0.5 + Math.atan((ev - 711) / 0.7) / Math.PI);
    for (double[] line : lines) {
      double x = (ev - line[0]) / line[2];
      sum += line[1] * Math.exp(-x * x);
    }
    return sum;
  }

  private static double divalent(double ev) {
    return absorption(ev, new double[][] {{708.1, 1, 0.8}, {710.6, 0.35, 1.2}});
  }

  private static double trivalent(double ev) {
    return absorption(ev, new double[][] {{708.3, 0.35, 0.7}, {709.9, 1.1, 0.9}});
  }

  private static Spectrum reference(String name, java.util.function.DoubleUnaryOperator of) {
    double[] energy = IntStream.range(0, 401).mapToDouble(i -> 700 + 0.05 * i).toArray();
    double[] values = java.util.Arrays.stream(energy).map(of).toArray();
    return Spectrum.of(name, energy, values, Quantity.OPTICAL_DENSITY);
  }

  private static Findings references() {
    return Findings.NONE
        .with(reference("Fe2", ChooseEnergiesTruthTest::divalent))
        .with(reference("Fe3", ChooseEnergiesTruthTest::trivalent));
  }

  private static EnergyStack counted(
      double[] energies, double[] photons, double[] share, long seed) {
    int n = (int) Math.round(Math.sqrt(share.length));
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    var grid = Grid.square(n, n, 20e-9);
    var images = new ArrayList<RealField>();
    var flats = new ArrayList<RealField>();
    for (int e = 0; e < energies.length; e++) {
      var image = new RealField(grid);
      var flat = new RealField(grid);
      for (int i = 0; i < share.length; i++) {
        double od =
            0.3 + (1 - share[i]) * divalent(energies[e]) + share[i] * trivalent(energies[e]);
        image.values()[i] = PoissonSampler.of(random, photons[e] * Math.exp(-od)).sample();
        flat.values()[i] = (float) photons[e];
      }
      images.add(image);
      flats.add(flat);
    }
    // a flat of so many frames has no noise of its own
    return new EnergyStack(
        energies,
        Planes.of(images),
        Optional.empty(),
        Quantity.COUNTS,
        Optional.of(new EmptyBeam(Planes.of(flats), Optional.empty(), 1_000_000, 1)),
        Mask.all(grid),
        0,
        references(),
        Source.NONE);
  }

  private static float[] fraction(EnergyStack counts) {
    var density = OpticalDensity.defaults().apply(counts, Watch.SILENT);
    var p = Unmix.plain();
    var fit =
        new Unmix(
            List.of(),
            List.of("Fe2", "Fe3"),
            Unmix.Constraint.FREE,
            Optional.of(List.of(0)),
            List.of(),
            List.of(),
            p.weights(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            p.prior());
    return Found.map(fit.apply(density, Watch.SILENT), "fraction of Fe3");
  }

  /// Standard deviation of the fraction where it is a half.
  private static double spread(double[] energies, double photons) {
    double[] share = new double[64 * 64];
    java.util.Arrays.fill(share, 0.5);
    double[] each = new double[energies.length];
    java.util.Arrays.fill(each, photons);
    float[] found = fraction(counted(energies, each, share, 11));
    double square = 0;
    for (float one : found) {
      // no answer, where both amounts together are not above zero, is as wrong as 0 or 1
      double error = Float.isNaN(one) ? 0.5 : one - 0.5;
      square += error * error;
    }
    return Math.sqrt(square / found.length);
  }

  private static ChooseEnergies choose(
      int number,
      ChooseEnergies.Criterion criterion,
      ChooseEnergies.Exposures exposures,
      double jitter) {
    return new ChooseEnergies(
        List.of(),
        List.of("Fe2", "Fe3"),
        number,
        BUDGET,
        ChooseEnergies.Spend.DOSE,
        criterion,
        exposures,
        1,
        0.3,
        Optional.empty(),
        List.of(),
        OptionalDouble.empty(),
        jitter);
  }

  private static EnergyStack planned() {
    var nothing = new ArrayList<RealField>();
    for (int e = 0; e < SCAN.length; e++) {
      nothing.add(new RealField(Grid.square(1, 1, 1e-6)));
    }
    return EnergyStack.of(SCAN, Planes.of(nothing), Quantity.OPTICAL_DENSITY, Source.NONE)
        .withFindings(references());
  }

  private static java.util.SequencedMap<String, Double> metrics(ChooseEnergies how) {
    return how.apply(planned(), Watch.SILENT).findings().quality().metrics();
  }

  private static final ChooseEnergies THREE =
      choose(3, ChooseEnergies.Criterion.FRACTIONS, ChooseEnergies.Exposures.EVEN, 0);

  /// Of a dose: what photons leave in the even mixture, with those of other mixtures averaged in.
  @Test
  void threeChosenEnergiesAreAsGoodAsThirtyForTheSameDoseAndBadOnesAreNot() {
    var found = metrics(THREE);
    assertThat(found.getOrDefault("expectedSigmaRatio", Double.NaN)).isLessThan(1.5);
    double[] chosen = new double[3];
    for (int i = 0; i < 3; i++) {
      chosen[i] = found.getOrDefault("chosenEnergy" + (i + 1), Double.NaN);
    }
    double photons = found.getOrDefault("chosenCounts1", Double.NaN);
    double many = spread(SCAN, PHOTONS);
    double few = spread(chosen, photons);
    // the error of a standard deviation from 4096 pixels is 1.1 %, and the logarithm of 300 counts
    // is not quite linear
    assertThat(few)
        .isCloseTo(found.getOrDefault("expectedSigma.Fe3", Double.NaN), within(0.05 * few));
    assertThat(few / many).isLessThan(1.5);
    // the same dose in the even mixture, by the counts themselves
    assertThat(absorbed(chosen, photons) / absorbed(SCAN, PHOTONS)).isCloseTo(1, within(0.1));
    // behind the edge both references are nearly alike
    double[] bad = {711.5, 713, 716};
    double same = PHOTONS * absorbed(SCAN, 1) / absorbed(bad, 1);
    assertThat(spread(bad, same) / many).isGreaterThan(5);
  }

  private static double absorbed(double[] energies, double photons) {
    double sum = 0;
    for (double ev : energies) {
      double od = 0.3 + 0.5 * divalent(ev) + 0.5 * trivalent(ev);
      sum += photons * ev * (1 - Math.exp(-od));
    }
    return sum;
  }

  /// Row EX-02 of the catalogue: the map of three energies of a scan goes with that of all.
  @Test
  void threeImagesOfAScanGiveItsMap() {
    double[] share = new double[64 * 64];
    for (int i = 0; i < share.length; i++) {
      share[i] = 0.5 + 0.5 * Math.sin(i % 64 / 9.0) * Math.cos(i / 64 / 7.0);
    }
    double[] each = new double[SCAN.length];
    java.util.Arrays.fill(each, 20_000);
    var whole = counted(SCAN, each, share, 5);
    float[] all = fraction(whole);
    var kept =
        new KeepEnergies(List.of(), 0.5).apply(THREE.apply(whole, Watch.SILENT), Watch.SILENT);
    assertThat(kept.count()).isEqualTo(3);
    assertThat(PairSums.of(all, fraction(kept), i -> true).correlation()).isGreaterThan(0.97);
    var bad = new KeepEnergies(List.of(711.5, 713.0, 716.0), 0.5).apply(whole, Watch.SILENT);
    assertThat(PairSums.of(all, fraction(bad), i -> true).correlation()).isLessThan(0.9);
  }

  /// Exchanges find what all 4060 triples hold, by both criteria.
  @Test
  void exchangesFindTheBestOfAllTriples() {
    for (var criterion : ChooseEnergies.Criterion.values()) {
      var found = metrics(choose(3, criterion, ChooseEnergies.Exposures.EVEN, 0));
      double[] energies = new double[3];
      for (int i = 0; i < 3; i++) {
        energies[i] = found.getOrDefault("chosenEnergy" + (i + 1), Double.NaN);
      }
      var best = best(criterion);
      assertThat(energies).as("%s", criterion).containsExactly(best);
    }
  }

  /// By the covariance of each triple written out, not by the class that is tested.
  private static double[] best(ChooseEnergies.Criterion criterion) {
    double least = Double.POSITIVE_INFINITY;
    double[] best = {};
    double budget = 0;
    double[] cost = new double[SCAN.length];
    double[] shares = {0.5, 0.2, 0.8};
    for (int e = 0; e < SCAN.length; e++) {
      for (double f : shares) {
        double od = 0.3 + (1 - f) * divalent(SCAN[e]) + f * trivalent(SCAN[e]);
        cost[e] += SCAN[e] * (1 - Math.exp(-od)) / 3;
      }
      budget += PHOTONS * cost[e];
    }
    for (int a = 0; a < SCAN.length; a++) {
      for (int b = a + 1; b < SCAN.length; b++) {
        for (int c = b + 1; c < SCAN.length; c++) {
          int[] at = {a, b, c};
          double photons = budget / (cost[a] + cost[b] + cost[c]);
          double value = 0;
          for (double f : shares) {
            value += phi(at, f, photons, criterion);
          }
          if (value < least) {
            least = value;
            best = new double[] {SCAN[a], SCAN[b], SCAN[c]};
          }
        }
      }
    }
    return best;
  }

  /// With three energies and three columns x = X⁻¹ y: errors go through the inverse of the columns.
  private static double phi(
      int[] at, double f, double photons, ChooseEnergies.Criterion criterion) {
    double[][] x = new double[3][];
    double[] variance = new double[3];
    for (int i = 0; i < 3; i++) {
      double ev = SCAN[at[i]];
      x[i] = new double[] {divalent(ev), trivalent(ev), 1};
      variance[i] = Math.exp(0.3 + (1 - f) * x[i][0] + f * x[i][1]) / photons;
    }
    // differences take the constant away: two equations for two amounts
    double p = x[1][0] - x[0][0];
    double q = x[1][1] - x[0][1];
    double r = x[2][0] - x[0][0];
    double s = x[2][1] - x[0][1];
    double det = p * s - q * r;
    if (Math.abs(det) < 1e-5) {
      return Double.POSITIVE_INFINITY;
    }
    double[] two = {-(s - q) / det, s / det, -q / det};
    double[] three = {(r - p) / det, -r / det, p / det};
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (int i = 0; i < 3; i++) {
      aa += two[i] * two[i] * variance[i];
      ab += two[i] * three[i] * variance[i];
      bb += three[i] * three[i] * variance[i];
    }
    return criterion == ChooseEnergies.Criterion.FRACTIONS
        ? f * f * aa - 2 * f * (1 - f) * ab + (1 - f) * (1 - f) * bb
        : Math.log(aa * bb - ab * ab);
  }

  @Test
  void photonsGoWhereTheyHelpAndJitterKeepsOffSlopes() {
    double even = metrics(THREE).getOrDefault("expectedSigma", Double.NaN);
    var best =
        metrics(choose(3, ChooseEnergies.Criterion.FRACTIONS, ChooseEnergies.Exposures.BEST, 0));
    assertThat(best.getOrDefault("expectedSigma", Double.NaN)).isLessThan(even);
    var calm =
        metrics(choose(8, ChooseEnergies.Criterion.FRACTIONS, ChooseEnergies.Exposures.EVEN, 0));
    var shaky =
        metrics(choose(8, ChooseEnergies.Criterion.FRACTIONS, ChooseEnergies.Exposures.EVEN, 0.3));
    assertThat(slopes(shaky)).isLessThan(slopes(calm));
  }

  private static double slopes(java.util.SequencedMap<String, Double> metrics) {
    double sum = 0;
    for (int i = 1; i <= 8; i++) {
      double ev = metrics.getOrDefault("chosenEnergy" + i, Double.NaN);
      sum += Math.abs(divalent(ev + 0.1) - divalent(ev - 0.1));
      sum += Math.abs(trivalent(ev + 0.1) - trivalent(ev - 0.1));
    }
    return sum;
  }

  @Test
  void keptEnergiesTakeFlatsVarianceAndPhaseAlong() {
    var whole = counted(SCAN, SCAN, new double[] {0, 0.2, 0.4, 1}, 3);
    var kept = new KeepEnergies(List.of(708.0, 703.1), 0.5).apply(whole, Watch.SILENT);
    assertThat(kept.energyEv()).containsExactly(703, 708);
    assertThat(kept.emptyBeam().orElseThrow().flats().plane(1).at(0, 0)).isEqualTo(708);
    assertThat(kept.images().plane(0).values()).isEqualTo(whole.images().plane(3).values());
    var phase = new argand.data.PhaseImages(whole.images(), Optional.of(whole.images()));
    var density =
        OpticalDensity.defaults().apply(whole, Watch.SILENT).withPhase(Optional.of(phase));
    var both = new KeepEnergies(List.of(708.0), 0.5).apply(density, Watch.SILENT);
    assertThat(both.variance().orElseThrow().plane(0).values())
        .isEqualTo(density.variance().orElseThrow().plane(13).values());
    assertThat(both.phase().orElseThrow().images().plane(0).values())
        .isEqualTo(whole.images().plane(13).values());
  }

  @Test
  void whatCannotBeIsSaid() {
    var whole = planned();
    assertThatThrownBy(() -> new KeepEnergies(List.of(650.0), 0.5).apply(whole, Watch.SILENT))
        .hasMessageContaining("650.0 eV")
        .hasMessageContaining("the nearest is 701.5 eV");
    assertThatThrownBy(
            () -> new KeepEnergies(List.of(703.0, 703.1), 0.5).apply(whole, Watch.SILENT))
        .hasMessageContaining("two near the image at 703.0 eV");
    assertThatThrownBy(() -> new KeepEnergies(List.of(), 0.5).apply(whole, Watch.SILENT))
        .hasMessageContaining("chooseEnergies before keepEnergies");
    assertThatThrownBy(
            () ->
                choose(2, ChooseEnergies.Criterion.FRACTIONS, ChooseEnergies.Exposures.EVEN, 0)
                    .apply(whole, Watch.SILENT))
        .hasMessageContaining("at least 3, one for each of 2 references and 1 background columns");
  }
}
