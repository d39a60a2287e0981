package argand.acquire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.ChildJava;
import argand.acquire.ExposurePlan.Order;
import argand.acquire.PlannedExposure.Kind;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Findings;
import argand.data.StructuredScan;
import argand.file.FileTrouble;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import argand.singlepixel.AlignPatterns;
import argand.singlepixel.PlainVariation;
import argand.singlepixel.ReconstructPatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A measurement that was killed and resumed leaves the frames of one that was not, each once.
class AcquisitionTruthTest {
  private static final int SIDE = 24;

  @TempDir Path folder;

  private static VirtualBeamline beamline(double lineRate) {
    return beamline(lineRate, 1e-9);
  }

  private static VirtualBeamline beamline(double lineRate, double stageError) {
    var sample = new MixedCathode(5, 0, 0, 1, 3);
    return new VirtualBeamline(
        new VirtualBeamline.Settings(sample, SIDE, 3e-8, 20000, lineRate, stageError, 0.01, 7));
  }

  private static ExposurePlan plan(int patterns, Order order) {
    return ExposurePlan.diffuserWalk(patterns, 7e-7, 2e-5, 0.5, order, 4);
  }

  private static final Acquisition PLAIN = new Acquisition(5e-8, 3, false, Optional.empty());

  /// The child: measures into a folder until it is done or killed.
  public static void main(String[] arguments) {
    var outcome =
        new Acquisition(5e-8, 3, true, Optional.empty())
            .carryOut(
                beamline(2e5),
                plan(200, Order.PATTERNS_FIRST),
                Path.of(arguments[0]),
                Watch.SILENT);
    System.out.println(outcome.made() + " of " + outcome.planned());
  }

  private Process child(Path into) throws IOException {
    var command =
        List.of(
            ChildJava.java(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xmx400m",
            "-cp",
            ChildJava.classPath(),
            AcquisitionTruthTest.class.getName(),
            into.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  void killedAtAnyMomentItGoesOnWithoutLosingOrRepeatingAFrame() throws Exception {
    var whole = folder.resolve("whole");
    var plan = plan(200, Order.PATTERNS_FIRST);
    var outcome =
        new Acquisition(5e-8, 3, true, Optional.empty())
            .carryOut(beamline(2e5), plan, whole, Watch.SILENT);
    assertThat(outcome.made()).isEqualTo(400);
    assertThat(outcome.sampleExposures()).isEqualTo(200);

    var killed = folder.resolve("killed");
    var random = new SplittableRandom(11);
    int kills = 0;
    while (true) {
      var process = child(killed);
      long before = frames(killed);
      // wait until it has begun to work, then for a time that no one chose
      while (process.isAlive() && frames(killed) == before) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000, 150_000));
      if (kills < 8 && process.isAlive()) {
        process.destroyForcibly().waitFor();
        kills++;
        continue;
      }
      assertThat(process.waitFor()).isZero();
      if (frames(killed) == 400) {
        break;
      }
    }
    assertThat(kills).as("kills that met it alive").isGreaterThanOrEqualTo(4);
    var begun = AcquisitionLog.exposures(killed.resolve(Acquisition.LOG), "begun");
    var done = AcquisitionLog.exposures(killed.resolve(Acquisition.LOG), "done");
    assertThat(done).doesNotHaveDuplicates();
    // what was begun twice was cut off by a kill: no more often than there were kills
    int cut = begun.size() - new HashSet<>(begun).size();
    assertThat(cut).isLessThanOrEqualTo(kills);
    assertThat(new HashSet<>(begun)).hasSize(400);
    // the control: had it started afresh each time, every frame before a kill would be begun twice
    assertThat(kills + 400).isLessThan(2 * 400);
    var a = new AcquiredFrames(whole.resolve(Acquisition.FRAMES), plan.fingerprint());
    var b = new AcquiredFrames(killed.resolve(Acquisition.FRAMES), plan.fingerprint());
    for (var exposure : plan.exposures()) {
      assertThat(b.read(exposure)).as(exposure.label()).isEqualTo(a.read(exposure));
    }
    try (var all = Files.list(killed.resolve(Acquisition.FRAMES))) {
      assertThat(all).hasSize(400);
    }
  }

  private static long frames(Path into) throws IOException {
    var frames = into.resolve(Acquisition.FRAMES);
    if (!Files.isDirectory(frames)) {
      return 0;
    }
    try (var all = Files.list(frames)) {
      return all.filter(p -> p.getFileName().toString().endsWith(".h5")).count();
    }
  }

  @Test
  void aDeviceThatFailsBetweenAnyTwoCallsLosesNothing() {
    var plan = plan(3, Order.PAIRS);
    var whole = folder.resolve("whole");
    PLAIN.carryOut(beamline(2e5), plan, whole, Watch.SILENT);
    var frames = new AcquiredFrames(whole.resolve(Acquisition.FRAMES), plan.fingerprint());
    for (int call = 1; call <= 2 * plan.exposures().size(); call++) {
      var into = folder.resolve("failed" + call);
      var failing = new Failing(beamline(2e5), call);
      assertThatThrownBy(() -> PLAIN.carryOut(failing, plan, into, Watch.SILENT))
          .isInstanceOf(DeviceTrouble.class);
      var outcome = PLAIN.carryOut(beamline(2e5), plan, into, Watch.SILENT);
      assertThat(outcome.made()).isEqualTo(6);
      var there = new AcquiredFrames(into.resolve(Acquisition.FRAMES), plan.fingerprint());
      plan.exposures().forEach(e -> assertThat(there.read(e)).isEqualTo(frames.read(e)));
      var done = AcquisitionLog.exposures(into.resolve(Acquisition.LOG), "done");
      assertThat(done).hasSize(6).doesNotHaveDuplicates();
    }
  }

  /// Gives up at its n-th call to move or expose.
  private static final class Failing implements Beamline {
    private final Beamline beamline;
    private int left;

    Failing(Beamline beamline, int call) {
      this.beamline = beamline;
      left = call;
    }

    private void count() {
      if (--left == 0) {
        throw new DeviceTrouble("camera", "no answer", "a frame");
      }
    }

    @Override
    public String name() {
      return beamline.name();
    }

    @Override
    public List<String> motors() {
      return beamline.motors();
    }

    @Override
    public void move(Map<String, Double> to) {
      count();
      beamline.move(to);
    }

    @Override
    public Map<String, Double> positions() {
      return beamline.positions();
    }

    @Override
    public Reading expose(double seconds) {
      count();
      return beamline.expose(seconds);
    }
  }

  @Test
  void stopsOnceNewPatternsSayNothingNewAndNotBefore() throws IOException {
    var window = List.of(new Assessment.Window("Ni", 7350, 7620));
    var rule = Optional.of(new Assessment(window, 40, 0.1));
    var plan = plan(280, Order.PATTERNS_FIRST);
    var bright =
        new Acquisition(5e-8, 3, true, rule)
            .carryOut(beamline(2e6), plan, folder.resolve("bright"), Watch.SILENT);
    assertThat(bright.why()).contains("the next say nothing new");
    assertThat(bright.made()).isBetween(280 + 80, 280 + 240);
    var acquired = AcquiredScan.read(folder.resolve("bright"));
    assertThat(acquired.scan().count()).isEqualTo(bright.made() - 280);
    assertThat(acquired.spectra().count()).isEqualTo(bright.made() - 280);
    // resumed it ends as before, exposes nothing, and looks as before
    var again =
        new Acquisition(5e-8, 3, true, rule)
            .carryOut(beamline(2e6), plan, folder.resolve("bright"), Watch.SILENT);
    assertThat(again).isEqualTo(bright);
    // the control: few photons leave maps that go on changing
    var dim =
        new Acquisition(5e-8, 3, true, rule)
            .carryOut(beamline(1e3), plan, folder.resolve("dim"), Watch.SILENT);
    assertThat(dim.made()).isEqualTo(560);
  }

  /// Stages that repeat within a sixth of a pixel: the pattern that was recorded is not the one
  /// that
  /// was counted, but the camera saw that one too, through the sample.
  @Test
  void stagesThatDoNotRepeatCostLittleOnceThePairsAreAligned() throws IOException {
    var loose = beamline(2e6, 5e-9);
    new Acquisition(5e-8, 3, true, Optional.empty())
        .carryOut(loose, plan(280, Order.PATTERNS_FIRST), folder.resolve("loose"), Watch.SILENT);
    var acquired = AcquiredScan.read(folder.resolve("loose"));
    var scan = acquired.scan().withSignals(List.of(acquired.window("Ni", 7350, 7620)));
    Watch quiet =
        new QuietWatch() {
          @Override
          public Workers workers() {
            return Workers.ONE;
          }
        };
    var recorded = map(scan, quiet);
    var seen =
        map(
            new AlignPatterns(AlignPatterns.Moves.PATTERN, AlignPatterns.Light.WEIGHTED)
                .apply(scan, quiet),
            quiet);
    // mean square of what patterns left out were told wrong by, and of what the map lacks
    assertThat(leftOut(seen)).isLessThan(0.2 * leftOut(recorded));
    var truth = loose.truth().get(2);
    assertThat(unexplained(seen, truth)).isLessThan(0.6 * unexplained(recorded, truth));
  }

  private static Findings map(StructuredScan scan, Watch watch) {
    return new ReconstructPatterns(new PlainVariation(200, 1e-4, 0), 1)
        .apply(scan, watch)
        .findings();
  }

  private static double leftOut(Findings found) {
    return requireNonNull(found.quality().metrics().get("NiLeftOut"));
  }

  /// Share of the truth's variance that the map of Ni does not explain.
  private static double unexplained(Findings found, RealField truth) {
    var map = found.map("Ni").orElseThrow().values();
    double[] sums = new double[5];
    for (int i = 0; i < map.values().length; i++) {
      double x = map.values()[i];
      double y = truth.values()[i];
      double[] terms = {x, y, x * x, x * y, y * y};
      for (int k = 0; k < terms.length; k++) {
        sums[k] += terms[k] / map.values().length;
      }
    }
    double shared = sums[3] - sums[0] * sums[1];
    return 1 - shared * shared / ((sums[2] - sums[0] * sums[0]) * (sums[4] - sums[1] * sums[1]));
  }

  @Test
  void stopsWhenAskedTo() {
    var plan = plan(5, Order.PAIRS);
    var asked = new ArrayList<Integer>();
    var watch =
        new QuietWatch() {
          @Override
          public boolean stopped() {
            asked.add(1);
            return asked.size() > 4;
          }
        };
    var outcome = PLAIN.carryOut(beamline(2e5), plan, folder, watch);
    assertThat(outcome.made()).isEqualTo(4);
    assertThat(outcome.why()).isEqualTo("stopped when asked to");
    assertThat(PLAIN.carryOut(beamline(2e5), plan, folder, Watch.SILENT).made()).isEqualTo(10);
  }

  @Test
  void aPlanIsATable() {
    var plan = plan(3, Order.PAIRS);
    assertThat(ExposurePlan.parse("plan.tsv", plan.text())).isEqualTo(plan);
    assertThat(plan.exposures().stream().filter(e -> e.kind() == Kind.WITH_SAMPLE)).hasSize(3);
    assertThat(plan.exposures().get(1).kind()).isEqualTo(Kind.WITH_SAMPLE);
  }

  @Test
  void badInputGetsOneSentence() throws IOException {
    assertThatThrownBy(() -> ExposurePlan.parse("p.tsv", "pattern\tkind\tseconds\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("one for each motor");
    assertThatThrownBy(
            () -> ExposurePlan.parse("p.tsv", "pattern\tkind\tseconds\tx\n0\twith\tfast\t0\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("p.tsv, line 2, seconds");
    assertThatThrownBy(
            () -> ExposurePlan.parse("p.tsv", "pattern\tkind\tseconds\tx\n0\twith\t1\tNaN\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("p.tsv, line 2, x");
    assertThatThrownBy(
            () -> ExposurePlan.parse("p.tsv", "pattern\tkind\tseconds\tx\n0.5\twith\t1\t0\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a whole number");
    assertThatThrownBy(() -> ExposurePlan.read(folder.resolve("none.tsv")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("there is no such file");
    String twice = "pattern\tkind\tseconds\tx\n0\twith\t1\t0\n0\twith\t1\t1\n";
    assertThatThrownBy(() -> ExposurePlan.parse("p.tsv", twice))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a second time");
    var other = ExposurePlan.parse("p.tsv", "pattern\tkind\tseconds\tx\n0\twith\t1\t0\n");
    assertThatThrownBy(() -> PLAIN.carryOut(beamline(1e3), other, folder, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("x, which virtual beamline");
    PLAIN.carryOut(beamline(1e3), plan(2, Order.PAIRS), folder, Watch.SILENT);
    assertThatThrownBy(
            () -> PLAIN.carryOut(beamline(1e3), plan(3, Order.PAIRS), folder, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a measurement by another plan");
    try (var channel =
            java.nio.channels.FileChannel.open(folder.resolve(".lock"), StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(
              () -> PLAIN.carryOut(beamline(1e3), plan(2, Order.PAIRS), folder, Watch.SILENT))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("another process measures into it");
    }
  }

  @Test
  void aStageThatDoesNotArriveIsSentAgainAndThenGivenUp() {
    var strict = new Acquisition(1e-10, 3, false, Optional.empty());
    assertThatThrownBy(
            () -> strict.carryOut(beamline(1e3), plan(2, Order.PAIRS), folder, Watch.SILENT))
        .isInstanceOf(DeviceTrouble.class)
        .hasMessageContaining("after 3 tries");
    assertThat(AcquisitionLog.exposures(folder.resolve(Acquisition.LOG), "off")).hasSize(3);
  }
}
