package argand.run;

import argand.flow.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Follows an `events.jsonl` that someone else writes.
public final class EventReader {
  private final Path file;
  private final Map<Integer, String> names = new HashMap<>();
  private long at;

  public EventReader(Path file) {
    this.file = file;
  }

  /// What happened.
  ///
  /// @param name of the event: `iterated`, `task failed`
  /// @param task name of the task; empty for the run as a whole
  /// @param progress of a step, where it is that
  /// @param text what else there is to say
  public record Event(
      String name, String task, String step, Optional<Progress> progress, String text) {
    /// Whether nothing will follow.
    public boolean endsRun() {
      return name.equals("run ended") || name.equals("run stopped");
    }
  }

  /// The events since the last call; a line that is not yet complete waits for the next.
  public List<Event> next() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(at);
      byte[] fresh = new byte[(int) Math.min(in.length() - at, 1 << 24)];
      in.readFully(fresh);
      int end = fresh.length;
      while (end > 0 && fresh[end - 1] != '\n') {
        end--;
      }
      at += end;
      var events = new ArrayList<Event>();
      new String(fresh, 0, end, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> events.add(event(JsonMapper.shared().readTree(line))));
      return events;
    } catch (IOException e) {
      throw new argand.file.FileTrouble(file, "cannot be read (" + e + ")", e);
    }
  }

  private Event event(JsonNode line) {
    String name = line.path("event").asString("");
    int task = line.path("task").asInt(0);
    if (line.has("name")) {
      names.put(task, line.path("name").asString(""));
    }
    String taskName = task == 0 ? "" : names.getOrDefault(task, String.valueOf(task));
    return new Event(
        name, taskName, line.path("step").asString(""), progress(name, line), text(line));
  }

  private static Optional<Progress> progress(String name, JsonNode line) {
    String step = line.path("step").asString("");
    double seconds = line.path("seconds").asDouble(0);
    return switch (name) {
      case "started" -> Optional.of(new Progress.Started(step, line.path("iterations").asInt(0)));
      case "iterated" ->
          Optional.of(
              new Progress.Iterated(
                  line.path("iteration").asInt(0), line.path("residual").asDouble(0), seconds));
      case "worked" ->
          Optional.of(
              new Progress.Worked(line.path("what").asString(""), line.path("share").asDouble(0)));
      case "noted" -> Optional.of(new Progress.Noted(line.path("message").asString("")));
      case "finished" -> Optional.of(new Progress.Finished(step, seconds));
      default -> Optional.empty();
    };
  }

  private static String text(JsonNode line) {
    String sentence = line.path("sentence").asString("");
    return sentence.isEmpty() ? line.path("time").asString("") : sentence;
  }
}
