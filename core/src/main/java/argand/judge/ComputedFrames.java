package argand.judge;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.FourierShift;
import argand.array.RealField;
import argand.array.kernel.Multiply;
import argand.array.kernel.Window;
import argand.data.Reconstruction;
import argand.physics.AngularSpectrum;
import argand.physics.Geometry.Regime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The mean counts that a reconstruction expects in each detector pixel of a view: Σ_m |u_m|² with
/// the wave u_m of its probe mode behind its object. One instance for each thread.
final class ComputedFrames {
  private final Reconstruction result;
  private final List<ComplexField> modes;
  private final ComplexField wave;
  private final Fft2 fft;
  private final FourierShift shift;
  private final @Nullable ComplexField transfer;
  private final Optional<Spread> spread;

  /// @param spread how light spreads over the detector, where not by a Fourier transform
  ComputedFrames(Reconstruction result, Optional<Spread> spread) {
    this.result = result;
    this.spread = spread;
    modes = result.probe().modes();
    var grid = result.geometry().sample();
    wave = new ComplexField(grid);
    fft = new Fft2(grid.rows(), grid.columns());
    shift = new FourierShift(grid.rows(), grid.columns());
    transfer =
        result.geometry().regime() == Regime.NEAR_FIELD
            ? AngularSpectrum.transfer(
                    grid,
                    result.geometry().beam().wavelength(),
                    result.geometry().effectiveDistance())
                .scale(1.0 / grid.size())
            : null;
  }

  /// into ← mean counts of view j, zero frequency at (rows/2, columns/2) in the far field.
  void compute(int j, RealField into) {
    var grid = wave.grid();
    double y = (result.positions().y()[j] - result.origin().y()) / grid.pixelY();
    double x = (result.positions().x()[j] - result.origin().x()) / grid.pixelX();
    int row = within((int) Math.round(y), result.object().grid().rows() - grid.rows());
    int column = within((int) Math.round(x), result.object().grid().columns() - grid.columns());
    java.util.Arrays.fill(into.values(), 0);
    for (var mode : modes) {
      wave.set(mode);
      shift.move(wave, y - row, x - column);
      pass(row, column);
      if (spread.isPresent()) {
        spread.get().add(wave, into);
        continue;
      }
      if (transfer == null) {
        fft.forward(wave);
      } else {
        fft.transform(wave);
        Multiply.by(Window.of(wave), Window.of(transfer), false, grid.rows(), grid.columns());
        fft.transformBack(wave);
        shift.move(wave, row - y, column - x);
      }
      add(into);
    }
  }

  private static int within(int value, int most) {
    return Math.clamp(value, 0, Math.max(0, most));
  }

  private void pass(int row, int column) {
    var object = result.object();
    var grid = wave.grid();
    for (int r = 0; r < grid.rows(); r++) {
      int i = r * wave.pitch();
      int k = (row + r) * object.pitch() + column;
      for (int c = 0; c < grid.columns(); c++, i++, k++) {
        float a = wave.re()[i];
        float b = wave.im()[i];
        wave.re()[i] = a * object.re()[k] - b * object.im()[k];
        wave.im()[i] = a * object.im()[k] + b * object.re()[k];
      }
    }
  }

  private void add(RealField into) {
    var grid = wave.grid();
    for (int r = 0, k = 0; r < grid.rows(); r++) {
      for (int c = 0, i = r * wave.pitch(); c < grid.columns(); c++, i++, k++) {
        into.values()[k] += wave.re()[i] * wave.re()[i] + wave.im()[i] * wave.im()[i];
      }
    }
  }
}
