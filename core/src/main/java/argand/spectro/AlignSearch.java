package argand.spectro;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.register.FineStructure;
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

  /// In the mean of fewer images the sample stands out as clearly as what stays with the detector.
  private static final int LEAST_FOR_PATTERN = 5;

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

  /// @param slicesPx of volumes; empty for images
  /// @param sigmaPx of each image along one axis
  /// @param pattern on the grid of the stack, NaN where it was not looked for
  /// @param what the method in words
  record Found(
      List<Transform> transforms,
      double[] slicesPx,
      Optional<double[]> sigmaPx,
      Optional<RealField> pattern,
      List<String> verdict,
      String what) {
    /// Of images.
    Found(
        List<Transform> transforms,
        Optional<double[]> sigmaPx,
        Optional<RealField> pattern,
        List<String> verdict,
        String what) {
      this(transforms, new double[0], sigmaPx, pattern, verdict, what);
    }
  }

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
              TransformFile.read(given.transforms(), stack.energyEv()).transforms(),
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
  ///
  /// @param fine without what is broad
  private JointRegistration.Images regions(boolean fine) {
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
        var image = cut(image(index), grid);
        return fine ? FineStructure.of(image) : image;
      }
    };
  }

  private RealField image(int e, boolean fine) {
    return fine ? FineStructure.of(image(e)) : image(e);
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
    boolean few = stack.count() < method.components() + 2;
    int components = few ? 1 : method.components();
    boolean pattern = method.pattern() && !few;
    var images = regions(few);
    int finest = finest(images, memory);
    var joint =
        new JointRegistration(
            components, method.magnification(), stack.energyEv(), pattern, true, COARSEST, ROUNDS);
    watch.tell(new Progress.Started("align", 0));
    long[] clock = {System.nanoTime()};
    int[] number = {0};
    var result =
        joint.of(
            images,
            ImageWeights.of(stack, watch.workers()),
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
    if (few) {
      verdict.add(
          String.format(
              Locale.ROOT,
              "%d images are too few for %d components: they were aligned by what is alike in them"
                  + " and finer than some 40 pixels.",
              stack.count(),
              method.components()));
    }
    if (finest > 1) {
      verdict.add("Images were registered in pixels " + finest + " times as large.");
    }
    Optional<RealField> still =
        pattern && finest == 1 ? Optional.of(whole(result.pattern())) : Optional.empty();
    return new Found(
        result.transforms().stream().map(this::aboutImage).toList(),
        Optional.of(result.sigmaPx()),
        still,
        verdict,
        "edge-aware with "
            + components
            + (few ? " component, scale " : " components, scale ")
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

  private Found byPairs(AlignMethod.Pyramid method, Mask inside) {
    var registration = new PyramidRegistration(method.model(), method.contrast());
    int count = stack.count();
    boolean fine = method.fine();
    var found = new Transform[count];
    Arrays.fill(found, Transform.NONE);
    String onto =
        switch (method.reference()) {
          case AlignReference.Image image -> {
            int number = image.number().orElse(count);
            if (number > count) {
              throw new InvalidInput("number", number, "1 … " + count, "");
            }
            var target =
                registration.onto(image(number - 1, fine), Optional.of(inside), watch.workers());
            register(found, 0, e -> target.find(image(e, fine), Optional.empty()).transform());
            yield "image " + number;
          }
          case AlignReference.Previous _ -> {
            register(
                found,
                1,
                e ->
                    registration
                        .onto(image(e - 1, fine), Optional.of(inside), watch.workers())
                        .find(image(e, fine), Optional.empty())
                        .transform()
                        .after(found[e - 1]));
            yield "the previous image";
          }
          case AlignReference.Mean _ -> {
            var sum = new RunningMean(image(0, fine));
            register(
                found,
                1,
                e -> {
                  var image = image(e, fine);
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

  private Found correlated(AlignMethod.PhaseCorrelation method) {
    int count = stack.count();
    boolean pattern = method.pattern() && count >= LEAST_FOR_PATTERN;
    var correlation = new StackCorrelation(method.weight(), pattern, CORRELATION_ROUNDS);
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
        found = correlation.of(regions(false), number - 1, watch.workers(), tell);
        onto = "image " + number;
      }
      case AlignReference.Previous _ -> {
        found = correlation.chained(regions(false), watch.workers(), tell);
        onto = "the previous image";
      }
      case AlignReference.Mean _ -> {
        found = correlation.of(regions(false), count - 1, watch.workers(), tell);
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
    var verdict = new ArrayList<String>();
    if (watch.stopped()) {
      verdict.add("Alignment was stopped: the images lie as its last round left them.");
    }
    if (method.pattern() && !pattern) {
      verdict.add(
          count
              + " images are too few to tell what stays with the detector from the sample: nothing"
              + " was taken out.");
    }
    return new Found(
        List.of(found),
        Optional.empty(),
        Optional.empty(),
        verdict,
        "phase correlation"
            + (pattern ? " without what stays with the detector" : "")
            + ", onto "
            + onto);
  }
}
