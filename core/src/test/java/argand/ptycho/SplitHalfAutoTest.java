package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Halves that are compared are reconstructed in the same way, by what all views together say;
/// what they are made of is their own.
class SplitHalfAutoTest {
  /// Positions wrong by less than a pixel and so few views that the even ones alone do not show
  /// what
  /// all of them do.
  private static final DiffractionScan SCAN =
      StandardCase.misplaced(32, 48, 0.4, 4).make(0, Watch.SILENT).scan();

  private static final Ptychography ASKED = Ptychography.of(new Auto(), 6);

  private static DiffractionScan half(int first) {
    return SCAN.select(
        IntStream.range(0, SCAN.frames().count()).filter(j -> j % 2 == first).toArray());
  }

  @Test
  void halvesAreSolvedAsTheWholeIs() {
    var choice = AutoChoice.of(ASKED, SCAN, Watch.SILENT);
    var odd = choice.forPart(half(1), Watch.SILENT);
    var even = choice.forPart(half(0), Watch.SILENT);
    assertThat(odd.run()).isEqualTo(choice.run());
    assertThat(even.run()).isEqualTo(choice.run());
    assertThat(AutoChoice.of(ASKED, half(0), Watch.SILENT).run())
        .as("what the even views would choose by themselves")
        .isNotEqualTo(choice.run());
  }

  @Test
  void eachHalfMakesItsOwnStart() {
    var start = AutoStart.WARMED_UP;
    var ofAll = start.of(ASKED, SCAN, Watch.SILENT);
    var choice = new AutoChoice(ASKED.by(Rpie.DEFAULT, 6), start, ofAll, 1, "");
    var all = choice.probe().orElseThrow().modes().getFirst();
    var odd = choice.forPart(half(1), Watch.SILENT).probe().orElseThrow().modes().getFirst();
    var even = choice.forPart(half(0), Watch.SILENT).probe().orElseThrow().modes().getFirst();
    assertThat(odd.re()).isNotEqualTo(even.re()).isNotEqualTo(all.re());
    var given = new AutoChoice(choice.run(), AutoStart.GIVEN, java.util.Optional.empty(), 1, "");
    assertThat(given.forPart(half(1), Watch.SILENT).probe()).isEmpty();
  }

  /// Each choice says so when it begins.
  private record Listening(List<String> begun) implements QuietWatch {
    @Override
    public void tell(Progress progress) {
      if (progress instanceof Progress.Started started) {
        begun.add(started.step());
      }
    }

    @Override
    public Watch part(String name) {
      return this;
    }
  }

  @Test
  void chooseOnceAndSolveThreeTimes() {
    var heard = new Listening(new ArrayList<>());
    var result = new SplitHalf(ASKED).apply(SCAN, heard);
    assertThat(heard.begun).filteredOn("auto"::equals).hasSize(1);
    assertThat(heard.begun).filteredOn("ptychography"::equals).hasSize(3);
    assertThat(result.quality().verdict())
        .anyMatch(line -> line.startsWith("Chosen from the data"));
    assertThat(result.quality().metrics()).containsKey("withheldDeviance");
  }
}
