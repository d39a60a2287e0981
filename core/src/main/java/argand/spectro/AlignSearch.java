package argand.spectro;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.register.JointRegistration;
import argand.register.PyramidRegistration;
import argand.register.StackCorrelation;
import argand.register.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the images of a stack lie, by the method of an {@link Align}.
final class AlignSearch {
  /// Pixels of the finest images that are registered together: finer ones tell little more, for the
  /// time they take.
  private static final int LARGEST = 1 << 20;

  private static final int COARSEST = 48;
  private static final int ROUNDS = 40;
  private static final int CORRELATION_ROUNDS = 5;

  private final Align how;
  private final EnergyStack stack;
  private final Watch watch;
  private final IncidentBeam.Region region;

  private AlignSearch(Align how, EnergyStack stack, Watch watch) {
    this.how = how;
    this.stack = stack;
    this.watch = watch;
    Grid grid = stack.grid();
    region = how.region().orElse(new IncidentBeam.Region(0, 0, grid.rows(), grid.columns()));
  }

  /// @param sigmaPx of each image along one axis
  /// @param pattern on the grid of the stack, NaN where it was not looked for
  /// @param what the method in words
  record Found(
      List<Transform> transforms,
      Optional<double[]> sigmaPx,
      Optional<RealField> pattern,
      List<String> verdict,
      String what) {}

  /// @param memory bytes it may hold
  static Found of(Align how, EnergyStack stack, long memory, Watch watch) {
    var search = new AlignSearch(how, stack, watch);
    // the region is checked here
    var inside = Rectangles.mask(stack.grid(), search.region);
    return switch (how.method()) {
      case AlignMethod.EdgeAware method -> search.together(method, memory);
      case AlignMethod.Pyramid method -> search.byPairs(method, inside);
      case AlignMethod.PhaseCorrelation method -> search.correlated(method);
      case AlignMethod.Given given ->
          plain(
              TransformFile.read(given.transforms(), stack.energyEv()),
              "transforms of " + given.transforms().getFileName());
      case AlignPlugin plugin -> {
        var transforms = List.copyOf(plugin.transforms(stack, watch));
        Check.same("transforms of " + plugin, transforms.size(), stack.count());
        yield plain(transforms, plugin.toString());
      }
    };
  }

  private static Found plain(List<Transform> transforms, String what) {
    return new Found(transforms, Optional.empty(), Optional.empty(), List.of(), what);
  }

  /// An image with its bad pixels NaN.
  private RealField image(int e) {
    var plane = stack.images().plane(e);
    boolean[] good = stack.mask().good();
    for (int i = 0; i < good.length; i++) {
      if (!good[i] || Float.isInfinite(plane.values()[i])) {
        plane.values()[i] = Float.NaN;
      }
    }
    return plane;
  }

  /// The region of the images alone.
  private JointRegistration.Images regions() {
    Grid grid = stack.grid().resized(region.rows(), region.columns());
    return new JointRegistration.Images() {
      @Override
      public int count() {
        return stack.count();
      }

      @Override
      public Grid grid() {
        return grid;
      }

      @Override
      public RealField read(int index) {
        return cut(image(index), grid);
      }
    };
  }

  private RealField cut(RealField image, Grid grid) {
    var part = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      System.arraycopy(
          image.values(),
          (region.row() + r) * image.grid().columns() + region.column(),
          part.values(),
          r * grid.columns(),
          grid.columns());
    }
    return part;
  }

  /// A transform about the region's centre as one about the image's.
  private Transform aboutImage(Transform t) {
    double row = region.row() + 0.5 * (region.rows() - 1) - 0.5 * (stack.grid().rows() - 1);
    double column =
        region.column() + 0.5 * (region.columns() - 1) - 0.5 * (stack.grid().columns() - 1);
    return new Transform.Translation(row, column)
        .after(t)
        .after(new Transform.Translation(-row, -column));
  }

  private Found together(AlignMethod.EdgeAware method, long memory) {
    var images = regions();
    int finest = finest(images, memory);
    var joint =
        new JointRegistration(
            method.components(),
            method.magnification(),
            stack.energyEv(),
            method.pattern(),
            true,
            COARSEST,
            ROUNDS);
    watch.tell(new Progress.Started("align", 0));
    long[] clock = {System.nanoTime()};
    int[] number = {0};
    var result =
        joint.of(
            images,
            weights(),
            finest,
            watch.workers(),
            round -> {
              long now = System.nanoTime();
              watch.tell(
                  new Progress.Iterated(number[0]++, round.movedPx(), (now - clock[0]) * 1e-9));
              clock[0] = now;
            },
            watch::stopped);
    var verdict = new ArrayList<String>();
    if (watch.stopped()) {
      verdict.add("Alignment was stopped: the images lie as its last round left them.");
    } else if (!result.converged()) {
      verdict.add(
          "Alignment still moved images after "
              + ROUNDS
              + " rounds: look at the displacements; the drift may be too small for its pattern.");
    }
    if (finest > 1) {
      verdict.add("Images were registered in pixels " + finest + " times as large.");
    }
    Optional<RealField> pattern =
        method.pattern() && finest == 1 ? Optional.of(whole(result.pattern())) : Optional.empty();
    return new Found(
        result.transforms().stream().map(this::aboutImage).toList(),
        Optional.of(result.sigmaPx()),
        pattern,
        verdict,
        "edge-aware with "
            + method.components()
            + " components, scale "
            + method.magnification().name().toLowerCase(Locale.ROOT));
  }

  private RealField whole(RealField part) {
    var whole = new RealField(stack.grid());
    Arrays.fill(whole.values(), Float.NaN);
    for (int r = 0; r < region.rows(); r++) {
      System.arraycopy(
          part.values(),
          r * region.columns(),
          whole.values(),
          (region.row() + r) * stack.grid().columns() + region.column(),
          region.columns());
    }
    return whole;
  }

  /// Raw and aligned images of the finest level, and a third of the raw ones for the levels above.
  private static int finest(JointRegistration.Images images, long memory) {
    int binning = 1;
    long pixels = images.grid().size();
    while (10L * images.count() * pixels > memory || pixels > LARGEST) {
      int next = 2 * binning;
      if (Math.min(images.grid().rows(), images.grid().columns()) / next < COARSEST) {
        break;
      }
      binning = next;
      pixels = images.grid().size() / ((long) next * next);
    }
    return binning;
  }

  /// 1/mean variance of each image.
  private Optional<double[]> weights() {
    if (stack.variance().isEmpty()) {
      return Optional.empty();
    }
    var variance = stack.variance().get();
    boolean[] good = stack.mask().good();
    double[] weights = new double[stack.count()];
    watch
        .workers()
        .forEach(
            stack.count(),
            (e, worker) -> {
              float[] v = variance.plane(e).values();
              double sum = 0;
              int seen = 0;
              for (int i = 0; i < v.length; i++) {
                if (good[i] && v[i] > 0 && v[i] < Float.MAX_VALUE) {
                  sum += v[i];
                  seen++;
                }
              }
              weights[e] = seen == 0 ? Double.NaN : seen / sum;
            });
    for (double weight : weights) {
      if (!(weight > 0)) {
        return Optional.empty();
      }
    }
    return Optional.of(weights);
  }

  private Found byPairs(AlignMethod.Pyramid method, Mask inside) {
    var registration = new PyramidRegistration(method.model(), method.contrast());
    int count = stack.count();
    var found = new Transform[count];
    Arrays.fill(found, Transform.NONE);
    String onto =
        switch (method.reference()) {
          case AlignReference.Image image -> {
            int number = image.number().orElse(count);
            if (number > count) {
              throw new InvalidInput("number", number, "1 … " + count, "");
            }
            var target = registration.onto(image(number - 1), Optional.of(inside), watch.workers());
            register(found, 0, e -> target.find(image(e), Optional.empty()).transform());
            yield "image " + number;
          }
          case AlignReference.Previous _ -> {
            register(
                found,
                1,
                e ->
                    registration
                        .onto(image(e - 1), Optional.of(inside), watch.workers())
                        .find(image(e), Optional.empty())
                        .transform()
                        .after(found[e - 1]));
            yield "the previous image";
          }
          case AlignReference.Mean _ -> {
            var sum = new RunningMean(image(0));
            register(
                found,
                1,
                e -> {
                  var image = image(e);
                  var transform =
                      registration
                          .onto(sum.mean(), Optional.of(inside), watch.workers())
                          .find(image, Optional.of(found[e - 1]))
                          .transform();
                  sum.add(how.interpolation().image(image, transform, watch.workers()));
                  return transform;
                });
            yield "the mean of those before";
          }
        };
    var verdict = new ArrayList<String>();
    if (watch.stopped()) {
      verdict.add("Alignment was stopped: images that were not reached lie as they were.");
    }
    return new Found(
        List.of(found),
        Optional.empty(),
        Optional.empty(),
        verdict,
        "pyramid, " + method.model().name().toLowerCase(Locale.ROOT) + ", onto " + onto);
  }

  /// Finds the transform of one image.
  private interface One {
    Transform find(int e);
  }

  private void register(Transform[] found, int first, One one) {
    for (int e = first; e < found.length && !watch.stopped(); e++) {
      try {
        found[e] = one.find(e);
      } catch (InvalidInput trouble) {
        throw trouble.at("image " + (e + 1) + " at " + stack.energyEv()[e] + " eV");
      }
      watch.tell(new Progress.Worked("align: images registered", (e + 1.0) / found.length));
    }
  }

  /// The mean of images as they lie, NaN where none is known.
  private static final class RunningMean {
    private final double[] sum;
    private final int[] seen;
    private final RealField mean;

    RunningMean(RealField first) {
      sum = new double[first.values().length];
      seen = new int[sum.length];
      mean = new RealField(first.grid());
      add(first);
    }

    void add(RealField image) {
      Check.same("pixels", image.values().length, sum.length);
      for (int i = 0; i < sum.length; i++) {
        if (!Float.isNaN(image.values()[i])) {
          sum[i] += image.values()[i];
          seen[i]++;
        }
        mean.values()[i] = seen[i] == 0 ? Float.NaN : (float) (sum[i] / seen[i]);
      }
    }

    RealField mean() {
      return mean;
    }
  }

  private Found correlated(AlignMethod.PhaseCorrelation method) {
    var correlation = new StackCorrelation(method.weight(), method.pattern(), CORRELATION_ROUNDS);
    int count = stack.count();
    StackCorrelation.Tell tell =
        share -> {
          watch.tell(new Progress.Worked("align: images correlated", share));
          return !watch.stopped();
        };
    Transform[] found;
    String onto;
    switch (method.reference()) {
      case AlignReference.Image image -> {
        int number = image.number().orElse(count);
        if (number > count) {
          throw new InvalidInput("number", number, "1 … " + count, "");
        }
        found = correlation.of(regions(), number - 1, watch.workers(), tell);
        onto = "image " + number;
      }
      case AlignReference.Previous _ -> {
        found = correlation.chained(regions(), watch.workers(), tell);
        onto = "the previous image";
      }
      case AlignReference.Mean _ -> {
        found = correlation.of(regions(), count - 1, watch.workers(), tell);
        double row = 0;
        double column = 0;
        for (var one : found) {
          row += one.affine().rowsPx() / count;
          column += one.affine().columnsPx() / count;
        }
        var back = new Transform.Translation(-row, -column);
        Arrays.setAll(found, e -> found[e].after(back));
        onto = "the mean";
      }
    }
    var verdict =
        watch.stopped()
            ? List.of("Alignment was stopped: the images lie as its last round left them.")
            : List.<String>of();
    return new Found(
        List.of(found),
        Optional.empty(),
        Optional.empty(),
        verdict,
        "phase correlation"
            + (method.pattern() ? " without what stays with the detector" : "")
            + ", onto "
            + onto);
  }
}
