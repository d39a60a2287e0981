package argand.ptycho;

import argand.data.Orientation;
import java.util.List;

/// What {@link CheckOrientation} found.
///
/// @param turn how the frames are to be turned further; where only the class is known, the member
/// of
///     it that turns least
/// @param classKnown whether the residuals tell one class of two from the three others
/// @param signBy what tells the members of the class apart
/// @param residual relative amplitude error of the best way
/// @param asRead relative amplitude error of the frames as they are read
/// @param next relative amplitude error of the best way of another class
/// @param sentences for a person
public record OrientationFinding(
    Orientation turn,
    boolean classKnown,
    SignBy signBy,
    double residual,
    double asRead,
    double next,
    List<String> sentences) {
  /// What tells an object from its complex conjugate.
  public enum SignBy {
    /// The near field does: residuals of all eight ways differ.
    NEAR_FIELD,
    /// What absorbs more retards more.
    ABSORPTION,
    /// The start probe of the scan is near the probe, not near its conjugate.
    START_PROBE,
    /// Nothing: a half turn of the frames with all phases reversed explains them as well.
    UNDETERMINED
  }

  public OrientationFinding {
    sentences = List.copyOf(sentences);
  }

  /// Whether the frames fit the positions as they are read, sign included where it is known.
  public boolean asTheyAre() {
    return turn.equals(Orientation.NONE);
  }
}
