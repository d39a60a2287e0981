package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.flow.Watch;
import argand.ptycho.Chain.Leg;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Each leg of a chain is what the method would be that starts where the one before ended.
class ChainTest {
  private static final Simulated SIM = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));

  private static Reconstruction run(PtychoMethod method, int passes) {
    return Ptychography.of(method, passes).apply(SIM.scan, Watch.SILENT);
  }

  @Test
  void oneLegIsTheMethodItself() {
    for (var method : List.of(Rpie.DEFAULT, DifferenceMap.DEFAULT, LsqMl.DEFAULT)) {
      var chained = run(new Chain(List.of(Leg.last(method))), 3);
      assertThat(chained.object().re()).isEqualTo(run(method, 3).object().re());
    }
  }

  /// rPIE's steps fall with its own passes: two legs of it are not one.
  @Test
  void eachLegCountsItsOwnPasses() {
    var twice = new Chain(List.of(Leg.of(Rpie.DEFAULT, 2), Leg.last(Rpie.DEFAULT)));
    var once = run(Rpie.DEFAULT, 4);
    var found = run(twice, 4);
    assertThat(found.residuals().subList(0, 2)).isEqualTo(once.residuals().subList(0, 2));
    assertThat(found.residuals().get(3)).isNotEqualTo(once.residuals().get(3));
  }

  @Test
  void theProbeIsUpdatedWhereTheLegSays() {
    var kept = new Leg(Rpie.DEFAULT, OptionalInt.of(2), 1, OptionalInt.of(0), 1);
    var chain = new Chain(List.of(kept, Leg.last(Rpie.DEFAULT)));
    var start = run(new Rpie(0.1, 1, 1, 0, 10), 2).probe().modes().getFirst().re();
    assertThat(run(chain, 2).probe().modes().getFirst().re()).isEqualTo(start);
    assertThat(run(chain, 3).probe().modes().getFirst().re()).isNotEqualTo(start);
    var rule = new Constraints(3, 8, 2, 0, 1);
    assertThat(List.of(2, 3, 4, 5, 7, 8, 9).stream().map(pass -> rule.updatesProbe(pass - 1)))
        .containsExactly(false, true, false, true, true, false, false);
    assertThat(kept.within(new Constraints(5, 0, 1), 3).probeFrom()).isEqualTo(2);
  }

  /// What one leg cannot do without decides whether frames may stay in their file.
  @Test
  void exitWavesOfOneLegAreTheChains() {
    var waves = new Chain(List.of(Leg.of(Raar.DEFAULT, 2), Leg.last(Rpie.DEFAULT)));
    var none = new Chain(List.of(Leg.of(Rpie.DEFAULT, 2), Leg.last(LsqMl.DEFAULT)));
    assertThat(Ptychography.of(waves, 3).needsLessWith()).contains("lsqMl");
    assertThat(Ptychography.of(none, 3).needsLessWith()).isEmpty();
  }

  @Test
  void refusesWhatHasNoEndOrNoBeginning() {
    var last = Leg.last(Rpie.DEFAULT);
    assertThatThrownBy(() -> new Chain(List.of(last, last)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("leg 1");
    assertThatThrownBy(() -> new Chain(List.of(Leg.of(Rpie.DEFAULT, 3))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("until `iterations`");
    assertThatThrownBy(() -> new Chain(List.of())).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Leg.last(new Chain(List.of(last)))).isInstanceOf(InvalidInput.class);
  }
}
