package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.kernel.ModeModulus;
import argand.array.kernel.Window;
import argand.data.Reconstruction;
import argand.judge.Spread;
import java.util.Optional;

/// The far field in light of a band, for who judges results.
final class BandSpread implements Spread {
  private final WavelengthBand band;
  private final int rows;
  private final int columns;
  private final Fft2 fft;
  private final ComplexField part;
  private final float[] room;

  private BandSpread(Grid frame, double bandwidth) {
    band = new WavelengthBand(frame, bandwidth);
    rows = frame.rows();
    columns = frame.columns();
    fft = new Fft2(rows, columns);
    part = new ComplexField(frame);
    room = band.room();
  }

  /// In light of this bandwidth; nothing where it has one wavelength.
  static Optional<Spread> of(Reconstruction result, double bandwidth) {
    return bandwidth == 0
        ? Optional.empty()
        : Optional.of(new BandSpread(result.geometry().sample(), bandwidth));
  }

  @Override
  public void add(ComplexField wave, RealField into) {
    var window = Window.of(wave);
    ModeModulus.scale(window, band.even(), rows, columns);
    fft.transform(wave);
    float share = 1f / (rows * columns);
    for (int k = 0; k < band.count(); k++) {
      band.scaled(window, k, part, room);
      for (int r = 0; r < rows; r++) {
        int to = (r + rows / 2) % rows * columns;
        for (int c = 0; c < columns; c++) {
          int i = r * part.pitch() + c;
          float a = part.re()[i];
          float b = part.im()[i];
          into.values()[to + (c + columns / 2) % columns] += share * (a * a + b * b);
        }
      }
    }
  }
}
