package argand.ptycho;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Reconstruction.Origin;
import argand.data.ScanPositions;
import java.util.Locale;

/// Where the frames of a scan lie on the object: whole pixels, and what is left of a pixel.
///
/// The object is as large as the positions ask for, so no frame can lie outside it. A frame may
/// move from where the file says, by at most a reach that the object is larger for; the moves are
/// float arrays of their own, so that a state can keep them.
public final class Windows {
  /// No sample ever scanned needs more pixels along one side; more means a wrong unit.
  private static final int MOST_PIXELS = 40_000;

  /// A shift below this [px] moves no pixel by as much as single precision sees at the edge of a
  /// spectrum (π · 1e-4 rad).
  private static final double LEAST_SHIFT = 1e-4;

  private final Grid frame;
  private final Grid object;
  private final Origin origin;
  private final double[] fileY;
  private final double[] fileX;
  private final float[] moveY;
  private final float[] moveX;
  private final int reach;
  private final boolean shifted;

  /// @param frame the sample grid of one frame
  /// @param subpixel false rounds positions to whole pixels
  /// @param margin pixels of object around the scanned field
  /// @throws InvalidInput when the positions imply an absurd field of view
  public Windows(ScanPositions positions, Grid frame, boolean subpixel, int margin) {
    this(positions, frame, subpixel, margin, 0);
  }

  /// @param reach pixels by which a frame may move along each axis from where the file says
  public Windows(ScanPositions positions, Grid frame, boolean subpixel, int margin, int reach) {
    Check.atLeast("margin", margin, 0);
    Check.atLeast("reach", reach, 0);
    this.frame = frame;
    this.reach = reach;
    int room = margin + reach;
    double spanY = positions.extentY() / frame.pixelY();
    double spanX = positions.extentX() / frame.pixelX();
    refuseAbsurd(positions, Math.max(spanY, spanX));
    origin =
        new Origin(
            least(positions.y()) - room * frame.pixelY(),
            least(positions.x()) - room * frame.pixelX());
    int count = positions.count();
    fileY = new double[count];
    fileX = new double[count];
    moveY = new float[count];
    moveX = new float[count];
    int rows = 0;
    int columns = 0;
    boolean any = reach > 0;
    for (int j = 0; j < count; j++) {
      fileY[j] = (positions.y()[j] - origin.y()) / frame.pixelY();
      fileX[j] = (positions.x()[j] - origin.x()) / frame.pixelX();
      any |= Math.abs(fileY[j] - Math.round(fileY[j])) > LEAST_SHIFT;
      any |= Math.abs(fileX[j] - Math.round(fileX[j])) > LEAST_SHIFT;
      rows = Math.max(rows, row(j) + frame.rows());
      columns = Math.max(columns, column(j) + frame.columns());
    }
    shifted = any && subpixel;
    object = frame.resized(rows + room, columns + room);
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
    return fileY.length;
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
    return (int) Math.round(y(j));
  }

  /// Column of the object under the first column of frame j.
  public int column(int j) {
    return (int) Math.round(x(j));
  }

  /// How far the probe of frame j stands below its window's whole pixel [px], −0.5 … 0.5.
  public double shiftY(int j) {
    return shifted ? y(j) - row(j) : 0;
  }

  /// How far the probe of frame j stands to the right of its window's whole pixel [px].
  public double shiftX(int j) {
    return shifted ? x(j) - column(j) : 0;
  }

  /// False when every frame lies, and will stay, on whole pixels.
  public boolean shifted() {
    return shifted;
  }

  /// Row of the object under the first row of frame j, with its fraction [px].
  public double y(int j) {
    return fileY[j] + moveY[j];
  }

  /// Column of the object under the first column of frame j, with its fraction [px].
  public double x(int j) {
    return fileX[j] + moveX[j];
  }

  /// Pixels by which a frame may move along each axis from where the file says.
  public int reach() {
    return reach;
  }

  /// Frame j goes to so many pixels from where the file says, at most as far as the reach.
  public void move(int j, double down, double right) {
    moveY[j] = (float) Math.clamp(down, -reach, reach);
    moveX[j] = (float) Math.clamp(right, -reach, reach);
  }

  /// How far each frame stands from where the file says, down [px]: the array itself.
  public float[] moveY() {
    return moveY;
  }

  /// How far each frame stands from where the file says, to the right [px]: the array itself.
  public float[] moveX() {
    return moveX;
  }

  /// Where the frames stand now [m], less the move they have in common: no measurement knows it,
  /// and so positions stay in the frame of the file.
  public ScanPositions positions() {
    var from = originOfPositions();
    double[] y = new double[count()];
    double[] x = new double[count()];
    for (int j = 0; j < y.length; j++) {
      y[j] = from.y() + y(j) * frame.pixelY();
      x[j] = from.x() + x(j) * frame.pixelX();
    }
    return new ScanPositions(y, x);
  }

  /// Where the object's upper left pixel lies in the frame of {@link #positions}.
  public Origin originOfPositions() {
    return new Origin(
        origin.y() - mean(moveY) * frame.pixelY(), origin.x() - mean(moveX) * frame.pixelX());
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
