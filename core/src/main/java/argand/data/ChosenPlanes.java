package argand.data;

import argand.array.Grid;
import java.util.Optional;

/// Planes of others, in an order of their own.
///
/// @param chosen which of `whole` each is
/// @param closing what is done to close them
record ChosenPlanes(Planes whole, int[] chosen, Runnable closing) implements Planes {
  @Override
  public int count() {
    return chosen.length;
  }

  @Override
  public Grid grid() {
    return whole.grid();
  }

  @Override
  public void read(int index, int first, int length, float[] into, int offset) {
    whole.read(chosen[index], first, length, into, offset);
  }

  @Override
  public Optional<float[]> inMemory(int index) {
    return whole.inMemory(chosen[index]);
  }

  @Override
  public long memoryBytes() {
    return whole.memoryBytes();
  }

  @Override
  public void close() {
    closing.run();
  }
}
