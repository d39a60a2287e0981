package argand.data;

import argand.array.Check;
import argand.array.Mask;
import argand.physics.Geometry;
import java.util.Optional;

/// One ptychography measurement: geometry, positions, frames, trusted pixels, and a probe to start
/// from if there is one.
///
/// @param geometry its detector grid is that of the frames
/// @param positions one for each frame
/// @param frames counts
/// @param mask good detector pixels; absent means all
/// @param probe a starting probe on the sample grid
public record DiffractionScan(
    Geometry geometry,
    ScanPositions positions,
    Frames frames,
    Optional<Mask> mask,
    Optional<Probe> probe,
    Source source)
    implements Product {
  public DiffractionScan {
    Check.same("number of positions", positions.count(), frames.count());
    Check.same("rows of a frame", frames.grid().rows(), geometry.detector().rows());
    Check.same("columns of a frame", frames.grid().columns(), geometry.detector().columns());
  }

  public DiffractionScan withSource(Source other) {
    return new DiffractionScan(geometry, positions, frames, mask, probe, other);
  }

  /// A part of the scan (odd views, the first half), in the order of `indices`.
  public DiffractionScan select(int[] indices) {
    return new DiffractionScan(
        geometry, positions.select(indices), frames.select(indices), mask, probe, source);
  }
}
