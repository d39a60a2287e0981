package argand.file;

import java.util.ArrayList;
import java.util.List;

/// A walk through the groups of an open file along its own links; what lies in other files is left
/// out.
final class Hdf5Tour {
  private static final int DEEPEST = 32;
  private static final int MOST = 20_000;

  private final Hdf5 h5;
  private final List<String> datasets = new ArrayList<>();
  private int visited;

  private Hdf5Tour(Hdf5 h5) {
    this.h5 = h5;
  }

  /// The paths of all datasets.
  static List<String> datasets(Hdf5 h5) {
    var tour = new Hdf5Tour(h5);
    tour.walk("", 0);
    return tour.datasets;
  }

  private void walk(String group, int depth) {
    for (String name : h5.list(group.isEmpty() ? "/" : group)) {
      String path = group + "/" + name;
      if (++visited > MOST || !h5.target(path).isEmpty()) {
        continue;
      }
      if (h5.isDataset(path)) {
        datasets.add(path);
      } else if (h5.isGroup(path) && depth < DEEPEST) {
        walk(path, depth + 1);
      }
    }
  }
}
