package argand.spectro;

import argand.array.FourierShift;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Shift;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;

/// A drifting, noisy stack of particles of two phases in a matrix, and the truth.
///
/// Nothing of it is shared with the fits: particles are drawn four times finer, blurred by a
/// microscope, averaged over the pixels where the drift has put them; spectra are read between
/// their
/// points by a cubic through four of them; quanta are counted behind a beam with fixed structure.
/// What the fit is given was moved back by the known drift in Fourier space, its variance with it.
final class XanesCase {
  private static final int FINE = 4;
  private static final int MARGIN = 8;

  final int n;
  final double[] energies;
  final List<Spectrum> spectra;

  /// Edge steps of both phases, and the optical density of the matrix at the first energy.
  final RealField[] amounts = new RealField[3];

  final RealField fraction;
  final RealField jump;
  final boolean[] border;
  private final float[][] fine = new float[3][];
  private final float[] label;
  private final double[][] drift;
  private final List<RealField> counts = new ArrayList<>();
  private final List<RealField> flats = new ArrayList<>();
  private final int flatFrames;

  /// @param size rows and columns
  /// @param quanta in a pixel of the empty beam
  /// @param thickness edge step of the thickest particle
  /// @param mostDrift [px], along rows and columns
  XanesCase(
      int size,
      List<Spectrum> spectra,
      double quanta,
      double thickness,
      double mostDrift,
      int flatFrames,
      long seed) {
    n = size;
    this.spectra = spectra;
    this.flatFrames = flatFrames;
    energies = NickelSpectra.energies();
    label = draw(thickness);
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    drift = walk(random, mostDrift);
    for (int k = 0; k < 3; k++) {
      amounts[k] = sampled(fine[k], 0, 0);
    }
    fraction = new RealField(amounts[0].grid());
    jump = new RealField(amounts[0].grid());
    for (int i = 0; i < n * n; i++) {
      jump.values()[i] = amounts[0].values()[i] + amounts[1].values()[i];
      fraction.values()[i] = amounts[1].values()[i] / Math.max(1e-9f, jump.values()[i]);
    }
    border = borders();
    expose(random, quanta);
  }

  /// Row, column and radius over the size, fraction in the middle, its change to the rim.
  private static final double[][] PARTICLES = {
    {70, 70, 38, .30, .25},
    {70, 140, 34, .62, -.2},
    {150, 60, 30, .5, .3},
    {150, 120, 36, .25, .35},
    {190, 190, 42, .45, .3},
    {110, 200, 28, .75, -.3},
    {215, 90, 24, .35, .2},
    {45, 215, 26, .55, .25},
    {225, 240, 14, .4, .1},
    {25, 30, 12, .6, .1}
  };

  private float[] draw(double thickness) {
    int all = (n + 2 * MARGIN) * FINE;
    float[] which = new float[all * all];
    for (int k = 0; k < 3; k++) {
      fine[k] = new float[all * all];
    }
    for (int r = 0; r < all; r++) {
      for (int c = 0; c < all; c++) {
        double y = ((r + 0.5) / FINE - MARGIN) * 256 / n;
        double x = ((c + 0.5) / FINE - MARGIN) * 256 / n;
        double most = 0;
        double part = 0;
        for (int p = 0; p < PARTICLES.length; p++) {
          double[] o = PARTICLES[p];
          double square = (y - o[0]) * (y - o[0]) + (x - o[1]) * (x - o[1]);
          double t = thickness * Math.sqrt(Math.max(0, o[2] * o[2] - square)) / 42;
          if (t > most) {
            most = t;
            which[r * all + c] = p + 1;
            part =
                o[3]
                    + 0.5 * o[4] * Math.pow(square / (o[2] * o[2]), 1.5)
                    + 0.05 * Math.sin(x / 9 + p) * Math.cos(y / 11)
                    + (p % 3 == 1 && 0.6 * (x - o[1]) + 0.8 * (y - o[0]) > 5 ? 0.18 : 0);
          }
        }
        part = Math.max(0.02, Math.min(0.98, part));
        fine[0][r * all + c] = (float) (most * (1 - part));
        fine[1][r * all + c] = (float) (most * part);
        fine[2][r * all + c] = (float) (0.25 + 0.1 * Math.sin(x / 60) * Math.cos(y / 47));
      }
    }
    for (int k = 0; k < 3; k++) {
      fine[k] = boxed(blurred(fine[k], all, 0.8 * FINE), all);
    }
    return which;
  }

  private static float[] blurred(float[] f, int n, double sigma) {
    int reach = (int) Math.ceil(4 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = Math.exp(-0.5 * i * i / sigma / sigma);
      sum += kernel[i + reach];
    }
    float[] once = new float[n * n];
    float[] twice = new float[n * n];
    for (int pass = 0; pass < 2; pass++) {
      float[] from = pass == 0 ? f : once;
      float[] to = pass == 0 ? once : twice;
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          double value = 0;
          for (int i = -reach; i <= reach; i++) {
            int rr = Math.max(0, Math.min(n - 1, pass == 0 ? r : r + i));
            int cc = Math.max(0, Math.min(n - 1, pass == 0 ? c + i : c));
            value += kernel[i + reach] * from[rr * n + cc];
          }
          to[r * n + c] = (float) (value / sum);
        }
      }
    }
    return twice;
  }

  /// f ← its means over squares of FINE × FINE, which begin at each point
  private static float[] boxed(float[] f, int all) {
    float[] mean = new float[all * all];
    for (int r = 0; r + FINE < all; r++) {
      for (int c = 0; c + FINE < all; c++) {
        float sum = 0;
        for (int a = 0; a < FINE; a++) {
          for (int b = 0; b < FINE; b++) {
            sum += f[(r + a) * all + c + b];
          }
        }
        mean[r * all + c] = sum / (FINE * FINE);
      }
    }
    return mean;
  }

  /// Means over the pixels of a detector that the sample moved across by (dy, dx) pixels.
  private RealField sampled(float[] f, double dy, double dx) {
    int all = (n + 2 * MARGIN) * FINE;
    var image = new RealField(new Grid(n, n, 30e-9, 30e-9));
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double y = (r + MARGIN - dy) * FINE;
        double x = (c + MARGIN - dx) * FINE;
        int i = (int) Math.floor(y);
        int j = (int) Math.floor(x);
        double u = y - i;
        double v = x - j;
        int at = i * all + j;
        image.set(
            r,
            c,
            (float)
                ((1 - u) * ((1 - v) * f[at] + v * f[at + 1])
                    + u * ((1 - v) * f[at + all] + v * f[at + all + 1])));
      }
    }
    return image;
  }

  private double[][] walk(UniformRandomProvider random, double most) {
    double[][] walk = new double[energies.length][2];
    double worst = 1e-9;
    for (int e = 1; e < walk.length; e++) {
      for (int axis = 0; axis < 2; axis++) {
        walk[e][axis] = walk[e - 1][axis] + random.nextDouble() - 0.5;
        worst = Math.max(worst, Math.abs(walk[e][axis]));
      }
    }
    for (double[] step : walk) {
      step[0] *= most / worst;
      step[1] *= most / worst;
    }
    return walk;
  }

  /// A cubic through the two points on either side.
  static double value(Spectrum s, double energy) {
    double[] x = s.energyEv();
    int i = 1;
    while (i + 3 < x.length && x[i + 1] < energy) {
      i++;
    }
    double sum = 0;
    for (int a = i - 1; a <= i + 2; a++) {
      double term = s.values()[a];
      for (int b = i - 1; b <= i + 2; b++) {
        term *= a == b ? 1 : (energy - x[b]) / (x[a] - x[b]);
      }
      sum += term;
    }
    return sum;
  }

  private void expose(UniformRandomProvider random, double quanta) {
    float[] structure = new float[n * n];
    for (int i = 0; i < structure.length; i++) {
      structure[i] = (float) (2 * random.nextDouble() - 1);
    }
    structure = blurred(structure, n, 2);
    double square = 0;
    for (float s : structure) {
      square += s * s;
    }
    double scale = 0.05 / Math.sqrt(square / structure.length);
    for (int e = 0; e < energies.length; e++) {
      double first = value(spectra.get(0), energies[e]);
      double second = value(spectra.get(1), energies[e]);
      double third = Math.pow(energies[e] / energies[0], -3);
      var a = sampled(fine[0], drift[e][0], drift[e][1]);
      var b = sampled(fine[1], drift[e][0], drift[e][1]);
      var m = sampled(fine[2], drift[e][0], drift[e][1]);
      var seen = new RealField(a.grid());
      var empty = new RealField(a.grid());
      for (int i = 0; i < n * n; i++) {
        double od = first * a.values()[i] + second * b.values()[i] + third * m.values()[i];
        double beam = quanta * (1 + scale * structure[i]);
        seen.values()[i] = PoissonSampler.of(random, beam * Math.exp(-od)).sample();
        empty.values()[i] =
            PoissonSampler.of(random, beam * flatFrames).sample() / (float) flatFrames;
      }
      counts.add(seen);
      flats.add(empty);
    }
  }

  /// Matter with an edge step > 0.15 within 2 px of less matter or of another particle.
  private boolean[] borders() {
    int all = (n + 2 * MARGIN) * FINE;
    float[] own = new float[n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        boolean matter = jump.at(r, c) > 0.15;
        own[r * n + c] =
            matter
                ? label[((r + MARGIN) * FINE + FINE / 2) * all + (c + MARGIN) * FINE + FINE / 2]
                : 0;
      }
    }
    boolean[] near = new boolean[n * n];
    for (int r = 2; r < n - 2; r++) {
      for (int c = 2; c < n - 2; c++) {
        for (int i = -2; i <= 2; i++) {
          for (int j = -2; j <= 2; j++) {
            boolean within = i * i + j * j <= 4;
            near[r * n + c] |= within && own[(r + i) * n + c + j] != own[r * n + c];
          }
        }
      }
    }
    return near;
  }

  /// True where the edge step is above 0.15 and the rim that drifts out of the picture is far.
  boolean counts(int pixel) {
    int r = pixel / n;
    int c = pixel % n;
    return jump.values()[pixel] > 0.15 && Math.min(Math.min(r, c), n - 1 - Math.max(r, c)) >= 4;
  }

  /// Counts as they were seen, drift and all.
  EnergyStack counts() {
    return new EnergyStack(
        energies,
        Planes.of(counts),
        Optional.empty(),
        Quantity.COUNTS,
        Optional.of(new EmptyBeam(Planes.of(flats), Optional.empty(), flatFrames, 1)),
        Mask.all(jump.grid()),
        0,
        references(),
        Source.NONE);
  }

  private Findings references() {
    var findings = Findings.NONE;
    for (var s : spectra) {
      findings = findings.with(s);
    }
    return findings;
  }

  /// Optical densities, moved back.
  EnergyStack densities() {
    var stack = OpticalDensity.defaults().apply(counts(), Watch.SILENT);
    var images = new ArrayList<RealField>();
    var variances = new ArrayList<RealField>();
    var back = new FourierShift(n, n);
    for (int e = 0; e < energies.length; e++) {
      var image = stack.images().plane(e);
      var variance = stack.variance().orElseThrow().plane(e);
      boolean moved = drift[e][0] != 0 || drift[e][1] != 0;
      images.add(moved ? back.moved(image, -drift[e][0], -drift[e][1]) : image);
      variances.add(
          new RealField(
              variance.grid(),
              Shift.rolled(
                  variance.values(),
                  n,
                  n,
                  (int) -Math.round(drift[e][0]),
                  (int) -Math.round(drift[e][1]))));
    }
    return stack.withImages(
        Planes.of(images), Optional.of(Planes.of(variances)), Quantity.OPTICAL_DENSITY);
  }
}
