package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.SliceStack;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// A measurement for which one thin sample, one steady coherent probe and a stage that stands still
/// are not enough: everything of `simulateScan`, and beside it a thick sample, a probe that changes
/// its width, motion during the exposure, a band of wavelengths, and light of several incoherent
/// modes.
///
/// Slices are joined by the exact angular spectrum on the fine window. The probe of view j is the
/// plain one magnified, P(r/s_j)/s_j, s_j rising evenly over the views about 1. A band of energies
/// is a sum of whole measurements, each with its own wavelength, optics and sample. The truth holds
/// the slices at the central energy, the plain probe, and where the probe really stood.
public record SimulateExtendedScan(
    @Param("the plain measurement") SimulateScan plain,
    @Param(value = "slices behind its sample", byDefault = "[]") List<SliceBehind> behind,
    @Param(
            value = "by how much the probe of the last view is wider than that of the first",
            byDefault = "0")
        double widening,
    @Param(value = "how the stage moves while the shutter is open", byDefault = "{}")
        StageMotion motion,
    @Param(value = "full width at half maximum of the energies ÷ energy", byDefault = "0")
        double bandwidth,
    @Param(value = "how much of the light is in one wave", byDefault = "{}")
        PartialCoherence coherence)
    implements Maker.OfScans {
  /// Energies that stand for a band, over two standard deviations to each side.
  private static final int ENERGIES = 9;

  /// Steps of a sweep for each pixel of a solver.
  private static final int STEPS = 4;

  public SimulateExtendedScan {
    behind = List.copyOf(behind);
    Check.within("widening", widening, -1, 1, "");
    Check.within("bandwidth", bandwidth, 0, 0.2, "");
    if (bandwidth > 0 && !(plain.beam() instanceof Beam.XRays)) {
      throw new InvalidInput("bandwidth", bandwidth, "0 unless the beam is X-rays", "");
    }
  }

  /// Nothing beside the plain measurement.
  public static SimulateExtendedScan of(SimulateScan plain) {
    return new SimulateExtendedScan(
        plain, List.of(), 0, StageMotion.NONE, 0, PartialCoherence.FULL);
  }

  /// The same with these slices behind the sample.
  public SimulateExtendedScan behind(SliceBehind... slices) {
    return new SimulateExtendedScan(plain, List.of(slices), widening, motion, bandwidth, coherence);
  }

  /// The same with a probe that grows by this part of its width.
  public SimulateExtendedScan widening(double part) {
    return new SimulateExtendedScan(plain, behind, part, motion, bandwidth, coherence);
  }

  /// The same on a stage that moves so.
  public SimulateExtendedScan moving(StageMotion how) {
    return new SimulateExtendedScan(plain, behind, widening, how, bandwidth, coherence);
  }

  /// The same with this bandwidth.
  public SimulateExtendedScan bandwidth(double part) {
    return new SimulateExtendedScan(plain, behind, widening, motion, part, coherence);
  }

  /// The same in light of this coherence.
  public SimulateExtendedScan coherence(PartialCoherence of) {
    return new SimulateExtendedScan(plain, behind, widening, motion, bandwidth, of);
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "simulated";
  }

  /// One energy of the band: what the beam meets, and its part of the photons.
  private record Colour(
      Geometry geometry,
      Beam beam,
      ComplexField sample,
      List<VirtualInstrument.Behind> behind,
      double weight) {}

  @Override
  public Made make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateExtendedScan", 0));
    var geometry = plain.geometry();
    var frame = geometry.sample();
    var random = new SplittableRandom(plain.seed());
    var sent = plain.scan().positions(random.split());
    var shots = shots(sent, random.split());
    var stood = merged(shots);
    var colours = colours(stood);
    var frames = expose(colours, shots, random, watch);
    var nominal =
        motion.burst()
            ? sent.select(
                IntStream.range(0, sent.count() * motion.shots())
                    .map(k -> k / motion.shots())
                    .toArray())
            : sent;
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + plain.seed());
    var start =
        plain
            .startProbe()
            .map(guess -> Probe.of(scaled(guess.probe(plain.beam(), frame), photons())));
    var measured =
        new DiffractionScan(geometry, nominal, Frames.of(frames), Optional.empty(), start, source);
    var made = new Made(measured, truth(geometry, colours, stood, sent, source));
    watch.tell(new Progress.Finished("simulateExtendedScan", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  /// Photons in one frame.
  private double photons() {
    return plain.detector().photons() / (motion.burst() ? motion.shots() : 1);
  }

  private static ComplexField scaled(ComplexField unit, double photons) {
    return unit.scale(Math.sqrt(photons / unit.power()));
  }

  /// Where the probe stood in each shot of each view.
  private ScanPositions[] shots(ScanPositions sent, SplittableRandom random) {
    var shots = new ScanPositions[sent.count()];
    for (int j = 0; j < shots.length; j++) {
      double[] y = new double[motion.shots()];
      double[] x = new double[motion.shots()];
      double offY = sent.y()[j] + plain.positionError() * random.nextGaussian();
      double offX = sent.x()[j] + plain.positionError() * random.nextGaussian();
      for (int k = 0; k < y.length; k++) {
        y[k] = offY + motion.vibration() * random.nextGaussian();
        x[k] = offX + motion.vibration() * random.nextGaussian();
      }
      shots[j] = new ScanPositions(y, x);
    }
    return shots;
  }

  private static ScanPositions merged(ScanPositions[] shots) {
    return new ScanPositions(
        Arrays.stream(shots).flatMapToDouble(s -> DoubleStream.of(s.y())).toArray(),
        Arrays.stream(shots).flatMapToDouble(s -> DoubleStream.of(s.x())).toArray());
  }

  private List<Colour> colours(ScanPositions stood) {
    if (bandwidth == 0) {
      return List.of(colour(plain.beam(), stood, 1));
    }
    double deviation = bandwidth / (2 * Math.sqrt(2 * Math.log(2)));
    double[] away =
        IntStream.range(0, ENERGIES).mapToDouble(k -> 4.0 * k / (ENERGIES - 1) - 2).toArray();
    double all = Arrays.stream(away).map(t -> Math.exp(-0.5 * t * t)).sum();
    List<Colour> colours = new ArrayList<>();
    for (double t : away) {
      var beam = new Beam.XRays(plain.beam().energyEv() * (1 + deviation * t));
      colours.add(colour(beam, stood, Math.exp(-0.5 * t * t) / all));
    }
    return colours;
  }

  private Colour colour(Beam beam, ScanPositions stood, double weight) {
    var central = plain.geometry();
    var geometry =
        new Geometry(
            beam,
            central.distance(),
            central.detector(),
            central.regime(),
            central.focusDistance());
    var window = window(geometry);
    List<VirtualInstrument.Behind> further = new ArrayList<>();
    for (var slice : behind) {
      further.add(
          new VirtualInstrument.Behind(
              plain.drawn(slice.phantom(), beam, geometry.sample(), stood),
              VirtualInstrument.gap(geometry, window, slice.distance())));
    }
    var sample = plain.drawn(plain.phantom(), beam, geometry.sample(), stood);
    return new Colour(geometry, beam, sample, further, weight);
  }

  private Grid window(Geometry geometry) {
    return VirtualInstrument.window(geometry, plain.oversampling(), plain.refinement());
  }

  private double magnification(int j, int views) {
    return views < 2 ? 1 : 1 + widening * ((double) j / (views - 1) - 0.5);
  }

  /// The modes of the plain probe, s times as wide, in fine pixels: drawn in pixels s times
  /// smaller.
  private List<ComplexField> probe(Geometry geometry, Beam beam, double s) {
    var window = window(geometry);
    var shrunk =
        new Grid(window.rows(), window.columns(), window.pixelY() / s, window.pixelX() / s);
    var drawn = plain.optics().probe(beam, s == 1 ? window : shrunk);
    var probe = new ComplexField(window);
    for (int r = 0; r < window.rows(); r++) {
      for (int c = 0; c < window.columns(); c++) {
        probe.set(r, c, drawn.re(r, c), drawn.im(r, c));
      }
    }
    return coherence.modes(probe, photons());
  }

  private List<RealField> expose(
      List<Colour> colours, ScanPositions[] shots, SplittableRandom random, Watch watch) {
    int views = shots.length;
    int each = motion.burst() ? motion.shots() : 1;
    var detector = plain.detector();
    var living = detector.living(plain.geometry().detector(), random.split());
    var streams = new SplittableRandom[views];
    Arrays.setAll(streams, j -> random.split());
    var frames = new RealField[views * each];
    watch
        .workers()
        .forEach(
            views,
            (j, worker) -> {
              var cameras = cameras(colours, magnification(j, views));
              for (int k = 0; k < each; k++) {
                var image = new RealField(plain.geometry().detector());
                int from = motion.burst() ? k : 0;
                int to = motion.burst() ? k + 1 : motion.shots();
                for (int shot = from; shot < to; shot++) {
                  double y = shots[j].y()[shot];
                  double x = shots[j].x()[shot];
                  add(cameras, y, x, 1.0 / (to - from), image);
                }
                frames[j * each + k] = detector.record(image, living, streams[j]);
              }
            });
    return List.of(frames);
  }

  /// What sees one mode of the light in one colour.
  ///
  /// @param weight of its image
  private record Eye(VirtualInstrument.Camera camera, double weight) {}

  private List<Eye> cameras(List<Colour> colours, double magnification) {
    List<Eye> eyes = new ArrayList<>();
    for (var colour : colours) {
      for (var mode : probe(colour.geometry, colour.beam, magnification)) {
        var instrument =
            new VirtualInstrument(
                colour.geometry,
                plain.oversampling(),
                plain.refinement(),
                colour.sample,
                mode,
                colour.behind);
        eyes.add(new Eye(instrument.camera(), colour.weight));
      }
    }
    return eyes;
  }

  /// into ← into + share · the image of one shot, swept, in all colours and modes
  private void add(List<Eye> eyes, double y, double x, double share, RealField into) {
    double pixel = plain.geometry().sample().pixelX();
    int steps = motion.sweep() == 0 ? 1 : (int) Math.ceil(STEPS * motion.sweep() / pixel) + 1;
    var part = new RealField(into.grid());
    for (int k = 0; k < steps; k++) {
      double along = motion.sweep() * ((k + 0.5) / steps - 0.5);
      for (var eye : eyes) {
        eye.camera.expose(y, x + along, part);
        double weight = share * eye.weight / steps;
        for (int i = 0; i < part.values().length; i++) {
          into.values()[i] += (float) (weight * part.values()[i]);
        }
      }
    }
  }

  private Reconstruction truth(
      Geometry geometry,
      List<Colour> colours,
      ScanPositions stood,
      ScanPositions sent,
      Source source) {
    var central = colours.get(colours.size() / 2);
    var modes = probe(geometry, central.beam, 1);
    var first = plain.truth(geometry, stood, central.sample, modes, source);
    var where = motion.burst() || motion.shots() == 1 ? stood : sent;
    var thin =
        new Reconstruction(
            first.object(),
            first.probe(),
            where,
            first.origin(),
            geometry,
            0,
            List.of(),
            first.quality(),
            source);
    if (behind.isEmpty()) {
      return thin;
    }
    List<ComplexField> slices = new ArrayList<>(List.of(first.object()));
    for (var slice : central.behind) {
      slices.add(plain.truth(geometry, stood, slice.sample(), modes, source).object());
    }
    return thin.withSlices(
        new SliceStack(slices, behind.stream().map(SliceBehind::distance).toList()));
  }
}
