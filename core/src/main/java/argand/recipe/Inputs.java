package argand.recipe;

import argand.flow.Maker;
import java.nio.file.Path;
import java.util.List;

/// What a recipe is done *of*: files, or measurements that are computed. Both begin the flow as raw
/// files.
public sealed interface Inputs {
  /// Files as patterns (`raw/scan_*.cxi`), relative to the folder of the recipe.
  record Files(List<String> patterns, Path folder) implements Inputs {
    public Files {
      patterns = List.copyOf(patterns);
    }
  }

  /// Simulated measurements.
  record Made(Maker maker) implements Inputs {}
}
