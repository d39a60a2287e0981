package argand.file;

import argand.array.Grid;
import java.util.List;

/// Planes that are sums or means of images in Xradia files.
///
/// @param planes for each plane the images it is made of and what each is multiplied by
/// @param grid of an image
record XrmRows(List<Plane> planes, Grid grid) implements PlaneRows {
  /// @param frames the images that are added up
  /// @param factor of their sum
  record Plane(List<Frame> frames, double factor) {}

  /// @param image its name inside the file
  record Frame(XrmFile file, String image) {}

  @Override
  public int count() {
    return planes.size();
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public int rowsTogether() {
    return 1;
  }

  @Override
  public void read(int first, int number, int row, int rows, float[] into) {
    int size = rows * grid.columns();
    for (int p = 0; p < number; p++) {
      var plane = planes.get(first + p);
      double[] sum = new double[size];
      for (var frame : plane.frames()) {
        try (var document = CompoundDocument.open(frame.file().file())) {
          frame.file().add(document, frame.image(), row * grid.columns(), size, sum);
        }
      }
      for (int i = 0; i < size; i++) {
        into[p * size + i] = (float) (plane.factor() * sum[i]);
      }
    }
  }

  @Override
  public void close() {} // each file is open while it is read only
}
