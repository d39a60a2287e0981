package argand.register;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import argand.file.SharedReferences;
import argand.register.JointRegistration.Magnification;
import org.junit.jupiter.api.Test;

/// The measured Ni K references of PyXAS: 256² × 60 energies, 9000 counts, 5 % structure of the
/// white
/// field and a flat of one frame, ±3 px of drift.
class JointRegistrationRealDataTest {
  /// StackReg on such a stack: rms 0.23, largest 0.64 px (measured with PyXAS's own code).
  @Test
  void nickelStackOfTheReferences() {
    var ni = SharedReferences.spectrum("pyxas-ni-refs/ref_NiO.txt");
    var li = SharedReferences.spectrum("pyxas-ni-refs/ref_LiNiO2.txt");
    try (var workers = Workers.all()) {
      var stack =
          new EdgeStack(
              new EdgeStack.Setting(256, 0.5, 0.3, 0.15, 9000, 0.05, 1, 1),
              EdgeStack.energies(),
              ni,
              li,
              EdgeStack.jumps(60, 3, 6),
              workers);
      double[] byPairs = JointRegistrationTruthTest.pairs(stack, false, workers);
      var found =
          JointRegistrationTruthTest.find(
              JointRegistrationTruthTest.how(3, Magnification.NONE, true), stack, workers);
      double[] errors = stack.errors(found.transforms());
      assertThat(errors[0]).isLessThan(0.02);
      assertThat(errors[1]).isLessThan(0.06);
      assertThat(byPairs[0]).isGreaterThan(5 * errors[0]);
      assertThat(byPairs[1]).isGreaterThan(0.3);
    }
  }
}
