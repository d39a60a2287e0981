package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.Phantom;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.Optics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A ptychography measurement that is computed: a known sample, a known probe, known positions, and
/// the frames that a detector would have counted.
///
/// Every frame is computed on its own, with its own random numbers, on a finer grid than a solver's
/// (see `docs/algorithms/simulation.md`). The positions in the scan are those that were asked for;
/// the truth holds where the probe really stood.
public record SimulateScan(
    @Param(value = "what illuminates the sample", byDefault = "{xRays: {energy: 8 keV}}") Beam beam,
    @Param(value = "sample to detector", unit = "m", byDefault = "5 m") double distance,
    @Param(value = "detector pixels along each side", byDefault = "128") int size,
    @Param(value = "size of a detector pixel", unit = "m", byDefault = "75 um") double pixel,
    @Param(value = "propagation from sample to detector", byDefault = "farField")
        Geometry.Regime regime,
    @Param(
            value =
                "near field: focus to sample, for a beam that diverges; without it a parallel beam",
            unit = "m")
        OptionalDouble focusDistance,
    @Param("the sample") Phantom phantom,
    @Param("what forms the probe") Optics optics,
    @Param("where the probe is sent") ScanPattern scan,
    @Param(value = "what the detector does", byDefault = "{}") DetectorChain detector,
    @Param(
            value = "rms distance along each axis from where the probe was sent to where it stood",
            unit = "m",
            byDefault = "0 m")
        double positionError,
    @Param(
            "a guess of the probe, written into the file for a solver to start from; wrong on purpose")
        Optional<Optics> startProbe,
    @Param(value = "width of the computed field ÷ width of a frame", byDefault = "2")
        int oversampling,
    @Param(value = "sample pixel of a frame ÷ computed pixel", byDefault = "2") int refinement,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfScans {
  /// Solver's pixels over which the computed sample fades into vacuum beyond all that is lit, so
  /// that its Fourier transform sees no edge.
  private static final int FADE = 32;

  public SimulateScan {
    Check.within("size", size, 8, 8192, "");
    Check.within("positionError", positionError, 0, 1, "m");
    Check.within("oversampling", oversampling, 1, 8, "");
    Check.within("refinement", refinement, 1, 8, "");
    if (focusDistance.isPresent() && regime == Geometry.Regime.FAR_FIELD) {
      throw new InvalidInput(
          "focusDistance",
          focusDistance.getAsDouble() + " m",
          "nothing in the far field",
          "the curvature of the beam belongs to its optics there (defocus)");
    }
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "simulated";
  }

  /// Beam, distances and detector.
  public Geometry geometry() {
    return new Geometry(
        beam,
        distance,
        Grid.square(size, size, pixel),
        regime,
        focusDistance.orElse(Double.POSITIVE_INFINITY));
  }

  @Override
  public Made make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateScan", 0));
    var random = new SplittableRandom(seed);
    var sent = scan.positions(random.split());
    var stood = displaced(sent, random.split());
    var living = detector.living(geometry().detector(), random.split());
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    var made = measured(sent, stood, living, random, source, watch);
    watch.tell(new Progress.Finished("simulateScan", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  /// The measurement with the probe sent here and standing there.
  ///
  /// @param random of the frames
  Made measured(
      ScanPositions sent,
      ScanPositions stood,
      Mask living,
      SplittableRandom random,
      Source source,
      Watch watch) {
    Geometry geometry = geometry();
    Grid frame = geometry.sample();
    optics.probe(beam, frame); // refuses what a solver's grid could not hold
    var start = startProbe.map(guess -> Probe.of(scaled(guess.probe(beam, frame))));
    var probe =
        scaled(optics.probe(beam, VirtualInstrument.window(geometry, oversampling, refinement)));
    var sample = sample(frame, stood);
    var instrument = new VirtualInstrument(geometry, oversampling, refinement, sample, probe);
    // of its own seed: the same frames with and without it
    var pattern = detector.pattern(geometry.detector(), new SplittableRandom(~seed));
    var frames = expose(instrument, stood, pattern, living, random, watch);
    var calibration =
        detector.calibration(
            geometry.detector(), pattern, living, new SplittableRandom(~seed).split());
    var measured =
        new DiffractionScan(
            geometry,
            repeated(sent),
            Frames.of(frames).with(calibration),
            mask(living, frames),
            start,
            source);
    return new Made(measured, truth(geometry, stood, sample, List.of(probe), source));
  }

  private ComplexField scaled(ComplexField unit) {
    return unit.scale(Math.sqrt(detector.photons()));
  }

  ScanPositions displaced(ScanPositions sent, SplittableRandom random) {
    double[] y = sent.y().clone();
    double[] x = sent.x().clone();
    for (int j = 0; j < y.length; j++) {
      y[j] += positionError * random.nextGaussian();
      x[j] += positionError * random.nextGaussian();
    }
    return new ScanPositions(y, x);
  }

  private List<RealField> expose(
      VirtualInstrument instrument,
      ScanPositions stood,
      FixedPattern pattern,
      Mask living,
      SplittableRandom random,
      Watch watch) {
    int views = stood.count();
    int times = detector.exposures().size();
    // one stream a frame, split off in order: the same numbers whichever thread takes the frame
    var streams = new SplittableRandom[views];
    Arrays.setAll(streams, j -> random.split());
    var frames = new RealField[views * times];
    var cameras = new VirtualInstrument.Camera[watch.workers().threads()];
    Arrays.setAll(cameras, k -> instrument.camera());
    watch
        .workers()
        .forEach(
            views,
            (j, worker) -> {
              var image = new RealField(Grid.square(size, size, pixel));
              cameras[worker].expose(stood.y()[j], stood.x()[j], image);
              detector.blur(image);
              for (int k = 0; k < times; k++) {
                double exposure = detector.exposures().get(k);
                frames[j * times + k] =
                    detector.record(image, exposure, pattern, living, streams[j]);
              }
            });
    return List.of(frames);
  }

  /// Each position as often as there are exposures.
  private ScanPositions repeated(ScanPositions sent) {
    int times = detector.exposures().size();
    return times == 1
        ? sent
        : sent.select(IntStream.range(0, sent.count() * times).map(j -> j / times).toArray());
  }

  /// Dead pixels, and pixels of a detector of counts that are saturated in any frame, are not to be
  /// trusted.
  private Optional<Mask> mask(Mask living, List<RealField> frames) {
    boolean[] good = living.good().clone();
    double full =
        detector.calibrationFrames() > 0
            ? Double.POSITIVE_INFINITY
            : detector.saturation().orElse(Double.POSITIVE_INFINITY);
    for (RealField frame : frames) {
      for (int i = 0; i < good.length; i++) {
        good[i] &= frame.values()[i] < full;
      }
    }
    var mask = new Mask(living.grid(), good);
    return mask.count() == good.length ? Optional.empty() : Optional.of(mask);
  }

  /// The transmission of all that the widened frames see, in fine pixels, faded to vacuum at the
  /// rim.
  private ComplexField sample(Grid frame, ScanPositions stood) {
    return drawn(phantom, beam, frame, stood);
  }

  /// Any phantom in any light, as the sample is drawn.
  ComplexField drawn(Phantom phantom, Beam beam, Grid frame, ScanPositions stood) {
    int rows = reach(stood.y(), frame.pixelY()) + oversampling * size / 2 + FADE;
    int columns = reach(stood.x(), frame.pixelX()) + oversampling * size / 2 + FADE;
    Grid fine =
        new Grid(
            refinement * smooth(2 * rows),
            refinement * smooth(2 * columns),
            frame.pixelY() / refinement,
            frame.pixelX() / refinement);
    var drawn = phantom.draw(fine, beam);
    float[] down = fade(fine.rows());
    float[] across = fade(fine.columns());
    for (int r = 0; r < fine.rows(); r++) {
      for (int c = 0; c < fine.columns(); c++) {
        float weight = down[r] * across[c];
        drawn.set(r, c, 1 + weight * (drawn.re(r, c) - 1), weight * drawn.im(r, c));
      }
    }
    return drawn;
  }

  /// Pixels from the origin to the farthest position, and two to spare.
  private static int reach(double[] positions, double pixel) {
    double farthest = 0;
    for (double position : positions) {
      farthest = Math.max(farthest, Math.abs(position));
    }
    return (int) Math.ceil(farthest / pixel) + 2;
  }

  /// The next even number without prime factors above 5.
  private static int smooth(int least) {
    for (int n = least + least % 2; ; n += 2) {
      int rest = n;
      for (int prime : new int[] {2, 3, 5}) {
        while (rest % prime == 0) {
          rest /= prime;
        }
      }
      if (rest == 1) {
        return n;
      }
    }
  }

  private float[] fade(int length) {
    int width = FADE * refinement;
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      double inside = Math.clamp(Math.min(i, length - i) / (double) width, 0, 1);
      weights[i] = (float) (0.5 - 0.5 * Math.cos(Math.PI * inside));
    }
    return weights;
  }

  /// Sample and modes of the probe in the solver's pixels, band-limited, over all that the frames
  /// cover.
  Reconstruction truth(
      Geometry geometry,
      ScanPositions stood,
      ComplexField fineSample,
      List<ComplexField> fineModes,
      Source source) {
    Grid frame = geometry.sample();
    // values are kept, so the factor that keeps the power is taken back
    var whole = Resolution.coarser(fineSample, refinement).scale(1.0 / refinement);
    int top = first(stood.y(), frame.pixelY());
    int left = first(stood.x(), frame.pixelX());
    int bottom = last(stood.y(), frame.pixelY());
    int right = last(stood.x(), frame.pixelX());
    var object =
        Resolution.window(
            whole,
            whole.grid().rows() / 2 + top,
            whole.grid().columns() / 2 + left,
            frame.resized(bottom - top, right - left));
    var modes = fineModes.stream().map(fine -> inFrame(fine, frame)).toList();
    var origin =
        new Reconstruction.Origin(
            (top + size / 2) * frame.pixelY(), (left + size / 2) * frame.pixelX());
    return new Reconstruction(
        object, new Probe(modes), stood, origin, geometry, 0, List.of(), Quality.NONE, source);
  }

  private ComplexField inFrame(ComplexField fineProbe, Grid frame) {
    var wide = Resolution.coarser(fineProbe, refinement);
    int rim = wide.grid().rows() / 2 - size / 2;
    return Resolution.window(wide, rim, rim, frame);
  }

  /// A pixel before the first that a frame covers, counted from the phantom's origin.
  private int first(double[] positions, double pixel) {
    double least = Arrays.stream(positions).min().orElseThrow();
    return (int) Math.floor(least / pixel) - size / 2 - 1;
  }

  /// Two beyond the last pixel that a frame covers, counted from the phantom's origin.
  private int last(double[] positions, double pixel) {
    double most = Arrays.stream(positions).max().orElseThrow();
    return (int) Math.ceil(most / pixel) + size - size / 2 + 1;
  }
}
