package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// The normal equations of the two steps that fit a change χ of an exit wave best by changes of
/// object and probe: a = ΔO P, b = ΔP O.
public final class StepSums {
  private StepSums() {}

  /// sums ← sums + (Σ|a|², Re Σ a* b, Σ|b|², Re Σ a* χ, Re Σ b* χ), always summed in the same order
  public static void add(
      Window probe,
      Window object,
      Window ofProbe,
      Window ofObject,
      Window change,
      int rows,
      int columns,
      double[] sums) {
    float[] lanes = new float[Simd.AVAILABLE ? Vector.width() : 0];
    int bound = Simd.AVAILABLE ? columns - columns % lanes.length : 0;
    for (int r = 0; r < rows; r++) {
      if (bound > 0) {
        Vector.row(
            probe.moved(r, 0),
            object.moved(r, 0),
            ofProbe.moved(r, 0),
            ofObject.moved(r, 0),
            change.moved(r, 0),
            bound,
            lanes,
            sums);
      }
      Plain.row(
          probe.moved(r, bound),
          object.moved(r, bound),
          ofProbe.moved(r, bound),
          ofObject.moved(r, bound),
          change.moved(r, bound),
          columns - bound,
          sums);
    }
  }

  static final class Plain {
    private Plain() {}

    static void row(Window p, Window o, Window dp, Window dO, Window x, int n, double[] sums) {
      for (int c = 0; c < n; c++) {
        float pr = p.re()[p.offset() + c];
        float pi = p.im()[p.offset() + c];
        float or = o.re()[o.offset() + c];
        float oi = o.im()[o.offset() + c];
        float qr = dp.re()[dp.offset() + c];
        float qi = dp.im()[dp.offset() + c];
        float er = dO.re()[dO.offset() + c];
        float ei = dO.im()[dO.offset() + c];
        float xr = x.re()[x.offset() + c];
        float xi = x.im()[x.offset() + c];
        float ar = pr * er - pi * ei;
        float ai = pr * ei + pi * er;
        float br = qr * or - qi * oi;
        float bi = qr * oi + qi * or;
        sums[0] += ar * ar + ai * ai;
        sums[1] += ar * br + ai * bi;
        sums[2] += br * br + bi * bi;
        sums[3] += ar * xr + ai * xi;
        sums[4] += br * xr + bi * xi;
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static int width() {
      return WIDTH;
    }

    static void row(
        Window p, Window o, Window dp, Window dO, Window x, int n, float[] lanes, double[] sums) {
      var s0 = FloatVector.zero(FLOATS);
      var s1 = FloatVector.zero(FLOATS);
      var s2 = FloatVector.zero(FLOATS);
      var s3 = FloatVector.zero(FLOATS);
      var s4 = FloatVector.zero(FLOATS);
      for (int c = 0; c < n; c += WIDTH) {
        var pr = FloatVector.fromArray(FLOATS, p.re(), p.offset() + c);
        var pi = FloatVector.fromArray(FLOATS, p.im(), p.offset() + c);
        var or = FloatVector.fromArray(FLOATS, o.re(), o.offset() + c);
        var oi = FloatVector.fromArray(FLOATS, o.im(), o.offset() + c);
        var qr = FloatVector.fromArray(FLOATS, dp.re(), dp.offset() + c);
        var qi = FloatVector.fromArray(FLOATS, dp.im(), dp.offset() + c);
        var er = FloatVector.fromArray(FLOATS, dO.re(), dO.offset() + c);
        var ei = FloatVector.fromArray(FLOATS, dO.im(), dO.offset() + c);
        var xr = FloatVector.fromArray(FLOATS, x.re(), x.offset() + c);
        var xi = FloatVector.fromArray(FLOATS, x.im(), x.offset() + c);
        var ar = pr.fma(er, pi.mul(ei).neg());
        var ai = pr.fma(ei, pi.mul(er));
        var br = qr.fma(or, qi.mul(oi).neg());
        var bi = qr.fma(oi, qi.mul(or));
        s0 = ar.fma(ar, ai.fma(ai, s0));
        s1 = ar.fma(br, ai.fma(bi, s1));
        s2 = br.fma(br, bi.fma(bi, s2));
        s3 = ar.fma(xr, ai.fma(xi, s3));
        s4 = br.fma(xr, bi.fma(xi, s4));
      }
      sums[0] += sum(s0, lanes);
      sums[1] += sum(s1, lanes);
      sums[2] += sum(s2, lanes);
      sums[3] += sum(s3, lanes);
      sums[4] += sum(s4, lanes);
    }

    /// Not reduceLanes: the order of its additions is left open, and with it the last bits.
    private static double sum(FloatVector vector, float[] lanes) {
      vector.intoArray(lanes, 0);
      double sum = 0;
      for (float lane : lanes) {
        sum += lane;
      }
      return sum;
    }
  }
}
