package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.register.JointRegistration.Magnification;
import argand.register.PhaseCorrelation;
import argand.register.Transform.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Volumes at each energy, of blobs whose places are known in all three directions.
class VolumeStepsTruthTest {
  private static final int SLICES = 32;
  private static final Grid SLICE = Grid.square(40, 36, 50e-9);
  private static final Grid TALL = SLICE.resized(SLICES * SLICE.rows(), SLICE.columns());
  private static final double NOISE = 0.02;
  private static final double[] ENERGIES = {8320, 8330, 8340, 8344, 8348, 8352, 8360, 8380};

  @TempDir Path folder;

  private final Random random = new Random(4);
  private final double[][] blobs = blobs();
  private final double[][] place = places();

  /// Slice, row, column, radius, height, share of the reduced valence.
  private double[][] blobs() {
    double[][] all = new double[24][];
    for (int k = 0; k < all.length; k++) {
      all[k] =
          new double[] {
            3 + 26 * random.nextDouble(),
            3 + 34 * random.nextDouble(),
            3 + 30 * random.nextDouble(),
            2 + 2 * random.nextDouble(),
            0.4 + 0.6 * random.nextDouble(),
            k % 2 == 0 ? 0.2 : 0.8
          };
    }
    return all;
  }

  /// ±2 voxels along each axis, of mean zero.
  private double[][] places() {
    double[][] at = new double[3][ENERGIES.length];
    for (double[] axis : at) {
      Arrays.setAll(axis, e -> 4 * random.nextDouble() - 2);
      double mean = Arrays.stream(axis).average().orElseThrow();
      Arrays.setAll(axis, e -> axis[e] - mean);
    }
    return at;
  }

  private static double valence(double ev, double edge) {
    return 0.5 + Math.atan((ev - edge) / 1.5) / Math.PI;
  }

  /// The volume at one energy, displaced by d, without noise.
  private RealField volume(int e, double[] d) {
    var volume = new RealField(TALL);
    for (double[] b : blobs) {
      double height =
          b[4]
              * (0.3
                  + 0.7
                      * (b[5] * valence(ENERGIES[e], 8342)
                          + (1 - b[5]) * valence(ENERGIES[e], 8346)));
      for (int i = 0; i < TALL.size(); i++) {
        double z = i / SLICE.size() - d[0] - b[0];
        double y = i / SLICE.columns() % SLICE.rows() - d[1] - b[1];
        double x = i % SLICE.columns() - d[2] - b[2];
        double r = (z * z + y * y + x * x) / (b[3] * b[3]);
        if (r < 40) {
          volume.values()[i] += (float) (height * Math.exp(-0.5 * r));
        }
      }
    }
    return volume;
  }

  private static EnergyStack stack(List<RealField> volumes) {
    var variance = new RealField(TALL);
    Arrays.fill(variance.values(), (float) (NOISE * NOISE));
    var planes = Planes.of(volumes);
    return EnergyStack.of(ENERGIES, planes, Quantity.OPTICAL_DENSITY, Source.file("volumes.h5"))
        .withImages(
            planes,
            Optional.of(Planes.of(java.util.Collections.nCopies(ENERGIES.length, variance))),
            Quantity.OPTICAL_DENSITY)
        .withSlices(SLICES);
  }

  private EnergyStack drifting() {
    var volumes = new ArrayList<RealField>();
    for (int e = 0; e < ENERGIES.length; e++) {
      var one = volume(e, new double[] {place[0][e], place[1][e], place[2][e]});
      for (int i = 0; i < TALL.size(); i++) {
        one.values()[i] += (float) (NOISE * random.nextGaussian());
      }
      volumes.add(one);
    }
    return stack(volumes);
  }

  /// Largest error along any axis, the common place aside.
  private double worst(EnergyStack aligned) {
    var moved = aligned.findings().transforms().orElseThrow();
    double[][] found = new double[3][ENERGIES.length];
    for (int e = 0; e < ENERGIES.length; e++) {
      found[0][e] = moved.slicesPx().get(e);
      found[1][e] = moved.of().get(e).row0();
      found[2][e] = moved.of().get(e).column0();
    }
    double worst = 0;
    for (int axis = 0; axis < 3; axis++) {
      double mean = Arrays.stream(found[axis]).average().orElseThrow();
      for (int e = 0; e < ENERGIES.length; e++) {
        worst = Math.max(worst, Math.abs(found[axis][e] - mean - place[axis][e]));
      }
    }
    return worst;
  }

  private double rms(EnergyStack aligned, int e) {
    var truth = volume(e, new double[3]);
    var found = aligned.images().plane(e);
    double squares = 0;
    int n = 0;
    for (int i = 0; i < TALL.size(); i++) {
      if (aligned.mask().good()[i] && !Float.isNaN(found.values()[i])) {
        squares += Math.pow(found.values()[i] - truth.values()[i], 2);
        n++;
      }
    }
    assertThat(n).isGreaterThan(TALL.size() / 2);
    return Math.sqrt(squares / n);
  }

  /// A projection averages 32 to 40 voxels of noise; blobs of 2 to 4 voxels leave the borders in
  /// and out as they move, which is what limits the places. Not moved, volumes are two voxels off.
  @Test
  void volumesAreBroughtTogetherAlongAllAxes() {
    var input = drifting();
    var aligned = Align.by(edgeAware(Magnification.NONE)).apply(input, Watch.SILENT);
    assertThat(worst(aligned)).isLessThan(0.1);
    // The noise of the result is at most that of the volumes, and less between voxels.
    assertThat(rms(aligned, 1)).isLessThan(NOISE);
    assertThat(rms(aligned, 6)).isLessThan(NOISE);
    assertThat(rms(input, 6)).isGreaterThan(2 * NOISE);
    var flat = input.variance().orElseThrow().plane(0).values();
    var variance = aligned.variance().orElseThrow().plane(6).values();
    int middle = (16 * SLICE.rows() + 20) * SLICE.columns() + 18;
    assertThat(variance[middle]).isBetween(0.3f * flat[middle], flat[middle]);
    assertThat(aligned.slices()).isEqualTo(SLICES);
    assertThat(aligned.findings().quality().verdict().toString()).contains("projections");
    for (AlignMethod method :
        List.of(
            new AlignMethod.Pyramid(
                Model.TRANSLATION, new AlignReference.Image(OptionalInt.empty()), true, false),
            new AlignMethod.PhaseCorrelation(
                PhaseCorrelation.PLAIN, true, new AlignReference.Image(OptionalInt.empty())))) {
      assertThat(worst(Align.by(method).apply(input, Watch.SILENT)))
          .as(method.toString())
          .isLessThan(0.25);
    }
  }

  private static AlignMethod edgeAware(Magnification magnification) {
    return new AlignMethod.EdgeAware(2, magnification, true);
  }

  @Test
  void savedPlacesOfVolumesAreAppliedAgain() throws java.io.IOException {
    var input = drifting();
    Path file = folder.resolve("drift.txt");
    var method =
        new AlignMethod.PhaseCorrelation(PhaseCorrelation.PLAIN, false, new AlignReference.Mean());
    var first =
        new Align(method, Optional.empty(), argand.register.Warp.CUBIC, 1, Optional.of(file))
            .apply(input, Watch.SILENT);
    var again = Align.by(new AlignMethod.Given(file)).apply(input, Watch.SILENT);
    assertThat(again.images().plane(3).values()).isEqualTo(first.images().plane(3).values());
    assertThat(again.findings().transforms()).isEqualTo(first.findings().transforms());
    Files.writeString(file, Files.readString(file).replaceAll(" slices .*", ""));
    assertThatThrownBy(() -> Align.by(new AlignMethod.Given(file)).apply(input, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("along their slices");
    assertThatThrownBy(() -> Align.by(edgeAware(Magnification.LINEAR)).apply(input, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("displacements alone");
  }

  /// Each slice becomes what it becomes as an image, and is nearer to the truth; as one tall image
  /// the rows where slices meet would be mixed.
  @Test
  void slicesAreDenoisedByThemselves() {
    var volumes = new ArrayList<RealField>();
    for (int e = 0; e < ENERGIES.length; e++) {
      var one = volume(e, new double[3]);
      for (int i = 0; i < TALL.size(); i++) {
        one.values()[i] += (float) (NOISE * random.nextGaussian());
      }
      volumes.add(one);
    }
    var input = stack(volumes);
    var step = new Denoise(new DenoiseMethod.NonLocalMeans(1, 4, 0.6));
    var quiet = step.apply(input, Watch.SILENT);
    assertThat(rms(quiet, 6)).isLessThan(0.7 * rms(input, 6));
    float[] found = quiet.images().plane(6).values();
    float[] alone = step.apply(slice(input, 9), Watch.SILENT).images().plane(6).values();
    assertThat(Arrays.copyOfRange(found, 9 * SLICE.size(), 10 * SLICE.size())).isEqualTo(alone);
    float[] mixed = step.apply(input.withSlices(1), Watch.SILENT).images().plane(6).values();
    assertThat(mixed).isNotEqualTo(found);
  }

  private static EnergyStack slice(EnergyStack stack, int number) {
    return EnergyStack.of(ENERGIES, cut(stack.images(), number), stack.quantity(), stack.source())
        .withImages(
            cut(stack.images(), number),
            stack.variance().map(v -> cut(v, number)),
            stack.quantity());
  }

  private static Planes cut(Planes planes, int number) {
    var parts = new ArrayList<RealField>();
    for (int e = 0; e < planes.count(); e++) {
      parts.add(
          new RealField(
              SLICE,
              Arrays.copyOfRange(
                  planes.plane(e).values(), number * SLICE.size(), (number + 1) * SLICE.size())));
    }
    return Planes.of(parts);
  }

  /// A ball of two halves in the film of a reconstruction: fractions with the prior have less than
  /// half of the error that they have without, and are those that a slice by itself gives.
  @Test
  void aPriorWorksInEverySlice() {
    double[] share = new double[TALL.size()];
    double[] matter = new double[TALL.size()];
    for (int i = 0; i < TALL.size(); i++) {
      double z = i / SLICE.size() - 15.5;
      double y = i / SLICE.columns() % SLICE.rows() - 19.5;
      double x = i % SLICE.columns() - 17.5;
      matter[i] = 0.3 + (z * z + y * y + x * x < 196 ? 0.2 : 0);
      share[i] = x + z < 0 ? 0.3 : 0.6;
    }
    var volumes = new ArrayList<RealField>();
    for (double ev : ENERGIES) {
      var one = new RealField(TALL);
      for (int i = 0; i < TALL.size(); i++) {
        one.values()[i] =
            (float)
                (matter[i] * (share[i] * valence(ev, 8342) + (1 - share[i]) * valence(ev, 8346))
                    + 0.1
                    + NOISE * random.nextGaussian());
      }
      volumes.add(one);
    }
    var input = stack(volumes);
    for (int k = 0; k < 2; k++) {
      double edge = k == 0 ? 8342 : 8346;
      double[] values = Arrays.stream(ENERGIES).map(ev -> valence(ev, edge)).toArray();
      input =
          input.withFindings(
              input.findings().with(Spectrum.of("v" + k, ENERGIES, values, Quantity.NORMALIZED)));
    }
    var plain = unmix(new Prior.None());
    var smooth = unmix(new Prior.TotalVariation(1, OptionalDouble.of(1), 200));
    float[] before = fraction(plain.apply(input, Watch.SILENT));
    var result = smooth.apply(input, Watch.SILENT);
    float[] after = fraction(result);
    assertThat(error(after, share)).isLessThan(0.5 * error(before, share));
    float[] alone =
        fraction(smooth.apply(slice(input, 20).withFindings(input.findings()), Watch.SILENT));
    assertThat(Arrays.copyOfRange(after, 20 * SLICE.size(), 21 * SLICE.size())).isEqualTo(alone);
    assertThat(result.findings().quality().verdict().toString())
        .contains("slice by slice", "without what smoothing displaces");
    var amounts = unmix(new Prior.AmountVariation(1, 30)).apply(input, Watch.SILENT);
    assertThat(error(fraction(amounts), share)).isLessThan(0.7 * error(before, share));
    // The weight is found in the slice that tells most, and is that of all.
    var found = unmix(new Prior.TotalVariation(1, OptionalDouble.empty(), 60));
    var chosen = found.apply(input, Watch.SILENT);
    double weight =
        java.util.Objects.requireNonNull(chosen.findings().quality().metrics().get("priorWeight"));
    assertThat(weight).isCloseTo(1, within(2.5));
    assertThat(error(fraction(chosen), share)).isLessThan(0.6 * error(before, share));
  }

  private static Unmix unmix(Prior prior) {
    return new Unmix(
        List.of(),
        List.of(),
        Unmix.Constraint.NON_NEGATIVE,
        Optional.of(List.of(0)),
        List.of(),
        List.of(),
        Unmix.Weights.VARIANCE,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        prior);
  }

  private static float[] fraction(EnergyStack result) {
    return result.findings().map("fraction of v0").orElseThrow().values().values();
  }

  private static double error(float[] found, double[] share) {
    double squares = 0;
    for (int i = 0; i < share.length; i++) {
      squares += Math.pow(found[i] - share[i], 2) / share.length;
    }
    return Math.sqrt(squares);
  }
}
