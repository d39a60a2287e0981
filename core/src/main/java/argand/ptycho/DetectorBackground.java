package argand.ptycho;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.FramesWithBackground;
import argand.physics.Geometry.Regime;
import java.util.Optional;

/// Counts b of each detector pixel that do not come from the sample, the same in every view:
///
///     I_j = f_j Σ_m |u_m|² + b
///
/// Known from the frames, or refined; nothing at all where neither is the case. Kept in the order
/// of
/// the transform, as measured amplitudes are.
final class DetectorBackground {
  private final Grid grid;
  private final boolean rolled;
  private final float[] counts;
  private boolean used;

  DetectorBackground(DiffractionScan scan) {
    grid = scan.frames().grid();
    rolled = scan.geometry().regime() == Regime.FAR_FIELD;
    counts = new float[grid.size()];
    Optional<RealField> known = scan.frames().background();
    known.ifPresent(
        level -> {
          used = true;
          set(level.values());
        });
  }

  /// True where it is known or will be refined; else it is nothing.
  boolean used() {
    return used;
  }

  /// To be called before states and engines are made, where it will be refined.
  void use() {
    used = true;
  }

  /// b in the order of the transform; the array itself.
  float[] counts() {
    return counts;
  }

  Grid grid() {
    return grid;
  }

  /// Takes b in the order of a frame.
  void set(float[] frame) {
    for (int i = 0; i < frame.length; i++) {
      counts[place(i)] = frame[i];
    }
  }

  /// Something of each pixel, in the order of a frame.
  double[] ordered(double[] ofPlane) {
    double[] frame = new double[ofPlane.length];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = ofPlane[place(i)];
    }
    return frame;
  }

  /// b in the order of a frame.
  RealField frame() {
    var frame = new RealField(grid);
    for (int i = 0; i < counts.length; i++) {
      frame.values()[i] = counts[place(i)];
    }
    return frame;
  }

  /// Frames, and b beside them where there is one.
  Frames beside(Frames frames) {
    return used ? new FramesWithBackground(frames, frame()) : frames;
  }

  /// Where pixel i of a frame stands in the plane: zero frequency goes from n/2 to 0.
  private int place(int i) {
    if (!rolled) {
      return i;
    }
    int rows = grid.rows();
    int columns = grid.columns();
    int r = (i / columns + rows - rows / 2) % rows;
    int c = (i % columns + columns - columns / 2) % columns;
    return r * columns + c;
  }
}
