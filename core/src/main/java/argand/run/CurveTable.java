package argand.run;

import argand.data.Curve;
import argand.data.Quality;
import argand.file.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The curves of all figures as one table of text, a line for each point.
final class CurveTable {
  private CurveTable() {}

  /// @throws FileTrouble when it cannot be written
  static void write(Quality quality, Path file) {
    var text = new StringBuilder("figure,curve,label of x,x,label of y,y\n");
    for (Map.Entry<String, List<Curve>> figure : quality.figures().entrySet()) {
      for (var curve : figure.getValue()) {
        for (int i = 0; i < curve.x().length; i++) {
          text.append(cell(figure.getKey()))
              .append(',')
              .append(cell(curve.name()))
              .append(',')
              .append(cell(curve.labelX()))
              .append(',')
              .append(curve.x()[i])
              .append(',')
              .append(cell(curve.labelY()))
              .append(',')
              .append(curve.y()[i])
              .append('\n');
        }
      }
    }
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be written: " + trouble.getMessage(), trouble);
    }
  }

  private static String cell(String name) {
    return '"' + name.replace('"', '\'') + '"';
  }
}
