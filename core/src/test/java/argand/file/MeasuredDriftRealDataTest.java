package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.RawFile;
import argand.flow.Watch;
import argand.register.PhaseCorrelation;
import argand.spectro.Align;
import argand.spectro.AlignMethod;
import argand.spectro.AlignReference;
import argand.spectro.OpticalDensity;
import org.junit.jupiter.api.Test;

/// Two energies of NCA particles on either side of the edge (SSRL 6-2c), from the beamline's own
/// files to their displacement.
class MeasuredDriftRealDataTest {
  /// Correlation of the optical densities less their means over 21, 81 and 241 pixels, tried at
  /// every whole displacement, by a program of its own: rows −20.3, −20.0, −20.0 and columns −10.0
  /// each. The whole-pixel figures that come with the data are −20 and −9; they are of the
  /// densities
  /// as they are, with the uneven light in them.
  @Test
  void theDriftBetweenTheEnergiesIsFound() {
    var folder =
        SharedData.file("txm-xanes-nca-ssrl/rep01_20161456_ssrl-test-data_08324.0_eV_001of003.xrm")
            .resolveSibling(".")
            .normalize();
    var stack = ReadStack.defaults().apply(new RawFile(folder), Watch.SILENT);
    assertThat(stack.energyEv()).containsExactly(8324, 8354);
    var density = OpticalDensity.defaults().apply(stack, Watch.SILENT);
    var method =
        new AlignMethod.PhaseCorrelation(
            PhaseCorrelation.PLAIN, false, new AlignReference.Image(java.util.OptionalInt.empty()));
    var aligned = Align.by(method).apply(density, Watch.SILENT);
    var moved = aligned.findings().transforms().orElseThrow().of();
    assertThat(moved.get(0).row0() - moved.get(1).row0()).isCloseTo(-20, within(0.5));
    assertThat(moved.get(0).column0() - moved.get(1).column0()).isCloseTo(-10, within(0.5));
  }
}
