package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.kernel.ModeModulus;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// A far field in light of many wavelengths: each exit wave has one component at the detector for
/// each energy of the {@link WavelengthBand}, u_k = √w_k s_k Ψ(s_k x), whose intensities add up.
/// The
/// change that the measurement asks for, common to all components, goes back by the adjoint.
final class BroadBand implements Detector {
  private final Measurement measurement;
  private final Supplier<WavelengthBand> asFound;
  private final Fft2 fft;
  private final Grid grid;
  private final int rows;
  private final int columns;
  private final int pixels;
  private final float[] amplitude;
  private final float[] room;
  private final List<ComplexField> parts = new ArrayList<>();

  /// @param asFound the band as it stands, which may be found to be another on the way
  BroadBand(
      Amplitudes amplitudes,
      float[] flux,
      DetectorBackground background,
      boolean bounded,
      Supplier<WavelengthBand> asFound) {
    grid = amplitudes.grid();
    rows = grid.rows();
    columns = grid.columns();
    pixels = grid.size();
    this.asFound = asFound;
    measurement = new Measurement(amplitudes, flux, background, bounded, 1f / pixels);
    fft = new Fft2(rows, columns);
    amplitude = new float[pixels];
    room = asFound.get().room();
  }

  private Measurement.Pixels measured(int view) {
    float[] plane = measurement.plane(view).values();
    float factor = measurement.factor(view);
    for (int i = 0; i < pixels; i++) {
      amplitude[i] = factor * plane[i];
    }
    return new Measurement.Pixels(new RealWindow(amplitude, 0, columns), measurement.background());
  }

  /// The components of wave m, from m · energies on.
  private List<ComplexField> components(WavelengthBand band, Window[] waves) {
    int each = band.count();
    while (parts.size() < each * waves.length) {
      parts.add(new ComplexField(grid));
    }
    for (int m = 0; m < waves.length; m++) {
      ModeModulus.scale(waves[m], band.even(), rows, columns);
      fft.transform(waves[m]);
      for (int k = 0; k < each; k++) {
        band.scaled(waves[m], k, parts.get(m * each + k), room);
      }
    }
    return parts.subList(0, each * waves.length);
  }

  @Override
  public double change(Window[] waves, int view, Likelihood likelihood) {
    var band = asFound.get();
    var all = components(band, waves);
    double sum =
        measurement.change(Window.of(all), measured(view), rows, columns, view, likelihood);
    int each = band.count();
    for (int m = 0; m < waves.length; m++) {
      clear(waves[m]);
      for (int k = 0; k < each; k++) {
        band.addBack(all.get(m * each + k), k, waves[m], room);
      }
      fft.transformBack(waves[m]);
      ModeModulus.scale(waves[m], band.even(), rows, columns);
    }
    return sum * pixels;
  }

  private void clear(Window wave) {
    for (int r = 0; r < rows; r++) {
      int start = wave.offset() + r * wave.pitch();
      Arrays.fill(wave.re(), start, start + columns, 0);
      Arrays.fill(wave.im(), start, start + columns, 0);
    }
  }

  @Override
  public double error(Window[] waves, int view) {
    var all = Window.of(components(asFound.get(), waves));
    return pixels * measurement.error(all, measured(view), rows, columns, view);
  }

  @Override
  public double counts(List<ComplexField> modes, int view) {
    var all = Window.of(components(asFound.get(), Window.of(modes)));
    return pixels * measurement.computed(all, measured(view), rows, columns);
  }

  @Override
  public void slopes(Window[] line, int view, Likelihood likelihood, double[] at, double[] sums) {
    var band = asFound.get();
    var all = components(band, line);
    int each = band.count();
    List<ComplexField> ordered = new ArrayList<>(); // a, b and c of each component
    for (int m = 0; m < line.length; m += 3) {
      for (int k = 0; k < each; k++) {
        for (int part = 0; part < 3; part++) {
          ordered.add(all.get((m + part) * each + k));
        }
      }
    }
    measurement.slopes(
        Window.of(ordered), measured(view), rows, columns, view, likelihood, at, sums);
  }

  @Override
  public double backgroundCounts(int view) {
    return measurement.backgroundCounts(view);
  }

  @Override
  public void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    measurement.background(
        Window.of(components(asFound.get(), Window.of(modes))), view, slopes, weights);
  }

  @Override
  public void gather(
      List<ComplexField> modes,
      List<List<ComplexField>> slopes,
      int view,
      NormalEquations... into) {
    List<ComplexField> waves = new ArrayList<>(modes);
    slopes.forEach(waves::addAll);
    var band = asFound.get();
    var all = components(band, Window.of(waves));
    int each = band.count() * modes.size();
    List<List<ComplexField>> along = new ArrayList<>();
    for (int k = 1; k <= slopes.size(); k++) {
      along.add(all.subList(k * each, (k + 1) * each));
    }
    measurement.gather(all.subList(0, each), along, view, into);
  }
}
