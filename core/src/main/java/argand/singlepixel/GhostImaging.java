package argand.singlepixel;

import argand.Paper;
import argand.array.RealField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Differential ghost imaging: each pixel by how its light and the signal vary together,
///
/// 1. g = Σ_i (y_i − (ȳ/R̄) R_i)(a_i − ā), R_i all light of pattern i;
/// 2. x = α g + β, α so that α (a_i − ā)·g explains the signal best, β so that its mean is right.
///
/// No inverse is taken, so every pixel carries the noise of all others: the signal-to-noise ratio
/// of
/// a pixel grows with √N only.
@Paper(
    value =
        "Ferri, Magatti, Lugiato & Gatti, Differential ghost imaging, Phys. Rev. Lett. 104, 253603"
            + " (2010)",
    doi = "10.1103/PhysRevLett.104.253603")
public record GhostImaging() implements PatternMethod {
  @Override
  public Maps solve(Problem p) {
    var a = p.operator();
    int n = a.count();
    int size = a.grid().size();
    float[] mean = a.mean();
    double[] light = new double[n];
    double meanLight = 0;
    for (int i = 0; i < n; i++) {
      for (float value : a.row(i)) {
        light[i] += value;
      }
      meanLight += light[i] / n;
    }
    var maps = new ArrayList<Map>();
    for (var signal : p.signals()) {
      double[] y = signal.values();
      double meanSignal = 0;
      for (double value : y) {
        meanSignal += value / n;
      }
      double[] g = new double[size];
      for (int i = 0; i < n; i++) {
        double differs = y[i] - meanSignal / meanLight * light[i];
        float[] row = a.row(i);
        for (int k = 0; k < size; k++) {
          g[k] += differs * (row[k] - mean[k]);
        }
      }
      maps.add(
          new Map(
              scaled(p, g, y, meanSignal, meanLight),
              Optional.empty(),
              "none: correlation",
              Double.NaN,
              Double.NaN));
    }
    return new Maps(maps, List.of());
  }

  /// Line 2.
  private static RealField scaled(
      Problem p, double[] g, double[] y, double meanSignal, double meanLight) {
    var a = p.operator();
    float[] image = new float[g.length];
    for (int k = 0; k < g.length; k++) {
      image[k] = (float) g[k];
    }
    double[] told = a.apply(image, p.workers());
    double meanTold = 0;
    for (double value : told) {
      meanTold += value / told.length;
    }
    double up = 0;
    double down = 0;
    for (int i = 0; i < told.length; i++) {
      up += (told[i] - meanTold) * (y[i] - meanSignal);
      down += (told[i] - meanTold) * (told[i] - meanTold);
    }
    double alpha = down > 0 ? up / down : 0;
    double beta = (meanSignal - alpha * meanTold) / meanLight;
    for (int k = 0; k < g.length; k++) {
      image[k] = (float) (alpha * g[k] + beta);
    }
    return new RealField(a.grid(), image);
  }
}
