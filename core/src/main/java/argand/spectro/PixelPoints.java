package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.HeldPlanes;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.multivariate.Points;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The good pixels of planes as points: feature e is plane e. A pixel that is NaN in any plane is
/// no
/// point.
final class PixelPoints implements Points {
  /// Pixels that are read at once where planes do not lie in memory.
  private static final int RUN = 1 << 16;

  private final Planes planes;
  private final int[] pixel;

  private PixelPoints(Planes planes, int[] pixel) {
    this.planes = planes;
    this.pixel = pixel;
  }

  /// @throws InvalidInput when no pixel is left
  static PixelPoints of(Planes planes, Mask mask, Workers workers) {
    boolean[] known = mask.good().clone();
    PixelBlocks.forEach(
        planes,
        workers,
        (block, first, length, spectra, worker) -> {
          for (int e = 0; e < planes.count(); e++) {
            for (int i = 0; i < length; i++) {
              known[first + i] &= Float.isFinite(spectra[e * PixelBlocks.SIZE + i]);
            }
          }
        });
    int[] pixel = new int[known.length];
    int n = 0;
    for (int i = 0; i < known.length; i++) {
      if (known[i]) {
        pixel[n++] = i;
      }
    }
    if (n == 0) {
      throw new InvalidInput(
          "the stack", "masked, or without a value, everywhere", "some good pixels", "mask less");
    }
    return new PixelPoints(planes, Arrays.copyOf(pixel, n));
  }

  /// Points of the values of maps.
  static PixelPoints of(List<RealField> maps, Mask mask, Workers workers) {
    return of(Planes.of(maps), mask, workers);
  }

  @Override
  public int count() {
    return pixel.length;
  }

  @Override
  public int features() {
    return planes.count();
  }

  /// Pixel number of point `i`.
  int pixel(int i) {
    return pixel[i];
  }

  @Override
  public void read(int first, int length, float[] into) {
    if (length == 0) {
      return;
    }
    boolean all = pixel[first + length - 1] - pixel[first] == length - 1;
    float[] run = new float[0];
    for (int e = 0; e < planes.count(); e++) {
      Optional<float[]> held = planes.inMemory(e);
      if (all) {
        planes.read(e, pixel[first], length, into, e * BLOCK);
      } else if (held.isPresent()) {
        float[] plane = held.get();
        for (int i = 0; i < length; i++) {
          into[e * BLOCK + i] = plane[pixel[first + i]];
        }
      } else {
        run = run.length == 0 ? new float[RUN] : run;
        gather(e, first, length, into, run);
      }
    }
  }

  private void gather(int e, int first, int length, float[] into, float[] run) {
    int i = 0;
    while (i < length) {
      int from = pixel[first + i];
      int end = i;
      while (end < length && pixel[first + end] - from < RUN) {
        end++;
      }
      planes.read(e, from, pixel[first + end - 1] - from + 1, run, 0);
      for (; i < end; i++) {
        into[e * BLOCK + i] = run[pixel[first + i] - from];
      }
    }
  }

  /// Values of points as an image, NaN elsewhere.
  RealField map(float[] values) {
    var map = new RealField(planes.grid());
    Arrays.fill(map.values(), Float.NaN);
    for (int i = 0; i < pixel.length; i++) {
      map.values()[pixel[i]] = values[i];
    }
    return map;
  }

  /// Labels of points as those of pixels, −1 elsewhere.
  int[] labels(int[] label) {
    int[] all = new int[planes.grid().size()];
    Arrays.fill(all, -1);
    for (int i = 0; i < pixel.length; i++) {
      all[pixel[i]] = label[i];
    }
    return all;
  }

  /// What steps that read the planes many times work on: the planes where they lie in memory, else
  /// a copy, to be closed by whoever asked for it.
  static Planes held(Planes planes, Workers workers, long memory) {
    if (planes.inMemory(0).isPresent()) {
      return unclosed(planes);
    }
    return HeldPlanes.of(
        planes.count(),
        planes.grid(),
        workers,
        memory,
        (e, into, worker) -> planes.read(e, 0, into.values().length, into.values(), 0));
  }

  private static Planes unclosed(Planes planes) {
    int[] all = new int[planes.count()];
    Arrays.setAll(all, e -> e);
    var same = planes.select(all);
    return new Planes() {
      @Override
      public int count() {
        return same.count();
      }

      @Override
      public argand.array.Grid grid() {
        return same.grid();
      }

      @Override
      public void read(int index, int first, int length, float[] into, int offset) {
        same.read(index, first, length, into, offset);
      }

      @Override
      public Optional<float[]> inMemory(int index) {
        return same.inMemory(index);
      }
    };
  }
}
