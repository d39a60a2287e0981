package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.spectro.Unmix.Constraint;
import argand.spectro.Unmix.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What unmix refuses and in which words, and what it does with holes in the data.
class UnmixTest {
  private static final double[] ENERGIES = NickelSpectra.energies();
  private static final Spectrum A = NickelSpectra.made("A", 8341, 0.75);
  private static final Spectrum B = NickelSpectra.made("B", 8343.5, 0.6);
  private static final Spectrum C = NickelSpectra.made("C", 8346, 0.3);

  /// 6 × 7 pixels with fractions i/41 of the last phase, and the rest shared by the others.
  private static EnergyStack stack(Quantity quantity, double noise, List<Spectrum> spectra) {
    var random = new Random(9);
    var planes = new ArrayList<RealField>();
    for (double energy : ENERGIES) {
      var plane = new RealField(new Grid(6, 7, 1e-7, 1e-7));
      for (int i = 0; i < 42; i++) {
        double value =
            quantity == Quantity.NORMALIZED ? 0 : 0.2 + 0.1 * Math.pow(energy / 8340, -3);
        double amount = quantity == Quantity.NORMALIZED ? 1 : 0.8;
        double last = i / 41.0;
        for (int k = 0; k < spectra.size(); k++) {
          double part = k + 1 == spectra.size() ? last : (1 - last) / (spectra.size() - 1);
          value += amount * part * XanesCase.value(spectra.get(k), energy);
        }
        plane.values()[i] = (float) (value + noise * random.nextGaussian());
      }
      planes.add(plane);
    }
    var stack = EnergyStack.of(ENERGIES, Planes.of(planes), quantity, Source.NONE);
    for (var spectrum : spectra) {
      stack = stack.withFindings(stack.findings().with(spectrum));
    }
    return stack;
  }

  private static Unmix unmix(
      Constraint constraint, List<Double> range, List<List<Double>> exclude, Prior prior) {
    return new Unmix(
        List.of(),
        List.of(),
        constraint,
        Optional.empty(),
        range,
        exclude,
        Weights.VARIANCE,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        prior);
  }

  private static Unmix in(Double... range) {
    return unmix(Constraint.NON_NEGATIVE, List.of(range), List.of(), new Prior.None());
  }

  private static void refused(Unmix unmix, EnergyStack stack, String... words) {
    assertThatThrownBy(() -> unmix.apply(stack, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatCannotBeFittedIsRefusedInOneSentence() {
    var two = stack(Quantity.OPTICAL_DENSITY, 0, List.of(A, B));
    refused(in(9000.0, 9100.0), two, "range is without an energy of the stack", "8250");
    refused(in(8345.0, 8347.0), two, "number of energies in the fit is 2", "at least 4");
    var brief =
        Spectrum.of(
            "brief", new double[] {8300, 8340, 8400}, new double[] {0, .5, 1}, A.quantity());
    refused(
        Unmix.plain(),
        stack(Quantity.OPTICAL_DENSITY, 0, List.of(A)).withFindings(two.findings().with(brief)),
        "reference brief is from 8300.00 to 8400.00 eV",
        "8250");
    assertThat(in(8310.0, 8399.0).apply(two.withFindings(two.findings().with(brief)), Watch.SILENT))
        .isNotNull();
    refused(
        Unmix.plain(),
        two.withFindings(two.findings().with(A.named("twin"))),
        "A and twin",
        "condition number",
        "leave one of them out");
    refused(
        Unmix.plain(),
        two.withMask(new Mask(two.grid(), new boolean[42])),
        "mask is without a good");
    refused(
        Unmix.plain(),
        EnergyStack.of(ENERGIES, two.images(), Quantity.OPTICAL_DENSITY, Source.NONE),
        "references is none");
    refused(
        Unmix.plain(),
        two.withImages(two.images(), Optional.empty(), Quantity.TRANSMISSION),
        "one of transmission",
        "opticalDensity");
    refused(
        Unmix.plain(),
        two.withImages(two.images(), Optional.empty(), Quantity.COUNTS),
        "empty beam");
    var named = Unmix.plain();
    refused(
        new Unmix(
            named.references(),
            named.spectra(),
            named.constraint(),
            named.background(),
            named.range(),
            named.exclude(),
            named.weights(),
            named.mostAmount(),
            OptionalDouble.of(1),
            named.prior()),
        two.withImages(two.images(), Optional.empty(), Quantity.COUNTS),
        "shift",
        "opticalDensity before unmix");
    refused(
        new Unmix(
            List.of(),
            List.of("Z"),
            named.constraint(),
            named.background(),
            named.range(),
            named.exclude(),
            named.weights(),
            named.mostAmount(),
            named.shift(),
            named.prior()),
        two,
        "the spectrum is 'Z'",
        "A, B");
    refused(
        Unmix.plain().with(new Prior.TotalVariation(2, OptionalDouble.empty(), 10)),
        stack(Quantity.OPTICAL_DENSITY, 0, List.of(A)),
        "prior is given for one reference");
    assertThatThrownBy(() -> in(8350.0, 8340.0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the lower and the upper energy");
  }

  /// Excluded energies are not looked at, whatever stands there.
  @Test
  void onlyTheRangeIsLookedAt() {
    var stack = stack(Quantity.OPTICAL_DENSITY, 0, List.of(A, B));
    var spoiled =
        Planes.computed(
            stack.images(),
            (e, first, length, into, offset) -> {
              stack.images().read(e, first, length, into, offset);
              boolean out = ENERGIES[e] < 8300 || (ENERGIES[e] > 8350 && ENERGIES[e] < 8353);
              for (int i = 0; i < length; i++) {
                into[offset + i] += out ? 5 : 0;
              }
            });
    var bad = stack.withImages(spoiled, Optional.empty(), Quantity.OPTICAL_DENSITY);
    var fit =
        unmix(
            Constraint.NON_NEGATIVE,
            List.of(8300.0, 8600.0),
            List.of(List.of(8350.0, 8353.0)),
            new Prior.None());
    float[] f = Found.map(fit.apply(bad, Watch.SILENT), "fraction of B");
    float[] spoilt = Found.map(Unmix.plain().apply(bad, Watch.SILENT), "fraction of B");
    double worst = 0;
    for (int i = 0; i < 42; i++) {
      assertThat((double) f[i]).isCloseTo(i / 41.0, within(2e-4));
      worst = Math.max(worst, Math.abs(spoilt[i] - i / 41.0));
    }
    assertThat(worst).isGreaterThan(0.1);
  }

  /// A plane that is NaN, and a pixel that is NaN in one plane, have no weight; a pixel of NaN
  /// alone has no answer.
  @Test
  void whatIsNotANumberHasNoWeight() {
    var stack = stack(Quantity.OPTICAL_DENSITY, 0.01, List.of(A, B));
    var holes =
        Planes.computed(
            stack.images(),
            (e, first, length, into, offset) -> {
              stack.images().read(e, first, length, into, offset);
              for (int i = 0; i < length; i++) {
                boolean hole = e == 30 || (first + i == 5 && e == 12) || first + i == 20;
                into[offset + i] = hole ? Float.NaN : into[offset + i];
              }
            });
    int[] others = java.util.stream.IntStream.range(0, 60).filter(e -> e != 30).toArray();
    double[] energies = java.util.Arrays.stream(others).mapToDouble(e -> ENERGIES[e]).toArray();
    var without =
        EnergyStack.of(
                energies, stack.images().select(others), Quantity.OPTICAL_DENSITY, Source.NONE)
            .withFindings(stack.findings());
    for (boolean known : new boolean[] {false, true}) {
      var variance =
          known
              ? Optional.of(
                  Planes.computed(
                      stack.images(),
                      (e, first, length, into, offset) ->
                          java.util.Arrays.fill(into, offset, offset + length, 1e-4f)))
              : Optional.<Planes>empty();
      var expected =
          Unmix.plain()
              .apply(
                  without.withImages(
                      without.images(),
                      variance.map(v -> v.select(others)),
                      Quantity.OPTICAL_DENSITY),
                  Watch.SILENT);
      var found =
          Unmix.plain()
              .apply(stack.withImages(holes, variance, Quantity.OPTICAL_DENSITY), Watch.SILENT);
      for (String name : List.of("fraction of B", "thickness", "fitting error", "R-factor")) {
        float[] f = Found.map(found, name);
        float[] g = Found.map(expected, name);
        for (int i = 0; i < 42; i++) {
          if (i == 20) {
            assertThat(f[i]).isNaN();
          } else if (i != 5) {
            assertThat((double) f[i]).isCloseTo(g[i], within(2e-5 + 1e-4 * Math.abs(g[i])));
          }
        }
        assertThat((double) f[5]).isCloseTo(g[5], within(name.startsWith("f") ? 0.05 : 0.01));
      }
      float[] s = Found.sigma(found, "fraction of B");
      float[] t = Found.sigma(expected, "fraction of B");
      assertThat((double) s[7]).isCloseTo(t[7], within(1e-3 * t[7]));
    }
  }

  /// Three constraints on normalized spectra without noise: all find the truth, the exact ones with
  /// what they promise; with noise only they keep it.
  @Test
  void constraintsHoldExactly() {
    for (var constraint : Constraint.values()) {
      var clean =
          unmix(constraint, List.of(), List.of(), new Prior.None())
              .apply(stack(Quantity.NORMALIZED, 0, List.of(A, B, C)), Watch.SILENT);
      float[] f = Found.map(clean, "fraction of C");
      for (int i = 0; i < 42; i++) {
        assertThat((double) f[i]).isCloseTo(i / 41.0, within(2e-5));
      }
    }
    var noisy = stack(Quantity.NORMALIZED, 0.2, List.of(A, B, C));
    int negative = 0;
    int apart = 0;
    for (var constraint : Constraint.values()) {
      var found =
          unmix(constraint, List.of(), List.of(), new Prior.None()).apply(noisy, Watch.SILENT);
      for (int i = 0; i < 42; i++) {
        double sum = 0;
        double least = 1;
        for (String name : List.of("A", "B", "C")) {
          float amount = Found.map(found, "amount of " + name)[i];
          sum += amount;
          least = Math.min(least, amount);
        }
        if (constraint == Constraint.SUM_TO_ONE) {
          assertThat(sum).isCloseTo(1, within(1e-6));
        } else {
          apart += Math.abs(sum - 1) > 1e-3 ? 1 : 0;
        }
        if (constraint == Constraint.FREE) {
          negative += least < 0 ? 1 : 0;
        } else {
          assertThat(least).isGreaterThanOrEqualTo(0);
        }
      }
    }
    assertThat(negative).isGreaterThan(10);
    assertThat(apart).isGreaterThan(40);
  }

  /// Where there is no matter the fraction is not determined, and the map of support says so.
  @Test
  void supportIsDeniedWhereThereIsNothing() {
    var stack = stack(Quantity.OPTICAL_DENSITY, 0.01, List.of(A, B));
    var halfEmpty =
        Planes.computed(
            stack.images(),
            (e, first, length, into, offset) -> {
              stack.images().read(e, first, length, into, offset);
              var random = new Random(e);
              for (int i = 0; i < length; i++) {
                float noise = (float) (0.01 * random.nextGaussian());
                into[offset + i] = first + i < 21 ? 0.3f + noise : into[offset + i];
              }
            });
    var found =
        Unmix.plain()
            .apply(
                stack.withImages(halfEmpty, Optional.empty(), Quantity.OPTICAL_DENSITY),
                Watch.SILENT);
    float[] support = Found.map(found, "support");
    int wrong = 0;
    for (int i = 0; i < 42; i++) {
      wrong += (support[i] > 0) == (i < 21) ? 1 : 0;
    }
    // three standard deviations are exceeded by chance once in 740
    assertThat(wrong).isLessThanOrEqualTo(1);
  }

  /// References come from files too, by name or by a pattern, and a file of several by their names.
  @Test
  void referencesComeFromFiles(@TempDir Path folder) throws IOException {
    for (var spectrum : List.of(A, B)) {
      var lines = new StringBuilder("# energy/eV mu\n");
      for (int i = 0; i < spectrum.energyEv().length; i++) {
        lines.append(spectrum.energyEv()[i]).append(' ').append(spectrum.values()[i]).append('\n');
      }
      Files.writeString(folder.resolve("ref_" + spectrum.name() + ".txt"), lines.toString());
    }
    var stack = stack(Quantity.OPTICAL_DENSITY, 0, List.of(A, B));
    var bare = stack.withFindings(argand.data.Findings.NONE);
    var p = Unmix.plain();
    var found =
        new Unmix(
                List.of(folder.resolve("ref_*.txt")),
                List.of(),
                p.constraint(),
                p.background(),
                p.range(),
                p.exclude(),
                p.weights(),
                p.mostAmount(),
                p.shift(),
                p.prior())
            .apply(bare, Watch.SILENT);
    float[] f = Found.map(found, "fraction of ref_B");
    for (int i = 0; i < 42; i++) {
      assertThat((double) f[i]).isCloseTo(i / 41.0, within(2e-5));
    }
    refused(
        new Unmix(
            List.of(folder.resolve("nothing*.txt")),
            List.of(),
            p.constraint(),
            p.background(),
            p.range(),
            p.exclude(),
            p.weights(),
            p.mostAmount(),
            p.shift(),
            p.prior()),
        bare,
        "references is",
        "a pattern of some");
  }
}
