package argand.spectro;

import argand.array.RealField;
import argand.array.Workers;
import argand.data.PixelBlocks;
import argand.data.Planes;

/// The mean of all planes, in one reading; NaN where any is.
final class MeanImage {
  private MeanImage() {}

  static RealField of(Planes planes, Workers workers) {
    var mean = new RealField(planes.grid());
    PixelBlocks.forEach(
        planes,
        workers,
        (block, first, length, spectra, worker) -> {
          for (int e = 0; e < planes.count(); e++) {
            for (int i = 0; i < length; i++) {
              mean.values()[first + i] += spectra[e * PixelBlocks.SIZE + i] / planes.count();
            }
          }
        });
    return mean;
  }
}
