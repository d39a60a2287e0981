package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Window;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The physics of a scan: where each window lies, how its exit wave reaches the detector, what was
/// measured there; and what is learned of the measurement on the way, in arrays that a state keeps:
/// how far each frame stands from where the file says, how strong the beam was in each view, what
/// does not come from the sample.
public final class PtychoModel {
  private final Windows windows;
  private final Geometry geometry;
  private final Amplitudes amplitudes;
  private final float[] flux;
  private final DetectorBackground background;
  private final float[] distance = {1};
  private final @Nullable Transfer transfer;
  private final float[] bandwidth;
  private final boolean ofManyWavelengths;
  private @Nullable WavelengthBand band;
  private float bandMadeFor = Float.NaN;
  private final ModelParts parts;
  private final long seed;

  /// Reads all frames.
  ///
  /// @param seed of the order of the frames
  /// @throws argand.array.InvalidInput when positions, mask or frames cannot be right
  public PtychoModel(DiffractionScan scan, Windows windows, long seed) {
    this(scan, windows, seed, WaveModel.PLAIN);
  }

  /// @param waves what the waves are made of beside probe modes and one thin object
  public PtychoModel(DiffractionScan scan, Windows windows, long seed, WaveModel waves) {
    this(scan, windows, seed, waves, 0, Long.MAX_VALUE, Watch.SILENT);
  }

  /// Passes over all frames once; those whose amplitudes do not fit are read again when they are
  /// needed.
  ///
  /// @param bandwidth full width at half maximum of the energies ÷ the energy
  /// @param amplitudeBytes that the measured amplitudes may hold
  PtychoModel(
      DiffractionScan scan,
      Windows windows,
      long seed,
      WaveModel waves,
      double bandwidth,
      long amplitudeBytes,
      Watch watch) {
    this.windows = windows;
    this.seed = seed;
    geometry = scan.geometry();
    transfer = geometry.regime() == Regime.NEAR_FIELD ? new Transfer(geometry, distance) : null;
    parts = new ModelParts(waves, geometry, windows);
    amplitudes = new Amplitudes(scan, amplitudeBytes, watch);
    background = new DetectorBackground(scan);
    this.bandwidth = new float[] {(float) bandwidth};
    ofManyWavelengths = bandwidth > 0;
    flux = new float[amplitudes.views()];
    Arrays.fill(flux, 1);
  }

  public Windows windows() {
    return windows;
  }

  /// The propagation law from sample to detector.
  Regime regime() {
    return geometry.regime();
  }

  /// Near field: H/N from sample to detector at the distance as found, zero frequency at (0, 0).
  ComplexField transfer() {
    return nearField().field();
  }

  private Transfer nearField() {
    if (transfer == null) {
      throw new IllegalStateException("there is no free space in the far field");
    }
    return transfer;
  }

  /// Near field: ζ = λz/(2πΔ²) at the distance as found [px²/rad].
  double fresnel() {
    double pixel = geometry.sample().pixelY();
    return geometry.beam().wavelength() * nearField().distance() / (2 * Math.PI * pixel * pixel);
  }

  /// Near field: distance as found ÷ stated.
  double distanceFactor() {
    return distance[0];
  }

  /// Near field: the detector stands so many times as far as was found so far.
  void stretchDistance(double factor) {
    distance[0] *= (float) factor;
  }

  /// Number of views.
  public int count() {
    return windows.count();
  }

  /// A new way to the detector, for one thread.
  public Detector detector() {
    return detector(false);
  }

  /// @param bounded see {@link Measurement}
  Detector detector(boolean bounded) {
    if (transfer != null) {
      return new NearField(amplitudes, flux, background, bounded, transfer, windows, parts);
    }
    Detector far =
        ofManyWavelengths
            ? new BroadBand(amplitudes, flux, background, bounded, this::band)
            : new FarField(amplitudes, flux, background, bounded);
    return finer() == 1 ? far : new FinerWaves(far, finer(), amplitudes.grid());
  }

  /// Strength of the beam in each view; 1 is that of the probe as it stands. The array itself.
  public float[] flux() {
    return flux;
  }

  /// Counts that do not come from the sample.
  DetectorBackground background() {
    return background;
  }

  /// What the waves are made of beside probe modes and one thin object.
  ModelParts parts() {
    return parts;
  }

  /// Name → the array itself of everything that is learned of the measurement.
  SequencedMap<String, float[]> learned() {
    var learned = new LinkedHashMap<String, float[]>();
    learned.put("moveY", windows.moveY());
    learned.put("moveX", windows.moveX());
    learned.put("flux", flux);
    if (background.used()) {
      learned.put("background", background.counts());
    }
    learned.put("distance", distance);
    if (ofManyWavelengths) {
      learned.put("bandwidth", bandwidth);
    }
    learned.putAll(parts.learned());
    return learned;
  }

  /// ΣI over the good pixels of all views.
  public double counts() {
    return amplitudes.counts();
  }

  /// ΣI over the good pixels of one view.
  public double counts(int view) {
    return amplitudes.counts(view);
  }

  /// Whether the light is of one wavelength.
  boolean monochromatic() {
    return !ofManyWavelengths;
  }

  /// Full width at half maximum of the energies ÷ the energy, as found so far.
  double bandwidth() {
    return bandwidth[0];
  }

  /// The band is found to be so wide.
  void setBandwidth(double width) {
    bandwidth[0] = (float) width;
  }

  /// Bandwidth that takes the finest speckles at the edge of the frame to exp(−½) of their
  /// contrast.
  double finestBand() {
    return WavelengthBand.finest(amplitudes.grid());
  }

  /// A new way to the detector in light of this band, for one thread.
  ///
  /// @param tolerance see {@link WavelengthBand}
  Detector detector(double width, double tolerance) {
    var other = new WavelengthBand(amplitudes.grid(), width, tolerance);
    var far = new BroadBand(amplitudes, flux, background, false, () -> other);
    return finer() == 1 ? far : new FinerWaves(far, finer(), amplitudes.grid());
  }

  /// Number of pixels of the detector.
  int pixels() {
    return amplitudes.grid().size();
  }

  /// The band of the width as found so far.
  private synchronized WavelengthBand band() {
    var made = band;
    if (made == null || bandMadeFor != bandwidth[0]) {
      made = new WavelengthBand(amplitudes.grid(), bandwidth[0]);
      band = made;
      bandMadeFor = bandwidth[0];
    }
    return made;
  }

  /// Finer pixels of a wave along each axis for one of the detector.
  int finer() {
    return windows.frame().rows() / amplitudes.grid().rows();
  }

  /// Counts of a view that come from the sample, for a beam of strength 1, in the order of the
  /// transform; −1 where a pixel is not to be trusted.
  double[] lightCounts(int view) {
    double[] counts = amplitudes.counts(view, new double[amplitudes.grid().size()]);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] >= 0) {
        counts[i] = Math.max(0, counts[i] - background.counts()[i]) / flux[view];
      }
    }
    return counts;
  }

  /// Σ(√n − √λ)² that shot noise alone makes of one view [counts].
  double shotNoise(int view) {
    return amplitudes.shotNoise(view);
  }

  /// A fresh order of the views for each iteration, drawn from seed and iteration alone, so that a
  /// resumed run repeats it.
  public int[] order(int iteration) {
    var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + iteration);
    int[] order = IntStream.range(0, count()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[k];
      order[k] = swapped;
    }
    return order;
  }

  /// Says in which order the detectors will be asked for views from now on, so that frames which
  /// are not kept in memory are read ahead. It changes nothing but the time.
  public void expect(int[] views) {
    amplitudes.expect(views);
  }

  /// {@link #expect} of all views in their order.
  public void expectAll() {
    expect(IntStream.range(0, count()).toArray());
  }

  /// The part of an object under view j.
  Window under(ComplexField object, int j) {
    return Window.of(object, windows.row(j), windows.column(j));
  }

  /// Relative amplitude error Σ(|u|−√I)²/ΣI of an object and probe modes over the good pixels of
  /// all views.
  public double relativeAmplitudeError(
      ComplexField object, List<ComplexField> probes, Workers workers) {
    expectAll();
    double[] errors = new double[count()];
    var rooms = new ExitWaves[workers.threads()];
    workers.forEach(
        count(),
        (j, worker) -> {
          var room = rooms[worker];
          if (room == null) {
            room = new ExitWaves(this, probes);
            rooms[worker] = room;
          }
          errors[j] = room.detector().error(room.of(object, j), j);
        });
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    return sum / counts();
  }
}
