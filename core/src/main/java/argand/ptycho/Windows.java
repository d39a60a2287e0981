package argand.ptycho;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Reconstruction.Origin;
import argand.data.ScanPositions;
import java.util.Locale;

/// Where the frames of a scan lie on the object: whole pixels, and what is left of a pixel.
///
/// The object is as large as the positions ask for, so no frame can lie outside it.
public final class Windows {
  /// No sample ever scanned needs more pixels along one side; more means a wrong unit.
  private static final int MOST_PIXELS = 40_000;

  /// A shift below this [px] moves no pixel by as much as single precision sees at the edge of a
  /// spectrum (π · 1e-4 rad).
  private static final double LEAST_SHIFT = 1e-4;

  private final Grid frame;
  private final Grid object;
  private final Origin origin;
  private final int[] row;
  private final int[] column;
  private final double[] shiftY;
  private final double[] shiftX;
  private final boolean shifted;

  /// @param frame the sample grid of one frame
  /// @param subpixel false rounds positions to whole pixels
  /// @param margin pixels of object around the scanned field
  /// @throws InvalidInput when the positions imply an absurd field of view
  public Windows(ScanPositions positions, Grid frame, boolean subpixel, int margin) {
    Check.atLeast("margin", margin, 0);
    this.frame = frame;
    double spanY = positions.extentY() / frame.pixelY();
    double spanX = positions.extentX() / frame.pixelX();
    refuseAbsurd(positions, Math.max(spanY, spanX));
    origin =
        new Origin(
            least(positions.y()) - margin * frame.pixelY(),
            least(positions.x()) - margin * frame.pixelX());
    int count = positions.count();
    row = new int[count];
    column = new int[count];
    shiftY = new double[count];
    shiftX = new double[count];
    int rows = 0;
    int columns = 0;
    boolean any = false;
    for (int j = 0; j < count; j++) {
      double y = (positions.y()[j] - origin.y()) / frame.pixelY();
      double x = (positions.x()[j] - origin.x()) / frame.pixelX();
      row[j] = (int) Math.round(y);
      column[j] = (int) Math.round(x);
      shiftY[j] = subpixel ? y - row[j] : 0;
      shiftX[j] = subpixel ? x - column[j] : 0;
      any |= Math.abs(shiftY[j]) > LEAST_SHIFT || Math.abs(shiftX[j]) > LEAST_SHIFT;
      rows = Math.max(rows, row[j] + frame.rows());
      columns = Math.max(columns, column[j] + frame.columns());
    }
    shifted = any;
    object = frame.resized(rows + margin, columns + margin);
  }

  private static void refuseAbsurd(ScanPositions positions, double span) {
    String field =
        String.format(
            Locale.ROOT,
            "a field of view of %s × %s",
            length(positions.extentY()),
            length(positions.extentX()));
    if (span > MOST_PIXELS) {
      throw new InvalidInput(
          "scan positions",
          String.format(Locale.ROOT, "spread over %s, that is %.3g pixels", field, span),
          "at most " + MOST_PIXELS + " pixels",
          "positions in µm where metres are expected look like this: give their unit");
    }
    if (positions.count() > 1 && span < 0.5) {
      throw new InvalidInput(
          "scan positions",
          String.format(Locale.ROOT, "spread over %s, that is %.3g pixels", field, span),
          "steps of several pixels",
          "check the unit of the positions and the pixel size (distance, wavelength, detector pixel)");
    }
  }

  private static String length(double metres) {
    if (metres >= 0.1) {
      return String.format(Locale.ROOT, "%.3g m", metres);
    }
    return metres >= 1e-4
        ? String.format(Locale.ROOT, "%.3g mm", metres * 1e3)
        : String.format(Locale.ROOT, "%.3g µm", metres * 1e6);
  }

  private static double least(double[] values) {
    double least = values[0];
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  public int count() {
    return row.length;
  }

  /// The grid of one frame on the sample.
  public Grid frame() {
    return frame;
  }

  /// The grid of the object.
  public Grid object() {
    return object;
  }

  /// Where the object's upper left pixel lies in the frame of the positions.
  public Origin origin() {
    return origin;
  }

  /// Row of the object under the first row of frame j.
  public int row(int j) {
    return row[j];
  }

  /// Column of the object under the first column of frame j.
  public int column(int j) {
    return column[j];
  }

  /// How far the probe of frame j stands below its window's whole pixel [px], −0.5 … 0.5.
  public double shiftY(int j) {
    return shiftY[j];
  }

  /// How far the probe of frame j stands to the right of its window's whole pixel [px].
  public double shiftX(int j) {
    return shiftX[j];
  }

  /// False when every frame lies on whole pixels.
  public boolean shifted() {
    return shifted;
  }
}
