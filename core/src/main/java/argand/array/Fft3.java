package argand.array;

import argand.array.kernel.VolumeFft;

/// Three-dimensional discrete Fourier transform of a complex volume, in place. One instance for
/// each caller: it owns buffers.
///
/// The conventions are those of {@link Fft2}: `forward` and `inverse` are unitary with zero at
/// (planes/2, rows/2, columns/2) in both spaces; `transform` and `transformBack` are the bare sums,
/// zero at (0, 0, 0), unscaled: transformBack(transform(v)) = planes · rows · columns · v. The bits
/// do not depend on the number of workers.
public final class Fft3 {
  private final int planes;
  private final int rows;
  private final int columns;
  private final Workers workers;
  private final VolumeFft[] volumes;

  /// On the calling thread alone.
  public Fft3(int planes, int rows, int columns) {
    this(planes, rows, columns, Workers.ONE);
  }

  /// @param workers share planes and strips of each transform among them
  public Fft3(int planes, int rows, int columns, Workers workers) {
    Check.atLeast("planes", planes, 1);
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    this.planes = planes;
    this.rows = rows;
    this.columns = columns;
    this.workers = workers;
    this.volumes = new VolumeFft[workers.threads()];
    for (int worker = 0; worker < volumes.length; worker++) {
      volumes[worker] = new VolumeFft(planes, rows, columns);
    }
  }

  /// v ← F v, unitary, centred.
  public void forward(ComplexVolume v) {
    check(v);
    roll(v, -(planes / 2), -(rows / 2), -(columns / 2));
    transform(v);
    roll(v, planes / 2, rows / 2, columns / 2);
    v.scale(1 / Math.sqrt((double) planes * rows * columns));
  }

  /// v ← F⁻¹ v, unitary, centred.
  public void inverse(ComplexVolume v) {
    check(v);
    roll(v, -(planes / 2), -(rows / 2), -(columns / 2));
    transformBack(v);
    roll(v, planes / 2, rows / 2, columns / 2);
    v.scale(1 / Math.sqrt((double) planes * rows * columns));
  }

  /// v ← Σ v exp(−2πi…), zero at (0, 0, 0), unscaled.
  public void transform(ComplexVolume v) {
    check(v);
    run(v.re(), v.im(), v);
  }

  /// v ← Σ v exp(+2πi…), zero at (0, 0, 0), unscaled.
  public void transformBack(ComplexVolume v) {
    check(v);
    run(v.im(), v.re(), v);
  }

  private void run(float[] re, float[] im, ComplexVolume shape) {
    workers.forEach(
        planes,
        (plane, worker) ->
            volumes[worker].plane(re, im, plane * shape.planePitch(), shape.pitch()));
    workers.forEach(
        rows,
        (row, worker) -> volumes[worker].across(re, im, row * shape.pitch(), shape.planePitch()));
  }

  private void check(ComplexVolume v) {
    Check.same("planes of the volume", v.planes(), planes);
    Check.same("rows of the volume", v.rows(), rows);
    Check.same("columns of the volume", v.columns(), columns);
  }

  private static void roll(ComplexVolume v, int back, int down, int right) {
    roll(v, v.re(), back, down, right);
    roll(v, v.im(), back, down, right);
  }

  private static void roll(ComplexVolume v, float[] values, int back, int down, int right) {
    float[] old = values.clone();
    int shift = Math.floorMod(right, v.columns());
    for (int p = 0; p < v.planes(); p++) {
      int toPlane = Math.floorMod(p + back, v.planes());
      for (int r = 0; r < v.rows(); r++) {
        int from = v.at(p, r, 0);
        int to = v.at(toPlane, Math.floorMod(r + down, v.rows()), 0);
        System.arraycopy(old, from, values, to + shift, v.columns() - shift);
        System.arraycopy(old, from + v.columns() - shift, values, to, shift);
      }
    }
  }
}
