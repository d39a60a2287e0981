package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.PlaneTransforms;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import argand.register.CubicBSpline;
import argand.register.JointRegistration.Magnification;
import argand.register.Transform.Model;
import argand.register.Warp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignTest {
  private static final Grid GRID = Grid.square(96, 80, 30e-9);
  private static final double[] ENERGIES = {700, 702, 704, 706, 708, 710, 712, 714};

  /// Where the sample lies in image e [pixels].
  private static double down(int e) {
    return 0.7 * e - 2;
  }

  private static double right(int e) {
    return -0.45 * e + 1.3 * Math.sin(e);
  }

  /// Blobs whose contrast doubles half way, evaluated where they are.
  private static EnergyStack stack(boolean withVariance) {
    var random = new Random(8);
    double[][] blobs = new double[25][];
    for (int k = 0; k < blobs.length; k++) {
      blobs[k] =
          new double[] {
            96 * random.nextDouble(),
            80 * random.nextDouble(),
            2.5 + 4 * random.nextDouble(),
            0.3 + random.nextDouble()
          };
    }
    var images = new ArrayList<RealField>();
    var variances = new ArrayList<RealField>();
    for (int e = 0; e < ENERGIES.length; e++) {
      var image = new RealField(GRID);
      var variance = new RealField(GRID);
      for (int r = 0; r < 96; r++) {
        for (int c = 0; c < 80; c++) {
          double sum = 0.005 * random.nextGaussian();
          for (double[] b : blobs) {
            double y = r - down(e) - b[0];
            double x = c - right(e) - b[1];
            sum += b[3] * (e < 4 ? 0.5 : 1) * Math.exp(-0.5 * (y * y + x * x) / (b[2] * b[2]));
          }
          image.set(r, c, (float) sum);
          variance.set(r, c, 2.5e-5f);
        }
      }
      images.add(image);
      variances.add(variance);
    }
    return EnergyStack.of(
            ENERGIES, Planes.of(images), Quantity.OPTICAL_DENSITY, Source.file("blobs.h5"))
        .withImages(
            Planes.of(images),
            withVariance ? Optional.of(Planes.of(variances)) : Optional.empty(),
            Quantity.OPTICAL_DENSITY);
  }

  /// Largest error of the displacements, relative to the last image.
  private static double worst(EnergyStack aligned) {
    var of = aligned.findings().transforms().orElseThrow().of();
    double worst = 0;
    int last = ENERGIES.length - 1;
    for (int e = 0; e < of.size(); e++) {
      worst =
          Math.max(
              worst,
              Math.hypot(
                  of.get(e).row0() - of.get(last).row0() - down(e) + down(last),
                  of.get(e).column0() - of.get(last).column0() - right(e) + right(last)));
    }
    return worst;
  }

  private static Align align(AlignMethod method) {
    return Align.by(method);
  }

  private static AlignMethod.Pyramid pyramid(AlignReference reference) {
    return new AlignMethod.Pyramid(Model.TRANSLATION, reference, true, false);
  }

  private static final List<AlignMethod> METHODS =
      List.of(
          new AlignMethod.EdgeAware(1, Magnification.NONE, false),
          pyramid(new AlignReference.Image(OptionalInt.empty())),
          pyramid(new AlignReference.Image(OptionalInt.of(2))),
          pyramid(new AlignReference.Previous()),
          pyramid(new AlignReference.Mean()),
          correlation(new AlignReference.Image(OptionalInt.empty())),
          correlation(new AlignReference.Image(OptionalInt.of(2))),
          correlation(new AlignReference.Previous()),
          correlation(new AlignReference.Mean()));

  private static AlignMethod.PhaseCorrelation correlation(AlignReference reference) {
    return new AlignMethod.PhaseCorrelation(
        argand.register.PhaseCorrelation.PLAIN, false, reference);
  }

  /// Smooth blobs at the same place in all images afterwards: each method.
  @Test
  void everyMethodBringsTheImagesTogether() {
    var input = stack(false);
    assertThat(spread(input)).isGreaterThan(0.1);
    for (var method : METHODS) {
      var aligned = align(method).apply(input, Watch.SILENT);
      assertThat(worst(aligned)).as(method.toString()).isLessThan(0.06);
      assertThat(spread(aligned)).as(method.toString()).isLessThan(0.03);
      assertThat(aligned.source().steps().getLast()).startsWith("align: ");
      assertThat(aligned.findings().quality().metrics()).containsKey("alignLargestPx");
    }
  }

  /// What stays where it is: the image that was chosen, the first of a chain, the mean place.
  @Test
  void theReferenceOfACorrelationStays() {
    var input = stack(false);
    var second =
        places(
            align(correlation(new AlignReference.Image(OptionalInt.of(2))))
                .apply(input, Watch.SILENT));
    assertThat(Math.hypot(second.get(1).row0(), second.get(1).column0())).isLessThan(1e-9);
    assertThat(Math.hypot(second.get(0).row0(), second.get(0).column0())).isGreaterThan(0.1);
    var chain =
        places(align(correlation(new AlignReference.Previous())).apply(input, Watch.SILENT));
    assertThat(Math.hypot(chain.get(0).row0(), chain.get(0).column0())).isLessThan(1e-9);
    var mean = places(align(correlation(new AlignReference.Mean())).apply(input, Watch.SILENT));
    assertThat(mean.stream().mapToDouble(PlaneTransforms.Affine::row0).sum())
        .isCloseTo(0, within(1e-6));
    assertThatThrownBy(
            () ->
                align(correlation(new AlignReference.Image(OptionalInt.of(99))))
                    .apply(input, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("number is 99");
  }

  private static List<PlaneTransforms.Affine> places(EnergyStack stack) {
    return stack.findings().transforms().orElseThrow().of();
  }

  /// Rms difference of the last two thirds of images at the same contrast, over the mask.
  private static double spread(EnergyStack stack) {
    var a = stack.images().plane(4);
    var b = stack.images().plane(7);
    double sum = 0;
    int n = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (stack.mask().good()[i]) {
        sum += (a.values()[i] - b.values()[i]) * (a.values()[i] - b.values()[i]);
        n++;
      }
    }
    return Math.sqrt(sum / n);
  }

  /// The mask keeps what all images know, and a bad pixel of the detector is read nowhere.
  @Test
  void whatIsNotKnownIsMasked() {
    var input = stack(false);
    boolean[] good = Mask.all(GRID).good();
    good[50 * 80 + 40] = false;
    input.images().inMemory(3).orElseThrow()[50 * 80 + 40] = 1e6f;
    var masked = input.withMask(new Mask(GRID, good));
    var aligned = align(pyramid(new AlignReference.Previous())).apply(masked, Watch.SILENT);
    assertThat(worst(aligned)).isLessThan(0.06);
    for (int e = 0; e < ENERGIES.length; e++) {
      var plane = aligned.images().plane(e);
      for (int i = 0; i < GRID.size(); i++) {
        float v = plane.values()[i];
        assertThat(Float.isNaN(v) || Math.abs(v) < 10).isTrue();
        if (aligned.mask().good()[i]) {
          assertThat(v).isNotNaN();
        }
      }
    }
    var loose =
        new Align(
            pyramid(new AlignReference.Previous()),
            Optional.empty(),
            Warp.CUBIC,
            0.5,
            Optional.empty());
    assertThat(loose.apply(masked, Watch.SILENT).mask().count())
        .isGreaterThan(aligned.mask().count() + 400);
  }

  /// White noise of 0.005: its variance falls by the squares of the weights, in each image by its
  /// own
  /// fractions of a pixel.
  @Test
  void varianceFollowsTheWeights() {
    var aligned =
        align(pyramid(new AlignReference.Image(OptionalInt.empty())))
            .apply(stack(true), Watch.SILENT);
    var variance = aligned.variance().orElseThrow();
    var of = aligned.findings().transforms().orElseThrow().of();
    for (int e = 0; e < ENERGIES.length; e++) {
      double fr = of.get(e).row0() - Math.floor(of.get(e).row0());
      double fc = of.get(e).column0() - Math.floor(of.get(e).column0());
      double factor = CubicBSpline.noise(fr) * CubicBSpline.noise(fc);
      assertThat(variance.plane(e).at(48, 40)).isCloseTo((float) (2.5e-5 * factor), within(1e-8f));
    }
    assertThat(variance.plane(2).at(48, 40)).isLessThan(2.3e-5f);
  }

  /// Saved transforms give the same pixels; those of another stack are refused with the line.
  @Test
  void transformsAreSavedAndGiven(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("drift.txt");
    var input = stack(false);
    var method = new AlignMethod.Pyramid(Model.RIGID, new AlignReference.Previous(), true, false);
    var first =
        new Align(method, Optional.empty(), Warp.CUBIC, 1, Optional.of(file))
            .apply(input, Watch.SILENT);
    var again = align(new AlignMethod.Given(file)).apply(input, Watch.SILENT);
    for (int e = 0; e < ENERGIES.length; e++) {
      assertThat(again.images().plane(e).values())
          .containsExactly(first.images().plane(e).values());
    }
    var shifted =
        EnergyStack.of(
            new double[] {700, 702, 704, 706, 708, 710, 712, 715},
            input.images(),
            Quantity.OPTICAL_DENSITY,
            Source.NONE);
    assertThatThrownBy(() -> align(new AlignMethod.Given(file)).apply(shifted, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("line 10")
        .hasMessageContaining("another stack");
    Files.writeString(file, "700 translation 1 2\n");
    assertThatThrownBy(() -> align(new AlignMethod.Given(file)).apply(input, Watch.SILENT))
        .hasMessageContaining("1 transforms");
    Files.writeString(file, "700 shift 1 2\n");
    assertThatThrownBy(() -> align(new AlignMethod.Given(file)).apply(input, Watch.SILENT))
        .hasMessageContaining("line 1")
        .hasMessageContaining("translation");
    assertThatThrownBy(
            () -> align(new AlignMethod.Given(folder.resolve("no"))).apply(input, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("cannot be read");
  }

  /// Where memory is short the planes go to a file and give the same.
  @Test
  void littleMemoryGivesTheSame() {
    var input = stack(true);
    var step = align(pyramid(new AlignReference.Previous()));
    var rich = step.apply(input, Watch.SILENT);
    var poor = step.apply(input, Watch.silent(input.memoryBytes() + 1000));
    assertThat(poor.memoryBytes()).isZero();
    for (int e = 0; e < ENERGIES.length; e++) {
      assertThat(poor.images().plane(e).values()).containsExactly(rich.images().plane(e).values());
    }
    poor.images().close();
  }

  /// A region looks at part of the images: what else is in them does not matter.
  @Test
  void onlyTheRegionIsLookedAt() {
    var input = stack(false);
    for (int e = 0; e < ENERGIES.length; e++) {
      float[] v = input.images().inMemory(e).orElseThrow();
      for (int r = 0; r < 96; r++) {
        for (int c = 62; c < 80; c++) {
          v[r * 80 + c] = 8 + (float) Math.sin(0.7 * r) + (float) Math.cos(1.1 * c);
        }
      }
    }
    for (var method : List.of(METHODS.get(1), METHODS.get(0))) {
      var whole = align(method).apply(input, Watch.SILENT);
      assertThat(worst(whole)).isGreaterThan(0.5);
      var part =
          new Align(
                  method,
                  Optional.of(new IncidentBeam.Region(6, 4, 84, 52)),
                  Warp.CUBIC,
                  1,
                  Optional.empty())
              .apply(input, Watch.SILENT);
      assertThat(worst(part)).as(method.toString()).isLessThan(0.06);
    }
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    var input = stack(false);
    var flats = new EmptyBeam(Planes.of(List.of(input.images().plane(0))), Optional.empty(), 1, 1);
    assertThatThrownBy(
            () ->
                align(METHODS.get(0)).apply(input.withEmptyBeam(Optional.of(flats)), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("opticalDensity before align");
    assertThatThrownBy(
            () ->
                align(pyramid(new AlignReference.Image(OptionalInt.of(9))))
                    .apply(input, Watch.SILENT))
        .hasMessageContaining("number is 9; expected 1 … 8");
    java.util.Arrays.fill(input.images().inMemory(5).orElseThrow(), 0.3f);
    assertThatThrownBy(() -> align(METHODS.get(1)).apply(input, Watch.SILENT))
        .hasMessageContaining("image 6 at 710.0 eV")
        .hasMessageContaining("flat");
  }
}
