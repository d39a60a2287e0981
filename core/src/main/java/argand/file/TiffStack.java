package argand.file;

import argand.array.Check;
import java.util.List;

/// Pages of one size, as a TIFF file holds them.
///
/// @param pages row by row, rows · columns numbers each
public record TiffStack(int rows, int columns, List<float[]> pages) {
  public TiffStack {
    pages = List.copyOf(pages);
    for (float[] page : pages) {
      Check.same("pixels of a page", page.length, rows * columns);
    }
  }
}
