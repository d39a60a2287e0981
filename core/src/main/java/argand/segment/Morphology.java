package argand.segment;

import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;

/// Changes of a mask by its form. A disc of radius r holds the pixels whose middles are at most r
/// away; beyond the image's edge a mask goes on as it is at the edge.
public final class Morphology {
  private Morphology() {}

  /// Good where all pixels of the disc around are.
  public static Mask eroded(Mask mask, double radius) {
    return spread(mask, radius, false);
  }

  /// Good where any pixel of the disc around is.
  public static Mask dilated(Mask mask, double radius) {
    return spread(mask, radius, true);
  }

  /// Without what no disc fits into: specks and thin bridges go.
  public static Mask opened(Mask mask, double radius) {
    return dilated(eroded(mask, radius), radius);
  }

  /// With what no disc beside the mask fits into: cracks and small holes close.
  public static Mask closed(Mask mask, double radius) {
    return eroded(dilated(mask, radius), radius);
  }

  private static Mask spread(Mask mask, double radius, boolean value) {
    Check.within("radius", radius, 0, 1000, "pixels");
    Grid grid = mask.grid();
    int reach = (int) radius;
    boolean[] to = mask.good().clone();
    for (int dr = -reach; dr <= reach; dr++) {
      int half = (int) Math.sqrt(radius * radius - (double) dr * dr);
      for (int r = 0; r < grid.rows(); r++) {
        int from = Math.clamp(r + dr, 0, grid.rows() - 1) * grid.columns();
        spread(mask.good(), from, to, r * grid.columns(), grid.columns(), half, value);
      }
    }
    return new Mask(grid, to);
  }

  /// One row of the disc: `value` spreads by `half` pixels to both sides.
  private static void spread(
      boolean[] mask, int from, boolean[] to, int at, int columns, int half, boolean value) {
    int last = -1 - half;
    int next = columns + half;
    for (int c = 0; c < columns; c++) {
      int back = columns - 1 - c;
      last = mask[from + c] == value ? c : last;
      next = mask[from + back] == value ? back : next;
      if (c - last <= half) {
        to[at + c] = value;
      }
      if (next - back <= half) {
        to[at + back] = value;
      }
    }
  }

  /// With bad pixels that good ones surround: from them no way of steps along rows and columns
  /// leads
  /// to the image's edge over bad pixels.
  public static Mask filled(Mask mask) {
    Grid grid = mask.grid();
    var outside = Patches.of(not(mask), Patches.Neighbours.FOUR);
    boolean[] edge = new boolean[outside.count()];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        int patch = outside.label()[r * grid.columns() + c];
        if (patch >= 0 && (r == 0 || c == 0 || r == grid.rows() - 1 || c == grid.columns() - 1)) {
          edge[patch] = true;
        }
      }
    }
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = mask.good()[i] || !edge[outside.label()[i]];
    }
    return new Mask(grid, good);
  }

  /// Without patches of fewer pixels; pixels that touch at a corner belong together.
  public static Mask withoutSmall(Mask mask, int pixels) {
    var patches = Patches.of(mask, Patches.Neighbours.EIGHT);
    boolean[] good = new boolean[mask.good().length];
    for (int i = 0; i < good.length; i++) {
      int patch = patches.label()[i];
      good[i] = patch >= 0 && patches.size()[patch] >= pixels;
    }
    return new Mask(mask.grid(), good);
  }

  /// Good where the mask is not.
  public static Mask not(Mask mask) {
    boolean[] good = new boolean[mask.good().length];
    for (int i = 0; i < good.length; i++) {
      good[i] = !mask.good()[i];
    }
    return new Mask(mask.grid(), good);
  }
}
