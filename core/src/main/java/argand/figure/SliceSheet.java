package argand.figure;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Some slices of volumes side by side, as one image, for pictures of them: up to nine, evenly from
/// the first to the last, in rows from left to right.
final class SliceSheet {
  private static final int MOST = 9;

  private final Grid slice;
  private final int[] chosen;
  private final int across;
  private final Grid sheet;

  private SliceSheet(Grid slice, int slices) {
    this.slice = slice;
    int count = Math.min(MOST, slices);
    chosen = new int[count];
    for (int k = 0; k < count; k++) {
      chosen[k] = count == 1 ? 0 : Math.round((float) k * (slices - 1) / (count - 1));
    }
    across = (int) Math.ceil(Math.sqrt(count));
    sheet = slice.resized(Math.ceilDiv(count, across) * slice.rows(), across * slice.columns());
  }

  /// The same stack, of images that show slices; regions, whose places are those of the volumes,
  /// are left out.
  static EnergyStack of(EnergyStack stack) {
    var view = new SliceSheet(stack.sliceGrid(), stack.slices());
    var found = stack.findings();
    var maps = new ArrayList<Findings.FoundMap>();
    for (var map : found.maps()) {
      if (map.values().grid().size() == stack.grid().size()) {
        maps.add(
            new Findings.FoundMap(
                map.name(), map.unit(), view.of(map.values()), map.sigma().map(view::of)));
      }
    }
    boolean[] good = new boolean[view.sheet.size()];
    float[] flags = new float[stack.grid().size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = stack.mask().good()[i] ? 1 : 0;
    }
    float[] shown = view.of(new RealField(stack.grid(), flags)).values();
    for (int i = 0; i < good.length; i++) {
      good[i] = shown[i] == 1;
    }
    return EnergyStack.of(
            stack.energyEv(), view.of(stack.images()), stack.quantity(), stack.source())
        .withMask(new Mask(view.sheet, good))
        .withFindings(
            new Findings(
                maps,
                found.spectra(),
                found.clusters().map(view::of),
                List.of(),
                found.mixes(),
                found.bands(),
                Optional.empty(),
                found.phases(),
                found.quality()));
  }

  private RealField of(RealField volume) {
    var image = new RealField(sheet);
    Arrays.fill(image.values(), Float.NaN);
    place(
        (s, r, at) ->
            System.arraycopy(
                volume.values(),
                (s * slice.rows() + r) * slice.columns(),
                image.values(),
                at,
                slice.columns()));
    return image;
  }

  private Clusters of(Clusters volume) {
    int[] label = new int[sheet.size()];
    Arrays.fill(label, -1);
    place(
        (s, r, at) ->
            System.arraycopy(
                volume.label(),
                (s * slice.rows() + r) * slice.columns(),
                label,
                at,
                slice.columns()));
    return new Clusters(sheet, label, volume.means(), volume.compositions());
  }

  private Planes of(Planes volumes) {
    return Planes.computed(
        volumes,
        volumes.count(),
        sheet,
        (e, first, length, into, offset) -> {
          Arrays.fill(into, offset, offset + length, Float.NaN);
          float[] row = new float[slice.columns()];
          place(
              (s, r, at) -> {
                int from = Math.max(at, first);
                int to = Math.min(at + slice.columns(), first + length);
                if (from < to) {
                  volumes.read(e, (s * slice.rows() + r) * slice.columns(), row.length, row, 0);
                  System.arraycopy(row, from - at, into, offset + from - first, to - from);
                }
              });
        });
  }

  /// A row of a slice and where it begins on the sheet.
  private interface Row {
    void at(int slice, int row, int place);
  }

  private void place(Row each) {
    for (int k = 0; k < chosen.length; k++) {
      for (int r = 0; r < slice.rows(); r++) {
        int row = k / across * slice.rows() + r;
        each.at(chosen[k], r, row * sheet.columns() + k % across * slice.columns());
      }
    }
  }
}
