package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import java.util.ArrayList;
import java.util.List;

/// Structures that a stack of slices cannot tell apart, of low frequency k_⊥ across the beam and
/// any
/// k_z along it, are shared by all slices: the spectrum of the stack times
/// 1 − (2/π) atan(γ² k_z² / k_⊥²).
final class MissingCone {
  private MissingCone() {}

  static void fill(ModelParts parts, ComplexField object, double gamma) {
    if (gamma == 0) {
      return;
    }
    int depth = parts.model().depth();
    List<ComplexField> stack = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      stack.add(parts.slice(object, l));
    }
    var grid = object.grid();
    var fft = new Fft2(grid.rows(), grid.columns());
    stack.forEach(fft::transform);
    double length = 0;
    for (float distance : parts.distances()) {
      length += distance;
    }
    double alongStep = (depth - 1) / (length * depth);
    double[] re = new double[depth];
    double[] im = new double[depth];
    for (int r = 0; r < grid.rows(); r++) {
      double ky = signed(r, grid.rows()) * grid.frequencyY();
      for (int c = 0; c < grid.columns(); c++) {
        double kx = signed(c, grid.columns()) * grid.frequencyX();
        int i = r * object.pitch() + c;
        weigh(stack, i, ky * ky + kx * kx, gamma * alongStep, re, im);
        for (int l = 0; l < depth; l++) {
          stack.get(l).re()[i] = (float) (re[l] / grid.size());
          stack.get(l).im()[i] = (float) (im[l] / grid.size());
        }
      }
    }
    stack.forEach(fft::transformBack);
  }

  /// re, im ← the column of the stack at i, its frequencies along the beam weighed
  private static void weigh(
      List<ComplexField> stack, int i, double across, double along, double[] re, double[] im) {
    int depth = re.length;
    java.util.Arrays.fill(re, 0);
    java.util.Arrays.fill(im, 0);
    for (int n = 0; n < depth; n++) {
      double kz = along * signed(n, depth);
      double weight = n == 0 ? 1 : 1 - 2 / Math.PI * Math.atan2(kz * kz, across);
      double x = 0;
      double y = 0;
      for (int l = 0; l < depth; l++) {
        double cos = Math.cos(2 * Math.PI * n * l / depth);
        double sin = -Math.sin(2 * Math.PI * n * l / depth);
        x += cos * stack.get(l).re()[i] - sin * stack.get(l).im()[i];
        y += cos * stack.get(l).im()[i] + sin * stack.get(l).re()[i];
      }
      for (int l = 0; l < depth; l++) {
        double cos = Math.cos(2 * Math.PI * n * l / depth);
        double sin = Math.sin(2 * Math.PI * n * l / depth);
        re[l] += weight * (cos * x - sin * y) / depth;
        im[l] += weight * (cos * y + sin * x) / depth;
      }
    }
  }

  private static int signed(int k, int n) {
    return k < (n + 1) / 2 ? k : k - n;
  }
}
