package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.RawFile;
import argand.flow.Watch;
import argand.register.JointRegistration.Magnification;
import argand.register.PhaseCorrelation;
import argand.register.Transform.Model;
import argand.spectro.Align;
import argand.spectro.AlignMethod;
import argand.spectro.AlignReference;
import argand.spectro.NormalizeEdge;
import argand.spectro.NormalizeEdge.Division;
import argand.spectro.OpticalDensity;
import argand.spectro.PreEdge;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Two energies of NCA particles on either side of the edge (SSRL 6-2c), from the beamline's own
/// files to their displacement and to the map of the edge jump.
///
/// What is true was found by programs of their own. The image at 8354 eV is smaller: a zone plate's
/// focal length follows the energy, so its magnification goes by 8324/8354 = 0.9964; local
/// correlation of the two densities less their local means, maximised over displacement, angle and
/// scale, says 0.9966 ± 0.0002 for each of the three pairs of frames and a displacement of the
/// image's centre of −20.6 ± 0.1 rows and −9.9 ± 0.2 columns. 40 squares of 128 pixels, each
/// correlated by itself, run from −22 to −18 rows from the top to the bottom and from −8 to −12
/// columns from the right to the left. One displacement for the whole field is thus (−20.1, −10.1),
/// what the particle at the upper right shows is (−21, −9), and the whole-pixel (−20, −9) that
/// comes
/// with the data lies between.
class MeasuredDriftRealDataTest {
  private static EnergyStack density() {
    var folder =
        SharedData.file("txm-xanes-nca-ssrl/rep01_20161456_ssrl-test-data_08324.0_eV_001of003.xrm")
            .resolveSibling(".")
            .normalize();
    var stack = ReadStack.defaults().apply(new RawFile(folder), Watch.SILENT);
    assertThat(stack.energyEv()).containsExactly(8324, 8354);
    return OpticalDensity.defaults().apply(stack, Watch.SILENT);
  }

  private static EnergyStack aligned(EnergyStack density, AlignMethod method) {
    return Align.by(method).apply(density, Watch.SILENT);
  }

  private static AlignMethod edgeAware(Magnification magnification) {
    return new AlignMethod.EdgeAware(3, magnification, true);
  }

  private static AlignMethod pyramid(int onto, boolean fine) {
    return new AlignMethod.Pyramid(
        Model.TRANSLATION, new AlignReference.Image(OptionalInt.of(onto)), true, fine);
  }

  /// Of the centre of the first image against the second: rows, columns, and the scale.
  private static double[] drift(EnergyStack aligned) {
    var moved = aligned.findings().transforms().orElseThrow().of();
    return new double[] {
      moved.get(0).row0() - moved.get(1).row0(),
      moved.get(0).column0() - moved.get(1).column0(),
      moved.get(1).m00() / moved.get(0).m00()
    };
  }

  private static void isTheDriftOfTheField(double[] drift, double tolerance) {
    assertThat(drift[0]).isCloseTo(-20.1, within(tolerance));
    assertThat(drift[1]).isCloseTo(-10.1, within(tolerance));
  }

  /// The default, onto either image by the pyramid, and both correlations. Broad light left in, the
  /// pyramid is off by more than a pixel one way, and by ten the other way.
  @Test
  void theDriftBetweenTheEnergiesIsFound() {
    var density = density();
    isTheDriftOfTheField(drift(aligned(density, edgeAware(Magnification.NONE))), 0.3);
    isTheDriftOfTheField(drift(aligned(density, pyramid(1, true))), 0.3);
    isTheDriftOfTheField(drift(aligned(density, pyramid(2, true))), 0.3);
    for (var weight : PhaseCorrelation.values()) {
      isTheDriftOfTheField(
          drift(
              aligned(
                  density,
                  new AlignMethod.PhaseCorrelation(
                      weight, true, new AlignReference.Image(OptionalInt.empty())))),
          0.5);
    }
    assertThat(drift(aligned(density, pyramid(1, false)))[0]).isGreaterThan(-19.1);
    assertThat(drift(aligned(density, pyramid(2, false)))[0]).isGreaterThan(-12);
  }

  /// With a scale of its own each image lies as the zone plate says.
  @Test
  void theScaleFollowsTheZonePlate() {
    var aligned = aligned(density(), edgeAware(Magnification.LINEAR));
    double[] drift = drift(aligned);
    assertThat(drift[2]).isCloseTo(8324.0 / 8354, within(5e-4)); // a quarter pixel at the border
    assertThat(drift[0]).isCloseTo(-20.6, within(0.5));
    assertThat(drift[1]).isCloseTo(-9.9, within(0.5));
    var jump =
        new NormalizeEdge(
                List.of(8320.0, 8330.0),
                List.of(8350.0, 8360.0),
                PreEdge.CONSTANT,
                0,
                Division.EDGE_JUMP,
                NormalizeEdge.Slopes.OWN,
                OptionalDouble.of(8340),
                0)
            .apply(aligned, Watch.SILENT)
            .findings()
            .map("edge jump")
            .orElseThrow()
            .values();
    // The figures that come with the data, of images not moved onto each other: 0.72 at the middle
    // of the large particle, 0.15 beside the particles.
    assertThat(mean(jump, 390, 635)).isCloseTo(0.72, within(0.05));
    assertThat(mean(jump, 110, 110)).isCloseTo(0.15, within(0.03));
  }

  /// Over 21 pixels around.
  private static double mean(RealField map, int row, int column) {
    double sum = 0;
    for (int r = row - 10; r <= row + 10; r++) {
      for (int c = column - 10; c <= column + 10; c++) {
        sum += map.at(r, c) / 441;
      }
    }
    return sum;
  }
}
