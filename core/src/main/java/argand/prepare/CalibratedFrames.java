package argand.prepare;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Optional;

/// Quanta from what a camera wrote, made when a frame is read:
///
/// (1) I = (raw − dark) / (g f)                         g the gain, f the response of the pixel
/// (2) NaN where raw ≥ saturation, and `bloom` pixels around
/// (3) 0 where I < empty
/// (4) var I = I/f + σ²/(g f)² + (I ε)²      ε the relative error of f; I/f only above 3σ/(g f)
///
/// @param dark mean of each pixel
/// @param scale 1/(g f) of each pixel
/// @param response f of each pixel
/// @param noise variance of one raw value without light, with that of the dark level
/// @param error ε² of each pixel
record CalibratedFrames(
    Frames raw,
    float[] dark,
    float[] scale,
    float[] response,
    float[] noise,
    float[] error,
    double saturation,
    int bloom,
    double empty)
    implements Frames {
  @Override
  public int count() {
    return raw.count();
  }

  @Override
  public long memoryBytes() {
    return raw.memoryBytes();
  }

  @Override
  public Grid grid() {
    return raw.grid();
  }

  @Override
  public void read(int index, RealField into) {
    quanta(index, into);
    float[] values = into.values();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < empty) {
        values[i] = 0;
      }
    }
  }

  private void quanta(int index, RealField into) {
    raw.read(index, into);
    float[] values = into.values();
    boolean[] full = saturation < Double.POSITIVE_INFINITY ? full(values) : new boolean[0];
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - dark[i]) * scale[i];
    }
    for (int i = 0; i < full.length; i++) {
      if (full[i]) {
        values[i] = Float.NaN;
      }
    }
  }

  private boolean[] full(float[] values) {
    boolean[] full = new boolean[values.length];
    int columns = grid().columns();
    int rows = grid().rows();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < saturation) {
        continue;
      }
      int row = i / columns;
      int column = i % columns;
      for (int r = Math.max(0, row - bloom); r <= Math.min(rows - 1, row + bloom); r++) {
        for (int c = Math.max(0, column - bloom); c <= Math.min(columns - 1, column + bloom); c++) {
          full[r * columns + c] = true;
        }
      }
    }
    return full;
  }

  @Override
  public Optional<Frames> variance() {
    return Optional.of(new Variance(this));
  }

  @Override
  public void close() {
    raw.close();
  }

  private record Variance(CalibratedFrames frames) implements Frames {
    @Override
    public int count() {
      return frames.count();
    }

    @Override
    public Grid grid() {
      return frames.grid();
    }

    @Override
    public void read(int index, RealField into) {
      frames.quanta(index, into);
      float[] values = into.values();
      for (int i = 0; i < values.length; i++) {
        float quanta = values[i];
        float read = frames.noise[i] * frames.scale[i] * frames.scale[i];
        // what is no more than read noise has no shot noise of its own; NaN stays NaN
        boolean empty = quanta < 3 * Math.sqrt(read);
        float shot = empty ? 0 : quanta / frames.response[i];
        values[i] = shot + read + quanta * quanta * frames.error[i];
      }
    }
  }
}
