package argand.run;

import argand.array.RealField;
import argand.array.Workers;
import argand.data.Product;
import argand.figure.Show;
import argand.flow.Progress;
import argand.flow.State;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The window of one step to the run folder: its checkpoint, its pictures, its events.
final class StepWatch implements Watch {
  /// Between two pictures of one name: often enough to watch, too seldom to cost.
  private static final long PICTURE_NANOS = 2_000_000_000L;

  /// What all steps of a task share.
  ///
  /// @param number of the task; 0 for `then`
  /// @param name of the task
  /// @param folder of the task
  /// @param fingerprint of what the task computes
  /// @param memoryBytes that a step and its input may hold
  /// @param earlier products of the tasks before
  record Room(
      RunFolder run,
      int number,
      String name,
      Path folder,
      String fingerprint,
      EventLog events,
      Listener listener,
      Workers workers,
      long memoryBytes,
      List<Product> earlier) {}

  private final Room room;
  private final String step;
  private final String file;
  private final AtomicBoolean cut;
  private final Map<String, Long> shown = new ConcurrentHashMap<>();

  /// @param step name of the step for people
  /// @param file name of the step for files: number and name
  StepWatch(Room room, String step, String file) {
    this(room, step, file, new AtomicBoolean());
  }

  private StepWatch(Room room, String step, String file, AtomicBoolean cut) {
    this.room = room;
    this.step = step;
    this.file = file;
    this.cut = cut;
  }

  /// Whether the step was told to stop, so that what it gave may be unfinished.
  boolean wasCut() {
    return cut.get();
  }

  @Override
  public void tell(Progress progress) {
    room.events().tell(room.number(), step, progress);
    room.listener().hear(room.name(), step, progress);
  }

  @Override
  public boolean stopped() {
    if (room.run().stopRequested()) {
      cut.set(true);
    }
    return cut.get();
  }

  @Override
  public void keep(State state) {
    Checkpoint.write(checkpoint(), state, room.fingerprint());
  }

  @Override
  public boolean restore(State state) {
    if (!Files.exists(checkpoint())) {
      return false;
    }
    Checkpoint.read(checkpoint(), state, room.fingerprint());
    return true;
  }

  @Override
  public void show(String name, Supplier<RealField> picture) {
    long now = System.nanoTime();
    Long before = shown.get(name);
    if (before == null || now - before >= PICTURE_NANOS) {
      shown.put(name, now);
      Show.write(name, picture.get(), pictures().resolve(RunFolder.slug(name) + ".png"));
    }
  }

  private Path pictures() {
    return RunFolder.make(room.folder().resolve("show"));
  }

  @Override
  public Workers workers() {
    return room.workers();
  }

  @Override
  public long memoryBytes() {
    return room.memoryBytes();
  }

  @Override
  public List<Product> earlier() {
    return room.earlier();
  }

  @Override
  public Watch part(String name) {
    return new StepWatch(room, step + " " + name, file + "-" + RunFolder.slug(name), cut);
  }

  private Path checkpoint() {
    return room.folder().resolve("checkpoint-" + file + ".h5");
  }
}
