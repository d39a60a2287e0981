package argand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.physics.LineGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class FluorescenceNounsTest {
  @Test
  void aChannelIsFoundAgainFromItsEnergy() {
    for (double quadratic : new double[] {0, 3e-4, -3e-4}) {
      var calibration = new EnergyCalibration(-40, 10.1, quadratic);
      for (double channel : new double[] {0, 3.96, 512.25, 2047}) {
        assertThat(calibration.channel(calibration.energyEv(channel)))
            .isCloseTo(channel, within(1e-9));
      }
    }
  }

  @Test
  void deadTimeThatNobodyKnowsIsASentence() {
    assertThatThrownBy(() -> Exposure.UNKNOWN.liveShare(0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith(
            "the dead time is not in the data; expected live and real time of each spectrum");
    assertThat(Exposure.UNKNOWN.withDeadShare(new double[] {0.25}).liveShare(0)).isEqualTo(0.75);
    assertThatThrownBy(() -> Exposure.ofTimes(new double[] {1, 1}, new double[] {0.9, 1.1}))
        .hasMessageContaining("the live time of spectrum 2 is 1.1 s of 1.0 s real time");
  }

  @Test
  void groupsAreWrittenAsPeopleWriteThem() {
    assertThat(LineGroup.of("Mn K").name()).isEqualTo("Mn K");
    assertThat(LineGroup.of("Mn")).isEqualTo(LineGroup.of("Mn_K"));
    assertThat(LineGroup.of("Pb L3").family()).isEqualTo(LineGroup.Family.L3);
    assertThat(LineGroup.of("compton")).isEqualTo(LineGroup.COMPTON);
    assertThatThrownBy(() -> LineGroup.of("mn K"))
        .hasMessageStartingWith("a line group is 'mn K'; expected an element and its lines");
    assertThatThrownBy(() -> LineGroup.of("Mn Q")).isInstanceOf(InvalidInput.class);
  }

  @Test
  void aGroupThatWasNotFittedIsASentence() {
    var areas =
        LineAreas.of(
            List.of(LineGroup.of("Mn K"), LineGroup.of("Co K")),
            new double[2][3],
            new double[2][3],
            Source.NONE);
    assertThat(areas.index(LineGroup.of("Co K"))).isEqualTo(1);
    assertThatThrownBy(() -> areas.index(LineGroup.of("Ni K")))
        .hasMessage("the line group is Ni K; expected one of those fitted: Mn K, Co K");
  }
}
