package argand.ptycho;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The frames of several scans with one detector, one scan after the other. What a scan's mask does
/// not trust is NaN in its frames.
///
/// @param parts of equal size
/// @param masks one for each part; null where all is good
record JoinedFrames(List<Frames> parts, List<@Nullable Mask> masks) implements Frames {
  static JoinedFrames of(List<DiffractionScan> scans) {
    List<@Nullable Mask> masks = new java.util.ArrayList<>();
    scans.forEach(scan -> masks.add(scan.mask().orElse(null)));
    return new JoinedFrames(scans.stream().map(DiffractionScan::frames).toList(), masks);
  }

  @Override
  public int count() {
    return parts.stream().mapToInt(Frames::count).sum();
  }

  @Override
  public Grid grid() {
    return parts.getFirst().grid();
  }

  @Override
  public void read(int index, RealField into) {
    int part = 0;
    int within = index;
    while (within >= parts.get(part).count()) {
      within -= parts.get(part).count();
      part++;
    }
    parts.get(part).read(within, into);
    var mask = masks.get(part);
    for (int i = 0; mask != null && i < into.values().length; i++) {
      if (!mask.good()[i]) {
        into.values()[i] = Float.NaN;
      }
    }
  }

  /// Only where all of them carry one.
  @Override
  public Optional<Frames> variance() {
    var all = parts.stream().map(Frames::variance).flatMap(Optional::stream).toList();
    return all.size() == parts.size()
        ? Optional.of(new JoinedFrames(all, masks))
        : Optional.empty();
  }

  @Override
  public long memoryBytes() {
    return parts.stream().mapToLong(Frames::memoryBytes).sum();
  }

  @Override
  public void close() {
    parts.forEach(Frames::close);
  }
}
