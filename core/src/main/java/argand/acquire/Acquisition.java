package argand.acquire;

import argand.acquire.AcquiredFrames.Frame;
import argand.acquire.PlannedExposure.Kind;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Planes;
import argand.data.Source;
import argand.file.FileTrouble;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.singlepixel.PatternAnalysis;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out a plan: moves, exposes, and writes each frame before the next is begun. The folder
/// is
/// all that it knows: killed at any moment and started again, it goes on with the first exposure
/// whose frame is not on the disk, and no frame is lost or taken twice.
///
/// The folder holds `plan.tsv`, `log.tsv` and `frames/`.
///
/// @param tolerance how far a motor may stand from where it was sent [m]
/// @param tries so many times a motor is sent before it is given up
/// @param newestFirst once all patterns are known, the sample is exposed first to those that add
///     most to those before
/// @param assessment on the fly, and when to stop before the plan is done; none for neither
public record Acquisition(
    double tolerance, int tries, boolean newestFirst, Optional<Assessment> assessment) {
  /// The plan in a folder.
  public static final String PLAN = "plan.tsv";

  static final String LOG = "log.tsv";
  static final String FRAMES = "frames";

  public Acquisition {
    Check.within("tolerance", tolerance, 0, 1, "m");
    Check.atLeast("tries", tries, 1);
  }

  /// How it ended.
  ///
  /// @param made exposures whose frames are on the disk
  /// @param planned all
  /// @param sampleExposures so many times the sample was exposed: those that a kill cut off count
  /// @param why it ended, for a person
  public record Outcome(int made, int planned, int sampleExposures, String why) {}

  /// Begins, or goes on where an earlier process ended.
  ///
  /// @throws InvalidInput where the folder holds another plan, another process measures into it, or
  ///     the beamline lacks a motor
  /// @throws DeviceTrouble where a device does not do what it was told; what was measured is kept
  public Outcome carryOut(Beamline beamline, ExposurePlan plan, Path folder, Watch watch) {
    plan.mustSuit(beamline);
    prepare(plan, folder);
    try (var channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel, folder);
      try (var log = new AcquisitionLog(folder.resolve(LOG))) {
        return new Run(beamline, plan, folder, log, watch).carryOut();
      }
    } catch (IOException e) {
      throw new FileTrouble(folder, "cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private static void prepare(ExposurePlan plan, Path folder) {
    Path table = folder.resolve(PLAN);
    try {
      Files.createDirectories(folder.resolve(FRAMES));
      if (Files.exists(table)) {
        if (!ExposurePlan.read(table).fingerprint().equals(plan.fingerprint())) {
          throw new InvalidInput(
              "the folder " + folder,
              "a measurement by another plan",
              "a new folder, or the same plan",
              "to go on with what is there, give it its own " + table);
        }
      } else {
        Path part = folder.resolve("." + PLAN + ".part");
        Files.writeString(part, plan.text());
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(part, table, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new FileTrouble(folder, "cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /// Closing the channel gives it free.
  private static void lock(FileChannel channel, Path folder) throws IOException {
    boolean ours;
    try {
      ours = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      ours = false;
    }
    if (!ours) {
      throw new InvalidInput(
          "the folder " + folder, "in use: another process measures into it", "one at a time", "");
    }
  }

  private final class Run {
    private final Beamline beamline;
    private final ExposurePlan plan;
    private final AcquisitionLog log;
    private final Path logFile;
    private final AcquiredFrames frames;
    private final Watch watch;
    private Optional<Assessment.Look> last = Optional.empty();
    private boolean settledBefore;
    private final List<AcquiredScan.Taken> taken = new ArrayList<>();
    private int with;

    Run(Beamline beamline, ExposurePlan plan, Path folder, AcquisitionLog log, Watch watch) {
      this.beamline = beamline;
      this.plan = plan;
      this.log = log;
      this.watch = watch;
      logFile = folder.resolve(LOG);
      frames = new AcquiredFrames(folder.resolve(FRAMES), plan.fingerprint());
    }

    Outcome carryOut() {
      frames.sweep();
      int before = (int) plan.exposures().stream().filter(frames::has).count();
      log.tell(before == 0 ? "started" : "resumed", "", beamline.name() + ", " + before + " made");
      watch.tell(new Progress.Started("acquire", 0));
      var first = new ArrayList<PlannedExposure>();
      var rest = new ArrayList<PlannedExposure>();
      split(first, rest);
      String why = expose(first, 0);
      if (why.isEmpty() && !rest.isEmpty()) {
        why = expose(newestFirst ? newest(rest) : rest, first.size());
      }
      log.tell("ended", "", why.isEmpty() ? "all exposures are made" : why);
      int made = (int) plan.exposures().stream().filter(frames::has).count();
      int sample =
          (int)
              AcquisitionLog.exposures(logFile, "begun").stream()
                  .filter(label -> label.endsWith("-" + Kind.WITH_SAMPLE.word()))
                  .count();
      return new Outcome(
          made, plan.exposures().size(), sample, why.isEmpty() ? "all exposures are made" : why);
    }

    /// Parts the plan where only exposures of the sample are left: their order is free.
    private void split(List<PlannedExposure> first, List<PlannedExposure> rest) {
      int end = plan.exposures().size();
      while (end > 0 && plan.exposures().get(end - 1).kind() == Kind.WITH_SAMPLE) {
        end--;
      }
      first.addAll(plan.exposures().subList(0, end));
      rest.addAll(plan.exposures().subList(end, plan.exposures().size()));
    }

    /// In the order in which their patterns add to those before. It follows from the frames alone,
    /// so a resumed measurement has the same.
    private List<PlannedExposure> newest(List<PlannedExposure> rest) {
      var known = new ArrayList<PlannedExposure>();
      var patterns = new ArrayList<RealField>();
      for (var exposure : rest) {
        var alone = AcquiredScan.partner(plan, exposure).filter(frames::has);
        if (alone.isPresent()) {
          known.add(exposure);
          patterns.add(frames.read(alone.get()).reading().image());
        }
      }
      if (known.size() < 3) {
        return rest;
      }
      // the mean of n patterns leaves n − 1 of them independent
      int[] best = new PatternAnalysis(Planes.of(patterns)).best(known.size() - 1);
      var ordered = new ArrayList<PlannedExposure>();
      for (int index : best) {
        ordered.add(known.get(index));
      }
      rest.stream().filter(e -> !ordered.contains(e)).forEach(ordered::add);
      return ordered;
    }

    /// @return why it ended early; empty where all are made
    private String expose(List<PlannedExposure> exposures, int before) {
      int done = 0;
      for (var exposure : exposures) {
        if (!frames.has(exposure)) {
          if (watch.stopped()) {
            return "stopped when asked to";
          }
          one(exposure);
        }
        done++;
        watch.tell(
            new Progress.Worked("exposures", (double) (before + done) / plan.exposures().size()));
        if (exposure.kind() == Kind.WITH_SAMPLE) {
          with++;
          if (settled(exposure)) {
            return "stopped after " + with + " patterns: the next say nothing new";
          }
        }
      }
      return "";
    }

    private void one(PlannedExposure exposure) {
      log.tell("begun", exposure.label(), "");
      move(exposure);
      var reading = beamline.expose(exposure.seconds());
      frames.write(exposure, new Frame(reading, beamline.positions()));
      log.tell("done", exposure.label(), "");
    }

    private void move(PlannedExposure exposure) {
      String worst = "";
      for (int attempt = 0; attempt < tries; attempt++) {
        beamline.move(exposure.motors());
        worst = off(exposure.motors(), beamline.positions());
        if (worst.isEmpty()) {
          return;
        }
        log.tell("off", exposure.label(), worst);
      }
      log.tell("failed", exposure.label(), worst);
      throw new DeviceTrouble(
          beamline.name(), worst, "within " + tolerance + " m after " + tries + " tries");
    }

    private String off(Map<String, Double> wanted, Map<String, Double> found) {
      for (var motor : wanted.entrySet()) {
        double at = found.getOrDefault(motor.getKey(), Double.NaN);
        if (!(Math.abs(at - motor.getValue()) <= tolerance)) {
          return motor.getKey() + " at " + at + " m, sent to " + motor.getValue() + " m";
        }
      }
      return "";
    }

    /// Frames are read once and kept: a look wants all that were taken.
    private boolean settled(PlannedExposure exposure) {
      if (assessment.isEmpty()) {
        return false;
      }
      var rule = assessment.get();
      AcquiredScan.taken(plan, frames, exposure).ifPresent(taken::add);
      if (with % rule.every() != 0) {
        return false;
      }
      var acquired = AcquiredScan.of(taken, Source.NONE);
      var look = rule.look(acquired, last, watch);
      log.tell("assessed", "", look.line(rule.windows()));
      watch.tell(new Progress.Noted(look.line(rule.windows())));
      for (int w = 0; w < rule.windows().size(); w++) {
        var map = look.maps().get(w);
        watch.show(rule.windows().get(w).name(), () -> map);
      }
      boolean now = look.settled(rule.surprise());
      boolean both = now && settledBefore;
      last = Optional.of(look);
      settledBefore = now;
      return both;
    }
  }
}
