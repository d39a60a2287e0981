package argand.spectro;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A battery particle as in figures 3, 4 and 6 of Ge & Lee, J. Synchrotron Rad. 27, 567 (2020):
/// Ni³⁺
/// and Ni⁴⁺ in three regions (Ni⁴⁺ share 0.47, 0.58, 0.68, rising outwards), two small particles
/// without nickel, and a stripe where the images do not fit each other. Counts have shot noise.
///
/// It has its own plain edge normalization and its own fit, which know nothing of the package's.
public final class NcaParticle {
  public static final double[] SHARES = {0.47, 0.58, 0.68};

  public final int n;
  public final Grid grid;
  public final double[] energyEv;
  public final double[][] reference = new double[2][];
  /// −1 outside of the particle, else 0 … 2.
  public final int[] region;
  public final double[] thickness;
  public final double[] share;
  /// True in the small particles and in the stripe.
  public final boolean[] defect;

  public NcaParticle(int n) {
    this.n = n;
    this.grid = Grid.square(n, n, 20e-6 / n);
    this.energyEv = energies();
    for (int j = 0; j < 2; j++) {
      reference[j] = new double[energyEv.length];
      for (int e = 0; e < energyEv.length; e++) {
        reference[j][e] = absorption(energyEv[e], j == 0 ? 8345.5 : 8347.5);
      }
    }
    region = new int[n * n];
    thickness = new double[n * n];
    share = new double[n * n];
    defect = new boolean[n * n];
    for (int i = 0; i < n * n; i++) {
      place(i);
    }
  }

  private void place(int i) {
    double y = (i / n + 0.5) / n - 0.5;
    double x = (double) (i % n + 0.5) / n - 0.5;
    double angle = Math.atan2(y, x);
    double radius = Math.hypot(x, y) / (0.36 * (1 + 0.08 * Math.cos(3 * angle + 0.5)));
    region[i] = radius >= 1 ? -1 : radius < 0.5 ? 0 : radius < 0.78 ? 1 : 2;
    // Voids and grains change the thickness more than the radius does.
    double grains = 0.7 + 0.3 * Math.sin(23 * x + 4) * Math.cos(19 * y + 1);
    thickness[i] = region[i] < 0 ? 0 : (0.95 + 0.3 * Math.sqrt(1 - radius * radius)) * grains;
    share[i] = region[i] < 0 ? 0 : SHARES[region[i]];
    boolean small = Math.hypot(x - 0.4, y + 0.38) < 0.035 || Math.hypot(x + 0.41, y - 0.36) < 0.045;
    boolean stripe = x > 0.405 && x < 0.435 && y > -0.2 && y < 0.4;
    defect[i] = small || stripe;
    thickness[i] = small ? 0.12 : stripe ? 0.7 : thickness[i];
  }

  private static double[] energies() {
    var all = new ArrayList<Double>();
    for (double e = 8230; e < 8325; e += 8) {
      all.add(e);
    }
    for (double e = 8325; e < 8372; e += 1) {
      all.add(e);
    }
    for (double e = 8380; e <= 8600; e += 18) {
      all.add(e);
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// Step, white line and one oscillation of an edge at `edge` eV.
  private static double absorption(double e, double edge) {
    double step = 0.5 + Math.atan((e - edge) / 1.6) / Math.PI;
    double line = Math.exp(-Math.pow((e - edge - 3.2) / 3.4, 2) / 2);
    double wave =
        e > edge ? 0.09 * Math.sin((e - edge) / 14 - 0.4) * Math.exp(-(e - edge) / 60) : 0;
    return step + 0.75 * line + wave;
  }

  /// Optical density of pixel `i` without noise.
  public double density(int e, int i) {
    double background = 0.45 * Math.pow(8333 / energyEv[e], 2.8);
    if (thickness[i] == 0) {
      return 0;
    }
    if (region[i] < 0 && defect[i]) {
      // No nickel; in the stripe there is, but the images do not agree with each other.
      boolean stripe = thickness[i] > 0.2;
      double jump = stripe ? 0.3 * Math.sin(1.9 * e) + absorption(energyEv[e], 8352) : 0.9;
      return thickness[i] * (background + jump);
    }
    double mixed = (1 - share[i]) * reference[0][e] + share[i] * reference[1][e];
    return thickness[i] * (background + mixed);
  }

  /// Optical density measured with `counts` photons a pixel and energy.
  public EnergyStack measured(double counts, long seed) {
    List<RealField> planes = new ArrayList<>();
    List<RealField> variance = new ArrayList<>();
    for (int e = 0; e < energyEv.length; e++) {
      var random = new SplittableRandom(seed + 7919L * e);
      var plane = new RealField(grid);
      var noise = new RealField(grid);
      for (int i = 0; i < n * n; i++) {
        double mean = counts * Math.exp(-density(e, i));
        double counted = Math.max(1, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        plane.values()[i] = (float) Math.log(counts / counted);
        noise.values()[i] = (float) (1 / counted);
      }
      planes.add(plane);
      variance.add(noise);
    }
    return EnergyStack.of(energyEv, Planes.of(planes), Quantity.OPTICAL_DENSITY, Source.NONE)
        .withImages(Planes.of(planes), Optional.of(Planes.of(variance)), Quantity.OPTICAL_DENSITY);
  }

  /// Less a line through the energies before the edge, over the step behind it; with the maps
  /// `thickness` (the step), `Ni3+`, `Ni4+` (shares of a least-squares fit) and `fitting error`.
  public EnergyStack fitted(EnergyStack density) {
    int energies = energyEv.length;
    var normal = new ArrayList<RealField>();
    for (int e = 0; e < energies; e++) {
      normal.add(new RealField(grid));
    }
    var thick = new RealField(grid);
    var three = new RealField(grid);
    var four = new RealField(grid);
    var error = new RealField(grid);
    double[] y = new double[energies];
    for (int i = 0; i < n * n; i++) {
      for (int e = 0; e < energies; e++) {
        y[e] = density.images().inMemory(e).orElseThrow()[i];
      }
      double[] pre = line(y, 0, 8320);
      double[] post = line(y, 8420, 9000);
      double step = post[0] + post[1] * 100 - pre[0] - pre[1] * 100;
      for (int e = 0; e < energies; e++) {
        double at = energyEv[e] - 8340;
        double from = pre[0] + pre[1] * at;
        y[e] = (y[e] - from) / (post[0] + post[1] * at - from);
        normal.get(e).values()[i] = (float) y[e];
      }
      thick.values()[i] = (float) step;
      double[] x = pair(y);
      three.values()[i] = (float) (x[0] / (x[0] + x[1]));
      four.values()[i] = (float) (x[1] / (x[0] + x[1]));
      error.values()[i] = (float) x[2];
    }
    return density
        .withImages(Planes.of(normal), Optional.empty(), Quantity.NORMALIZED)
        .with(FoundMap.of("thickness", "", thick))
        .with(FoundMap.of("Ni3+", "", three))
        .with(FoundMap.of("Ni4+", "", four))
        .with(FoundMap.of("fitting error", "", error));
  }

  /// Least squares of constant and slope about 8340 eV.
  private double[] line(double[] y, double from, double to) {
    double s = 0;
    double sx = 0;
    double sxx = 0;
    double sy = 0;
    double sxy = 0;
    for (int e = 0; e < y.length; e++) {
      if (energyEv[e] >= from && energyEv[e] <= to) {
        double x = energyEv[e] - 8340;
        s++;
        sx += x;
        sxx += x * x;
        sy += y[e];
        sxy += x * y[e];
      }
    }
    double slope = (s * sxy - sx * sy) / (s * sxx - sx * sx);
    return new double[] {(sy - slope * sx) / s, slope};
  }

  /// The share of Ni⁴⁺ in a normalized spectrum, by least squares.
  public double share(double[] normalized) {
    double[] x = pair(normalized);
    return x[1] / (x[0] + x[1]);
  }

  /// Both shares and the sum of squares that is left, over 8330 … 8372 eV.
  private double[] pair(double[] y) {
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double ay = 0;
    double by = 0;
    for (int e = 0; e < y.length; e++) {
      if (energyEv[e] > 8330 && energyEv[e] < 8372) {
        aa += reference[0][e] * reference[0][e];
        ab += reference[0][e] * reference[1][e];
        bb += reference[1][e] * reference[1][e];
        ay += reference[0][e] * y[e];
        by += reference[1][e] * y[e];
      }
    }
    double det = aa * bb - ab * ab;
    double a = (ay * bb - by * ab) / det;
    double b = (by * aa - ay * ab) / det;
    double left = 0;
    for (int e = 0; e < y.length; e++) {
      if (energyEv[e] > 8330 && energyEv[e] < 8372) {
        left += Math.pow(y[e] - a * reference[0][e] - b * reference[1][e], 2);
      }
    }
    return new double[] {a, b, left};
  }

  /// The particle without its surroundings and defects.
  public Mask particle() {
    boolean[] good = new boolean[n * n];
    for (int i = 0; i < good.length; i++) {
      good[i] = region[i] >= 0;
    }
    return new Mask(grid, good);
  }
}
