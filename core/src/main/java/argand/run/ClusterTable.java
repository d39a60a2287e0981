package argand.run;

import argand.data.Clusters;
import java.nio.file.Path;

/// Clusters as a table of text: their pixels, their areas, and what they are mixtures of where that
/// was found.
final class ClusterTable {
  private ClusterTable() {}

  /// @throws argand.file.FileTrouble when it cannot be written
  static void write(Clusters clusters, Path file) {
    var text = new StringBuilder("cluster,pixels,area [m2]");
    boolean mixed = !clusters.compositions().isEmpty();
    if (mixed) {
      for (String name : clusters.compositions().getFirst().references()) {
        String plain = name.replace("\"", "");
        text.append(",\"fraction of ").append(plain).append("\",\"sigma of ").append(plain);
        text.append('"');
      }
      text.append(",R factor,reduced chi-square");
    }
    text.append('\n');
    for (int k = 0; k < clusters.count(); k++) {
      text.append('"').append(clusters.means().get(k).name().replace("\"", "")).append("\",");
      text.append(clusters.pixels(k)).append(',').append(clusters.area(k));
      if (mixed) {
        var one = clusters.compositions().get(k);
        for (int r = 0; r < one.fraction().length; r++) {
          text.append(',').append(one.fraction()[r]).append(',').append(one.sigma()[r]);
        }
        text.append(',').append(one.rFactor()).append(',');
        text.append(Double.isNaN(one.chiSquare()) ? "" : String.valueOf(one.chiSquare()));
      }
      text.append('\n');
    }
    RunFolder.write(file, text.toString());
  }
}
