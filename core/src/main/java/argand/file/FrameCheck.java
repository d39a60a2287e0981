package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Frames;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Brings the chosen frames into memory where they fit, and sees to it that every good pixel is a
/// count.
///
/// @param file for the sentences
/// @param path of the frames
/// @param mask good pixels, in our order; what other pixels hold does not matter
record FrameCheck(
    Path file, String path, Optional<Mask> mask, Read.Faulty faulty, Read.Empty empty) {
  /// Frames in memory take no more than this share of what a step may use: their amplitudes want
  /// the
  /// same again.
  private static final int SHARE = 3;

  /// @param kept the indices of `frames` in the file
  /// @param meanSum mean over frames of the sum of their good pixels
  /// @param inMemory whether the file is no longer needed
  record Checked(
      Frames frames,
      Optional<Mask> mask,
      int[] kept,
      double meanSum,
      boolean inMemory,
      List<String> notes) {}

  /// What is wrong with one frame.
  private record Fault(int nan, int negative, int pixel, float value, double sum, boolean clean) {
    boolean faulty() {
      return nan + negative > 0;
    }
  }

  Checked check(FrameSource stored, int[] chosen, Watch watch) {
    Grid grid = stored.grid();
    long bytes = 4L * grid.size() * chosen.length;
    boolean inMemory = bytes <= watch.memoryBytes() / SHARE;
    boolean pass = inMemory || faulty == Read.Faulty.MASK || empty == Read.Empty.DROP;
    if (!pass) {
      var lazy = new Lazy(stored, this).select(chosen);
      int[] some =
          IntStream.range(0, Math.min(16, chosen.length))
              .map(k -> k * (chosen.length / Math.min(16, chosen.length)))
              .toArray();
      var field = new RealField(grid);
      double sum = 0;
      for (int k : some) {
        lazy.read(k, field);
        sum += sumGood(field, mask);
      }
      return new Checked(lazy, mask, chosen, sum / some.length, false, List.of());
    }
    RealField[] fields = new RealField[inMemory ? chosen.length : 0];
    Fault[] faults = new Fault[chosen.length];
    boolean[] everBad = new boolean[faulty == Read.Faulty.MASK ? grid.size() : 0];
    load(stored, chosen, watch.workers(), fields, faults, everBad);
    return settle(stored, chosen, fields, faults, everBad);
  }

  private void load(
      FrameSource stored,
      int[] chosen,
      Workers workers,
      RealField[] fields,
      Fault[] faults,
      boolean[] everBad) {
    int depth = stored.together();
    int blocks = stored.count() / depth + 1;
    workers.forEach(
        blocks,
        (block, worker) -> {
          int from = insertion(chosen, block * depth);
          int to = insertion(chosen, (block + 1) * depth);
          for (int k = from; k < to; k++) {
            var field = new RealField(stored.grid());
            stored.read(chosen[k], field);
            faults[k] = repair(field, everBad);
            if (fields.length > 0) {
              fields[k] = field;
            }
          }
        });
  }

  private static int insertion(int[] chosen, int index) {
    int at = Arrays.binarySearch(chosen, index);
    return at < 0 ? -at - 1 : at;
  }

  private Checked settle(
      FrameSource stored, int[] chosen, RealField[] fields, Fault[] faults, boolean[] everBad) {
    var notes = new ArrayList<String>();
    Grid grid = stored.grid();
    int[] bad = where(faults, Fault::faulty);
    if (bad.length > 0) {
      if (faulty == Read.Faulty.REFUSE) {
        throw fault(chosen, faults, bad, grid);
      }
      notes.add(
          number(faults)
              + " pixels in "
              + bad.length
              + " frames were NaN or negative: "
              + (faulty == Read.Faulty.ZERO ? "set to zero" : "those pixels are masked"));
    }
    int[] blank = where(faults, fault -> fault.sum == 0);
    if (blank.length == chosen.length) {
      throw new InvalidInput(
              path,
              "zero in every good pixel of every frame",
              "counts",
              "the shutter was closed, or this is not the dataset of the frames")
          .at(file.toString());
    }
    if (blank.length > 0 && empty == Read.Empty.REFUSE) {
      throw empty(chosen, blank);
    }
    int[] full = where(faults, fault -> fault.sum != 0);
    if (blank.length > 0) {
      notes.add(blank.length + " of " + chosen.length + " frames hold no counts and are left out");
    }
    int[] kept = Arrays.stream(full).map(k -> chosen[k]).toArray();
    double mean = Arrays.stream(full).mapToDouble(k -> faults[k].sum).sum() / full.length;
    Optional<Mask> used = mask;
    if (faulty == Read.Faulty.MASK && bad.length > 0) {
      boolean[] good = new boolean[everBad.length];
      for (int i = 0; i < good.length; i++) {
        good[i] = !everBad[i];
      }
      var seen = new Mask(grid, good);
      used = Optional.of(mask.map(m -> m.and(seen)).orElse(seen));
    }
    Frames frames =
        fields.length > 0
            ? Frames.of(Arrays.stream(full).mapToObj(k -> fields[k]).toList())
            : new Lazy(stored, new FrameCheck(file, path, used, Read.Faulty.ZERO, empty))
                .select(kept);
    return new Checked(frames, used, kept, mean, fields.length > 0, notes);
  }

  private interface If {
    boolean is(Fault fault);
  }

  private static int[] where(Fault[] faults, If condition) {
    return IntStream.range(0, faults.length).filter(k -> condition.is(faults[k])).toArray();
  }

  private static int number(Fault[] faults) {
    return Arrays.stream(faults).mapToInt(fault -> fault.nan + fault.negative).sum();
  }

  private InvalidInput fault(int[] chosen, Fault[] faults, int[] bad, Grid grid) {
    Fault first = faults[bad[0]];
    return new InvalidInput(
            place(chosen[bad[0]], first.pixel, grid),
            Float.isNaN(first.value) ? "NaN" : FileUnits.number(first.value),
            "a count",
            number(faults)
                + " such pixels in "
                + bad.length
                + " of "
                + chosen.length
                + " frames; give read: {faulty: mask} to leave those pixels out or {faulty: zero} to set them to zero")
        .at(file.toString());
  }

  private InvalidInput empty(int[] chosen, int[] blank) {
    String some =
        String.join(
            ", ", Arrays.stream(blank).limit(5).mapToObj(k -> String.valueOf(chosen[k])).toList());
    return new InvalidInput(
            "frame " + some + (blank.length > 5 ? " …" : "") + " of " + path,
            "zero in every good pixel (" + blank.length + " of " + chosen.length + " frames)",
            "counts",
            "give read: {empty: drop} to leave such frames out")
        .at(file.toString());
  }

  private String place(int frame, int pixel, Grid grid) {
    return "frame "
        + frame
        + ", row "
        + pixel / grid.columns()
        + ", column "
        + pixel % grid.columns()
        + " of "
        + path;
  }

  /// Sets to zero what is no count; says what was found among the good pixels.
  private Fault repair(RealField field, boolean[] everBad) {
    float[] values = field.values();
    boolean[] good = mask.map(Mask::good).orElse(null);
    int nan = 0;
    int negative = 0;
    int pixel = -1;
    float first = 0;
    double sum = 0;
    boolean clean = true;
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      boolean counts = good == null || good[i];
      if (value >= 0 && value < Float.POSITIVE_INFINITY) {
        sum += counts ? value : 0;
        continue;
      }
      values[i] = 0;
      clean = false;
      if (counts) {
        if (pixel < 0) {
          pixel = i;
          first = value;
        }
        if (value < 0) {
          negative++;
        } else {
          nan++;
        }
        if (everBad.length > 0) {
          everBad[i] = true; // every thread writes the same value
        }
      }
    }
    return new Fault(nan, negative, pixel, first, sum, clean);
  }

  private static double sumGood(RealField field, Optional<Mask> mask) {
    double sum = 0;
    for (int i = 0; i < field.values().length; i++) {
      if (mask.isEmpty() || mask.get().good()[i]) {
        sum += field.values()[i];
      }
    }
    return sum;
  }

  /// Frames too many for memory: each is checked when it is read.
  ///
  /// @param sound 1 for frames that were found to be counts altogether: once is enough
  private record Lazy(FrameSource stored, FrameCheck check, byte[] sound) implements Frames {
    Lazy(FrameSource stored, FrameCheck check) {
      this(stored, check, new byte[stored.count()]);
    }

    @Override
    public int count() {
      return stored.count();
    }

    @Override
    public Grid grid() {
      return stored.grid();
    }

    @Override
    public void read(int index, RealField into) {
      stored.read(index, into);
      if (sound[index] == 1) {
        return;
      }
      Fault fault = check.repair(into, new boolean[0]);
      int[] here = {index};
      if (fault.faulty() && check.faulty == Read.Faulty.REFUSE) {
        throw check.fault(here, new Fault[] {fault}, new int[] {0}, grid());
      }
      if (fault.sum == 0) {
        throw check.empty(here, new int[] {0});
      }
      sound[index] = (byte) (fault.clean ? 1 : 0); // every thread finds the same
    }
  }
}
