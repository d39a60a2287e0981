package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Multiply;
import argand.array.kernel.Multiply.Ramp;
import argand.array.kernel.Overlap;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.List;

/// The way of a view's waves through the sample for any {@link WaveModel}: the probe of the view in
/// each of its places, slice after slice, and back. Components are all modes in the first step, all
/// in the second, …; and all these again for each mode of the object, which callers give. One
/// instance for each thread.
final class ViewChain {
  private final PtychoModel model;
  private final ModelParts parts;
  private final List<ComplexField> spectra = new ArrayList<>();
  private final List<ComplexField> variations = new ArrayList<>();
  private final ComplexField scratch;
  private final Fft2 fft;
  private final Ramp y;
  private final Ramp x;
  private final int rows;
  private final int columns;
  private final int modes;

  ViewChain(PtychoModel model, int modes) {
    this.model = model;
    this.modes = modes;
    parts = model.parts();
    var grid = model.windows().frame();
    rows = grid.rows();
    columns = grid.columns();
    scratch = new ComplexField(grid);
    fft = new Fft2(rows, columns);
    y = Ramp.of(rows);
    x = Ramp.of(columns);
    for (int m = 0; m < modes; m++) {
      spectra.add(new ComplexField(grid));
    }
    for (int k = 0; k < parts.variations().size(); k++) {
      variations.add(new ComplexField(grid));
    }
  }

  /// Number of waves of a view that add up in intensity.
  int components() {
    return modes * parts.model().steps() * parts.model().states();
  }

  /// The mode of the object that component c sees.
  int state(int c) {
    return c / (modes * parts.model().steps());
  }

  int depth() {
    return parts.model().depth();
  }

  /// Takes the probe modes, and the ways in which the first of them changes, as they stand.
  void take(List<ComplexField> probes) {
    parts.followDistances(); // a resumed run has brought its own
    for (int m = 0; m < modes; m++) {
      spectra.get(m).set(probes.get(m));
      fft.transform(spectra.get(m));
    }
    for (int k = 0; k < variations.size(); k++) {
      variations.get(k).set(parts.variations().get(k));
      fft.transform(variations.get(k));
    }
  }

  /// into ← the probe of component c on view j
  void incident(int j, int c, ComplexField into) {
    int m = c % modes;
    into.set(spectra.get(m));
    for (int k = 0; k < variations.size() && m == 0; k++) {
      float weight = parts.weights(k)[j];
      var by = variations.get(k);
      for (int i = 0; i < into.re().length; i++) {
        into.re()[i] += weight * by.re()[i];
        into.im()[i] += weight * by.im()[i];
      }
    }
    move(into, j, c, 1);
    fft.transformBack(into);
  }

  /// asked[m] ← asked[m] + F S_jc† O_1* χ, divided by the number of pixels, so that bare transforms
  /// back of sums of such are sums of what was moved back
  ///
  /// @param change χ of component c behind the first slice
  void ask(ComplexField object, int j, int c, ComplexField change, List<ComplexField> asked) {
    scratch.set(change);
    timesConjugate(scratch, model.under(object, j));
    fft.transform(scratch);
    move(scratch, j, c, -1);
    var into = Window.of(asked.get(c % modes));
    Overlap.addAll(Window.of(scratch), into, rows, columns);
  }

  /// How much more of variation k view j asks for: Re⟨E_k O_j, χ⟩ / ‖E_k O_j‖²; the fraction of a
  /// pixel is left out of the norm.
  ///
  /// @param asked of the first mode, as `ask` left it
  double along(int k, int j, ComplexField object, ComplexField asked) {
    var spectrum = variations.get(k);
    var e = parts.variations().get(k);
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      for (int i = r * e.pitch(), end = i + columns; i < end; i++) {
        sum +=
            (double) spectrum.re()[i] * asked.re()[i] + (double) spectrum.im()[i] * asked.im()[i];
      }
    }
    double norm = 0;
    for (int n = 0; n < parts.model().states(); n++) {
      norm += power(e, model.under(parts.state(object, n), j));
    }
    return norm > 0 ? sum / norm : 0;
  }

  /// Σ |e o|²
  private double power(ComplexField e, Window o) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      int from = r * e.pitch();
      int under = o.offset() + r * o.pitch();
      for (int c = 0; c < columns; c++) {
        double x = o.re()[under + c];
        double y = o.im()[under + c];
        double a = e.re()[from + c];
        double b = e.im()[from + c];
        sum += (x * x + y * y) * (a * a + b * b);
      }
    }
    return sum;
  }

  /// To, or back from, the place of component c on view j; the steps of an exposure share its
  /// light, and with the 1/N of the bare transforms.
  private void move(ComplexField spectrum, int j, int c, int way) {
    int step = parts.step(c, components());
    double share = parts.share(step) / ((double) rows * columns);
    y.setMove(way * (model.windows().shiftY(j) + parts.down(step)), share);
    x.setMove(way * (model.windows().shiftX(j) + parts.right(step)), 1);
    var f = Window.of(spectrum);
    Multiply.byRamp(f, y, x, f, rows, columns);
  }

  /// From the probe in incident[0] on: what falls on each further slice, and the exit wave.
  void through(ComplexField object, int j, List<ComplexField> incident, ComplexField exit) {
    for (int l = 0; l < incident.size(); l++) {
      if (l > 0) {
        incident.get(l).set(exit);
      }
      ExitWave.product(
          Window.of(incident.get(l)),
          model.under(parts.slice(object, l), j),
          Window.of(exit),
          rows,
          columns,
          new float[2]);
      if (l + 1 < incident.size()) {
        parts.pass(exit, l, false, fft);
      }
    }
  }

  /// into ← how the exit wave changes with slices that change by these and a probe that changes by
  /// into; slices may be none.
  void tangent(
      ComplexField object,
      int j,
      List<ComplexField> incident,
      List<ComplexField> changes,
      ComplexField into) {
    for (int l = 0; l < incident.size(); l++) {
      Multiply.by(Window.of(into), model.under(parts.slice(object, l), j), false, rows, columns);
      if (!changes.isEmpty()) {
        var d = model.under(changes.get(l), j);
        var psi = Window.of(incident.get(l));
        ExitWave.relaxed(psi, d, Window.of(into), 1, Window.of(into), rows, columns);
      }
      if (l + 1 < incident.size()) {
        parts.pass(into, l, false, fft);
      }
    }
  }

  /// into ← how the exit wave changes with the distance from slice `gap` to the next
  void tangentOfGap(
      ComplexField object, int j, List<ComplexField> incident, int gap, ComplexField into) {
    into.set(incident.get(gap + 1));
    parts.alongBeam(into, fft);
    for (int l = gap + 1; l < incident.size(); l++) {
      Multiply.by(Window.of(into), model.under(parts.slice(object, l), j), false, rows, columns);
      if (l + 1 < incident.size()) {
        parts.pass(into, l, false, fft);
      }
    }
  }

  /// change[l] ← what the exit wave's change asks of the wave behind slice l; that of the last is
  /// given.
  void back(ComplexField object, int j, List<ComplexField> change) {
    for (int l = change.size() - 1; l > 0; l--) {
      var before = change.get(l - 1);
      before.set(change.get(l));
      timesConjugate(before, model.under(parts.slice(object, l), j));
      parts.pass(before, l - 1, true, fft);
    }
  }

  /// wave ← o* wave
  private void timesConjugate(ComplexField wave, Window o) {
    Multiply.by(Window.of(wave), o, true, rows, columns);
  }
}
