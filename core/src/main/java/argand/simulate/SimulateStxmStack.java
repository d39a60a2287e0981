package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.PlaneTransforms;
import argand.data.PlaneTransforms.Affine;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.SpectralSample;
import argand.physics.Beam;
import argand.physics.ZonePlate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// Scanning transmission X-ray microscopy of a sample at many energies: counts of a detector that
/// takes all light behind a focused spot, which stands on one pixel after the other. The twin of
/// `simulateEnergySeries` for the same sample.
///
/// (1) the spot is |P|² of the zone plate's wave on a fine grid, with its rings and what the
/// central
///     stop makes of them;
/// (2) a detector that takes all light adds intensities: I(r₀) = Σ_r |P(r − r₀)|² |T(r)|²;
/// (3) light of twice the energy by the second order of the monochromator, at the same spot, and
///     light that leaks past the sample, change it to (1 − h − l) I_E + h I_2E + l;
/// (4) counts are Poisson distributed about that, times the light of the image.
///
/// There is no empty beam beside the images: it is what their empty regions show.
public record SimulateStxmStack(
    @Param("the sample") SpectralSample sample,
    @Param(value = "photon energies, rising", unit = "eV") List<Double> energies,
    @Param(value = "pixels down", byDefault = "120") int rows,
    @Param(value = "pixels across", byDefault = "120") int columns,
    @Param(value = "step of the spot", unit = "m", byDefault = "20 nm") double pixel,
    @Param("the zone plate; its defocus is an error of the focus") ZonePlate optics,
    @Param(value = "counts of a pixel without sample", byDefault = "10000") double counts,
    @Param(value = "share of light of twice the energy", byDefault = "0") double secondOrder,
    @Param(value = "share of light that passes beside the sample", byDefault = "0") double leak,
    @Param(value = "how the image moves", byDefault = "{driftPx: 0, tremblePx: 0}")
        FieldMotion motion,
    @Param(value = "rms change of the light from image to image ÷ light", byDefault = "0")
        double fluctuation,
    @Param(value = "computed points for each step along each side", byDefault = "4") int refinement,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfStacks {
  private static final double LEAST_LIGHT = 0.1;

  public SimulateStxmStack {
    energies = SimulateEnergySeries.rising(energies);
    Check.within("rows", rows, 8, 8192, "");
    Check.within("columns", columns, 8, 8192, "");
    Check.within("pixel", pixel, 1e-10, 1e-3, "m");
    Check.within("counts", counts, 1, 1e12, "");
    Check.within("secondOrder", secondOrder, 0, 1, "");
    Check.within("leak", leak, 0, 1, "");
    if (secondOrder + leak >= 1) {
      throw new InvalidInput(
          "secondOrder and leak", secondOrder + leak, "less than 1 together", "");
    }
    Check.within("fluctuation", fluctuation, 0, 1, "");
    Check.within("refinement", refinement, 1, 16, "");
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "stxm";
  }

  @Override
  public MadeStack make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateStxmStack", 0));
    double[] energyEv = energies.stream().mapToDouble(Double::doubleValue).toArray();
    var random = new SplittableRandom(seed);
    var places = motion.places(energyEv, random.split());
    var light = random.split();
    var streams = new SplittableRandom[energyEv.length];
    double[] flux = new double[energyEv.length];
    for (int e = 0; e < flux.length; e++) {
      streams[e] = random.split();
      flux[e] = counts * Math.max(LEAST_LIGHT, 1 + fluctuation * light.nextGaussian());
    }
    var images = new RealField[energyEv.length];
    watch
        .workers()
        .forEach(
            images.length,
            (e, worker) ->
                images[e] = counted(transmission(energyEv[e], places[e]), flux[e], streams[e]));
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    var measured = EnergyStack.of(energyEv, Planes.of(List.of(images)), Quantity.COUNTS, source);
    var made = new MadeStack(measured, truth(places, source));
    watch.tell(new Progress.Finished("simulateStxmStack", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  private EnergyStack truth(FieldMotion.Place[] places, Source source) {
    List<Beam> beams = new ArrayList<>();
    energies.forEach(energyEv -> beams.add(new Beam.XRays(energyEv)));
    var truth = SpectralTruth.of(sample, Grid.square(rows, columns, pixel), beams, source);
    var moved =
        Arrays.stream(places)
            .map(p -> new Affine(p.scale(), 0, 0, p.scale(), p.row(), p.column()))
            .toList();
    return truth.withFindings(truth.findings().with(new PlaneTransforms(moved)));
  }

  /// What of the light of a pixel reaches the detector.
  private float[] transmission(double energyEv, FieldMotion.Place place) {
    float[] seen = spotted(energyEv, place);
    if (secondOrder > 0) {
      float[] twice = spotted(2 * energyEv, place);
      for (int i = 0; i < seen.length; i++) {
        seen[i] = (float) ((1 - secondOrder - leak) * seen[i] + secondOrder * twice[i] + leak);
      }
    } else {
      for (int i = 0; i < seen.length; i++) {
        seen[i] = (float) ((1 - leak) * seen[i] + leak);
      }
    }
    return seen;
  }

  /// Σ |P(r − r₀)|² |T(r)|² for each step r₀. The sample is drawn as large as it is in this image,
  /// with a margin of half the image in all, and moved by the shift theorem.
  private float[] spotted(double energyEv, FieldMotion.Place place) {
    var beam = new Beam.XRays(energyEv);
    int down = even(rows * refinement * 3 / 2);
    int right = even(columns * refinement * 3 / 2);
    double step = pixel / refinement;
    var fine = new Grid(down, right, step, step);
    double size = step / place.scale();
    var wave = sample.draw(new Grid(down, right, size, size), beam);
    var through = intensity(wave, fine);
    // the focus is that of this energy: the zone plate has followed it
    var spot = intensity(optics.probe(beam, fine), fine);
    var fft = new Fft2(down, right);
    fft.transform(through);
    fft.transform(spot);
    for (int r = 0; r < down; r++) {
      double turnY = frequency(r, down) * (place.row() * refinement - middle(rows, down));
      for (int c = 0; c < right; c++) {
        double turnX = frequency(c, right) * (place.column() * refinement - middle(columns, right));
        // correlation with the spot, whose middle lies at (rows/2, columns/2) of its grid
        double angle =
            -2 * Math.PI * (turnY + turnX)
                - 2
                    * Math.PI
                    * (0.5 * down * frequency(r, down) + 0.5 * right * frequency(c, right));
        double a = through.re(r, c);
        double b = through.im(r, c);
        double x = spot.re(r, c);
        double y = -spot.im(r, c);
        double re = a * x - b * y;
        double im = a * y + b * x;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        through.set(r, c, (float) (re * cos - im * sin), (float) (re * sin + im * cos));
      }
    }
    fft.transformBack(through);
    float[] seen = new float[rows * columns];
    double all = (double) down * right;
    for (int i = 0; i < seen.length; i++) {
      int r = i / columns * refinement;
      int c = i % columns * refinement;
      seen[i] = (float) Math.max(0, through.re(r, c) / all);
    }
    return seen;
  }

  /// Where in fine pixels the middle of the image of `steps` steps lies in the computed field when
  /// the first step is its first pixel.
  private double middle(int steps, int length) {
    return length / 2 - (double) (steps / 2) * refinement;
  }

  private static double frequency(int k, int n) {
    return (k < n / 2 ? k : k - n) / (double) n;
  }

  private static int even(int n) {
    return n + n % 2;
  }

  private static ComplexField intensity(ComplexField wave, Grid grid) {
    var intensity = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double re = wave.re(r, c);
        double im = wave.im(r, c);
        intensity.set(r, c, (float) (re * re + im * im), 0);
      }
    }
    return intensity;
  }

  private RealField counted(float[] mean, double flux, SplittableRandom random) {
    var image = new RealField(Grid.square(rows, columns, pixel));
    UniformRandomProvider uniform = random::nextLong;
    for (int i = 0; i < mean.length; i++) {
      image.values()[i] = PoissonSampler.of(uniform, Math.max(1e-9, flux * mean[i])).sample();
    }
    return image;
  }
}
