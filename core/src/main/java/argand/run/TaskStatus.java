package argand.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How far a task is: `status.json` in its folder, with the fingerprint of what was computed.
///
/// @param folder of the task
/// @param fingerprint of what the task computes under the present plan
record TaskStatus(Path folder, String fingerprint) {
  private Path file() {
    return folder.resolve("status.json");
  }

  /// Whether exactly this was computed before.
  boolean isDone() {
    if (!Files.exists(file())) {
      return false;
    }
    var kept = JsonMapper.shared().readValue(RunFolder.read(file()), Map.class);
    return "done".equals(kept.get("state")) && fingerprint.equals(kept.get("fingerprint"));
  }

  /// @param state `running`, `stopped`, `failed` or `done`
  void write(String state) {
    var map = new LinkedHashMap<String, String>();
    map.put("state", state);
    map.put("fingerprint", fingerprint);
    RunFolder.write(file(), Plan.json(map));
  }
}
