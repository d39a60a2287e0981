package argand.run;

import argand.file.FileTrouble;
import argand.flow.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// `events.jsonl`: what happened, one JSON object a line, appended; the number of the line is
/// the id
/// of the event. May be told from several threads.
final class EventLog implements AutoCloseable {
  private static final long WORK_NANOS = 1_000_000_000L;

  private final Path file;
  private final BufferedWriter out;
  private String working = "";
  private long workTold;

  /// @throws FileTrouble when the file cannot be written
  EventLog(Path file) {
    this.file = file;
    try {
      out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + e + ")", e);
    }
  }

  /// @param task number; 0 for the run as a whole
  void tell(int task, String step, Progress progress) {
    var event = new LinkedHashMap<String, Object>();
    switch (progress) {
      case Progress.Started started -> {
        event.put("event", "started");
        event.put("step", step);
        event.put("iterations", started.iterations());
      }
      case Progress.Iterated iterated -> {
        event.put("event", "iterated");
        event.put("step", step);
        event.put("iteration", iterated.iteration());
        event.put("residual", iterated.residual());
        event.put("seconds", iterated.seconds());
      }
      case Progress.Worked worked -> {
        if (!worthAnEvent(worked)) {
          return;
        }
        event.put("event", "worked");
        event.put("step", step);
        event.put("what", worked.what());
        event.put("share", worked.share());
      }
      case Progress.Noted noted -> {
        event.put("event", "noted");
        event.put("step", step);
        event.put("message", noted.message());
      }
      case Progress.Finished finished -> {
        event.put("event", "finished");
        event.put("step", step);
        event.put("seconds", finished.seconds());
      }
    }
    append(task, event);
  }

  /// One a second, and only of work that takes longer.
  private synchronized boolean worthAnEvent(Progress.Worked worked) {
    long now = System.nanoTime();
    if (!worked.what().equals(working) || worked.share() >= 1) {
      working = worked.share() >= 1 ? "" : worked.what();
      workTold = now;
      return false;
    }
    if (now - workTold < WORK_NANOS) {
      return false;
    }
    workTold = now;
    return true;
  }

  /// An event of the run or of a task: `run started`, `task failed`.
  void happened(int task, String name, Map<String, ?> more) {
    var event = new LinkedHashMap<String, Object>();
    event.put("event", name);
    event.putAll(more);
    append(task, event);
  }

  private synchronized void append(int task, Map<String, Object> event) {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    if (task > 0) {
      line.put("task", task);
    }
    line.putAll(event);
    try {
      out.write(Plan.json(line));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + e + ")", e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + e + ")", e);
    }
  }
}
