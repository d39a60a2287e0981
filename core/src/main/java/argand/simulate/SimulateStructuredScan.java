package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.ScanMaps;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// A cathode under random patterns: what a fluorescence detector counts for each element and
/// pattern, and the transmission image of the same sample, counted too.
///
/// Patterns are uniform random numbers, filtered 1-4-1 along both axes over a periodic field. A
/// detector counts `counts` quanta of each element in the mean pattern (Poisson); without, it is
/// read without noise; none are lost to dead time. The transmission image may lie off by a part of
/// a pixel: it is drawn there,
/// not interpolated.
public record SimulateStructuredScan(
    @Param(value = "the sample", byDefault = "{}") MixedCathode sample,
    @Param(value = "number of patterns", byDefault = "320") int patterns,
    @Param(value = "pixels along each side", byDefault = "80") int side,
    @Param(value = "size of a pixel", unit = "m", byDefault = "30 nm") double pixel,
    @Param(value = "mean counts of each element and pattern; 0 for no noise", byDefault = "1000000")
        double counts,
    @Param(value = "counts of the transmission image in an empty pixel", byDefault = "40000")
        double guideCounts,
    @Param(value = "how far the transmission image lies to the right", byDefault = "0")
        double guideOffPx,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfStructuredScans {
  public SimulateStructuredScan {
    Check.atLeast("patterns", patterns, 2);
    Check.atLeast("side", side, 8);
    Check.within("counts", counts, 0, 1e12, "");
    Check.within("guideCounts", guideCounts, 1, 1e12, "");
    Check.within("guideOffPx", guideOffPx, -20, 20, "");
  }

  /// @param truth maps of the elements in the unit of the signals: Σ pattern · map is the signal
  public record Made(StructuredScan scan, List<RealField> truth, RealField density) {}

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "simulated";
  }

  @Override
  public MadeStructuredScan make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateStructuredScan", 0));
    var made = make(watch.workers());
    var scan = made.scan();
    var maps = new ArrayList<ScanMaps.Map>();
    for (int e = 0; e < made.truth().size(); e++) {
      var signal = scan.signals().get(e);
      maps.add(new ScanMaps.Map(signal.name(), signal.unit(), made.truth().get(e)));
    }
    watch.tell(new Progress.Finished("simulateStructuredScan", (System.nanoTime() - began) * 1e-9));
    return new MadeStructuredScan(scan, new ScanMaps(maps, Mask.all(scan.grid()), scan.source()));
  }

  public Made make(Workers workers) {
    var grid = Grid.square(side, side, pixel);
    var random = new SplittableRandom(seed);
    var drawn = sample.draw(grid);
    var planes = patterns(grid, random.split(), workers);
    var noise = random.split();
    var signals = new ArrayList<BucketSignal>();
    var truth = new ArrayList<RealField>();
    for (int e = 0; e < drawn.elements().size(); e++) {
      double[] light = new double[patterns];
      double mean = 0;
      float[] map = drawn.elements().get(e).values();
      for (int j = 0; j < patterns; j++) {
        float[] pattern = planes.get(j).values();
        for (int i = 0; i < map.length; i++) {
          light[j] += (double) pattern[i] * map[i];
        }
        mean += light[j] / patterns;
      }
      double scale = (counts > 0 ? counts : 1e6) / mean;
      var scaled = new RealField(grid);
      for (int i = 0; i < map.length; i++) {
        scaled.values()[i] = (float) (map[i] * scale);
      }
      truth.add(scaled);
      signals.add(signal(MixedCathode.ELEMENTS.get(e), light, scale, noise.split()));
    }
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    var scan =
        new StructuredScan(
            Planes.of(planes),
            Optional.empty(),
            signals,
            Exposure.UNKNOWN.withDeadShare(new double[patterns]),
            Optional.of(guide(grid, random.split())),
            Findings.NONE,
            source);
    return new Made(scan, truth, drawn.density());
  }

  private BucketSignal signal(String name, double[] light, double scale, SplittableRandom random) {
    double[] counted = new double[light.length];
    for (int j = 0; j < counted.length; j++) {
      double mean = light[j] * scale;
      counted[j] =
          counts > 0 ? PoissonSampler.of(random::nextLong, Math.max(mean, 1e-9)).sample() : mean;
    }
    return counts > 0
        ? BucketSignal.ofCounts(name, counted)
        : BucketSignal.unweighted(name, "counts", counted);
  }

  /// −ln of counted transmission, drawn where it lies.
  private RealField guide(Grid grid, SplittableRandom random) {
    var guide = sample.transmission(grid, guideOffPx);
    for (int i = 0; i < guide.values().length; i++) {
      double mean = guideCounts * guide.values()[i];
      double counted = Math.max(1, PoissonSampler.of(random::nextLong, mean).sample());
      guide.values()[i] = (float) -Math.log(counted / guideCounts);
    }
    return guide;
  }

  private List<RealField> patterns(Grid grid, SplittableRandom random, Workers workers) {
    var streams = new SplittableRandom[patterns];
    var planes = new RealField[patterns];
    for (int j = 0; j < patterns; j++) {
      streams[j] = random.split();
    }
    workers.forEach(patterns, (j, worker) -> planes[j] = pattern(grid, streams[j]));
    return List.of(planes);
  }

  private static RealField pattern(Grid grid, SplittableRandom random) {
    int rows = grid.rows();
    int columns = grid.columns();
    double[] even = new double[grid.size()];
    for (int i = 0; i < even.length; i++) {
      even[i] = random.nextDouble();
    }
    double[] across = new double[even.length];
    for (int i = 0; i < even.length; i++) {
      int start = i - i % columns;
      int c = i % columns;
      across[i] =
          (even[start + (c + columns - 1) % columns]
                  + 4 * even[i]
                  + even[start + (c + 1) % columns])
              / 6;
    }
    var pattern = new RealField(grid);
    for (int i = 0; i < even.length; i++) {
      int up = (i + (rows - 1) * columns) % even.length;
      int down = (i + columns) % even.length;
      pattern.values()[i] = (float) ((across[up] + 4 * across[i] + across[down]) / 6);
    }
    return pattern;
  }
}
