package argand.ptycho;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Arrays;
import java.util.Optional;

/// Frames as an instrument without a tilt would have taken them, made one at a time when they are
/// read: cubic convolution over 4 × 4 pixels (Keys, a = −½), times the ratio of areas. Pixels that
/// no light reaches, or that lie beyond the detector's edge or beside an untrusted pixel, are not
/// to be trusted.
///
/// @param whole where they come from; closed with these
/// @param squared with the squares of the weights, as independent variances add up
record UntiltedFrames(Frames whole, TiltedPlane plane, double distance, boolean squared)
    implements Frames {
  private static final int TAPS = 4;

  /// What becomes of one untilted pixel.
  private interface Pixel {
    /// @param top first of four rows
    /// @param left first of four columns
    void is(int i, int top, int left, double[] down, double[] across, double area);
  }

  @Override
  public int count() {
    return whole.count();
  }

  @Override
  public Grid grid() {
    return whole.grid();
  }

  @Override
  public void read(int index, RealField into) {
    var frame = new RealField(whole.grid()); // frames are read from several threads
    whole.read(index, frame);
    map(frame, into, squared || whole.variance().isPresent());
  }

  @Override
  public Optional<Frames> variance() {
    return whole.variance().map(of -> new UntiltedFrames(of, plane, distance, true));
  }

  @Override
  public Optional<RealField> background() {
    return whole
        .background()
        .map(
            level -> {
              var mapped = new RealField(level.grid());
              map(level, mapped, false);
              return mapped;
            });
  }

  @Override
  public long memoryBytes() {
    return whole.memoryBytes();
  }

  @Override
  public void close() {
    whole.close();
  }

  private void map(RealField frame, RealField into, boolean signed) {
    Arrays.fill(into.values(), 0);
    int columns = frame.grid().columns();
    each(
        (i, top, left, down, across, area) -> {
          double sum = 0;
          for (int r = 0; r < TAPS; r++) {
            for (int c = 0; c < TAPS; c++) {
              double weight = area * down[r] * across[c];
              if (weight != 0) { // an untouched NaN says nothing
                float value = frame.values()[(top + r) * columns + left + c];
                sum += (squared ? weight * weight : weight) * value;
              }
            }
          }
          // the kernel's negative lobes make less than nothing beside a bright pixel
          into.values()[i] = (float) (signed || !(sum < 0) ? sum : 0);
        });
  }

  /// The pixels that are made of trusted ones alone.
  Mask mask(Mask trusted) {
    boolean[] good = new boolean[grid().size()];
    int columns = grid().columns();
    each(
        (i, top, left, down, across, area) -> {
          boolean all = true;
          for (int r = 0; r < TAPS; r++) {
            for (int c = 0; c < TAPS; c++) {
              all &= down[r] * across[c] == 0 || trusted.good()[(top + r) * columns + left + c];
            }
          }
          good[i] = all;
        });
    return new Mask(grid(), good);
  }

  /// All untilted pixels whose light fell well within the detector.
  private void each(Pixel pixel) {
    var grid = grid();
    double[] place = new double[3];
    double[] down = new double[TAPS];
    double[] across = new double[TAPS];
    for (int i = 0; i < grid.size(); i++) {
      int r = i / grid.columns();
      int c = i % grid.columns();
      double y = (r - grid.rows() / 2) * grid.pixelY();
      double x = (c - grid.columns() / 2) * grid.pixelX();
      plane.place(y, x, distance, place);
      double row = place[0] / grid.pixelY() + grid.rows() / 2;
      double column = place[1] / grid.pixelX() + grid.columns() / 2;
      if (row >= 1 && row < grid.rows() - 2 && column >= 1 && column < grid.columns() - 2) {
        weights(row - Math.floor(row), down);
        weights(column - Math.floor(column), across);
        pixel.is(i, (int) row - 1, (int) column - 1, down, across, place[2]);
      }
    }
  }

  /// Of the pixels −1, 0, 1, 2 for a point at t in 0 … 1.
  private static void weights(double t, double[] into) {
    into[0] = t * (-0.5 + t * (1 - 0.5 * t));
    into[1] = 1 + t * t * (1.5 * t - 2.5);
    into[2] = t * (0.5 + t * (2 - 1.5 * t));
    into[3] = t * t * (0.5 * t - 0.5);
  }
}
