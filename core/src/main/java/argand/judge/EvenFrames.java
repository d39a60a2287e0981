package argand.judge;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Optional;

/// Frames as they would be if the beam had kept its intensity: each divided by its flux to a power,
/// 1 for counts and 2 for variances.
record EvenFrames(Frames frames, double[] flux, int power) implements Frames {
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
    frames.read(index, into);
    float factor = (float) Math.pow(flux[index], -power);
    for (int i = 0; i < into.values().length; i++) {
      into.values()[i] *= factor;
    }
  }

  @Override
  public Optional<Frames> variance() {
    return frames.variance().map(variance -> new EvenFrames(variance, flux, 2));
  }

  @Override
  public Optional<RealField> background() {
    return frames.background();
  }
}
