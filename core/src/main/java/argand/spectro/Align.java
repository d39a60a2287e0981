package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.HeldPlanes;
import argand.data.PhaseImages;
import argand.data.PlaneTransforms;
import argand.data.Planes;
import argand.data.Quality;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.register.Transform;
import argand.register.Warp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Images of a stack moved onto each other, once, from what they were: pixel x of the result is
/// read
/// at T_e(x) of image e. Variances follow with the squares of the interpolation's weights
/// ({@link Warp#variance}); neighbouring pixels are correlated afterwards.
///
/// Volumes are moved along their rows, columns and slices, by what their projections along the
/// three
/// axes tell ({@link VolumeSearch}).
///
/// Pixels that come from outside of an image or from bad pixels are NaN in that image; the mask
/// keeps those that are known in `known` of the images. The transforms stand in the findings and,
/// with `save`, in a text file that `method: {given: …}` applies again.
public record Align(
    @Param(value = "how the images' places are found", byDefault = "edgeAware") AlignMethod method,
    @Param("rectangle of the images that is looked at; all where it is not given")
        Optional<IncidentBeam.Region> region,
    @Param(value = "interpolation of the result", byDefault = "cubic") Warp interpolation,
    @Param(value = "a pixel counts where this part of the images knows it", byDefault = "1")
        double known,
    @Param("text file that the transforms are written to") Optional<Path> save)
    implements StackStep {
  public Align {
    Check.within("known", known, 0, 1, "");
  }

  /// This method over the whole images, and the defaults.
  public static Align by(AlignMethod method) {
    return new Align(method, Optional.empty(), Warp.CUBIC, 1, Optional.empty());
  }

  @Override
  public long memoryBytes(EnergyStack input) {
    return 4L * input.count() * input.grid().size() * (input.variance().isPresent() ? 5 : 4);
  }

  @Override
  public long leastMemoryBytes(EnergyStack input) {
    return 4L * 20 * input.grid().size();
  }

  /// @throws InvalidInput for counts whose flats are not used yet: they do not move with the sample
  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.emptyBeam().isPresent()) {
      throw new InvalidInput(
          "the stack",
          "one of counts whose flats are still to be used",
          "optical density or transmission",
          "put opticalDensity before align: flats do not move with the sample");
    }
    long memory = Math.max(0, watch.memoryBytes() - input.memoryBytes());
    var found =
        input.slices() > 1
            ? VolumeSearch.of(this, input, memory / 2, watch)
            : AlignSearch.of(this, input, memory / 2, watch);
    long each =
        memory / 2 / (input.variance().isPresent() ? 2 : 1) / (input.phase().isPresent() ? 2 : 1);
    var planes = resampled(input, input.images(), found, each, false, watch);
    Optional<Planes> variance =
        input.variance().map(v -> resampled(input, v, found, each, true, watch));
    var phase =
        input
            .phase()
            .map(
                p ->
                    new PhaseImages(
                        resampled(input, p.images(), found, each, false, watch),
                        p.variance().map(v -> resampled(input, v, found, each, true, watch))));
    save.ifPresent(
        file ->
            TransformFile.write(
                file,
                input.energyEv(),
                new TransformFile.Kept(found.transforms(), found.slicesPx())));
    String step = "align: " + found.what() + ", " + interpolation.name().toLowerCase(Locale.ROOT);
    return input
        .withImages(planes, variance, input.quantity())
        .withPhase(phase)
        .withMask(common(planes, known, watch.workers()))
        .withFindings(findings(input, found))
        .withStep(step);
  }

  private Planes resampled(
      EnergyStack input,
      Planes from,
      AlignSearch.Found found,
      long memory,
      boolean variance,
      Watch watch) {
    boolean[] good = input.mask().good();
    var done = new java.util.concurrent.atomic.AtomicInteger();
    return HeldPlanes.of(
        from.count(),
        from.grid(),
        watch.workers(),
        memory,
        (e, into, worker) -> {
          var plane = from.plane(e);
          for (int i = 0; i < good.length; i++) {
            if (!good[i]) {
              plane.values()[i] = Float.NaN;
            }
          }
          var transform = found.transforms().get(e);
          if (input.slices() > 1) {
            MovedVolume.of(
                plane,
                input.slices(),
                transform,
                found.slicesPx()[e],
                interpolation,
                variance,
                into);
          } else {
            var moved =
                variance
                    ? interpolation.variance(plane, transform, Workers.ONE)
                    : interpolation.image(plane, transform, Workers.ONE);
            System.arraycopy(moved.values(), 0, into.values(), 0, good.length);
          }
          watch.tell(
              new Progress.Worked(
                  variance ? "align: variances resampled" : "align: images resampled",
                  done.incrementAndGet() / (double) from.count()));
        });
  }

  /// Pixels that enough images know.
  private static Mask common(Planes planes, double known, Workers workers) {
    int[] seen = new int[planes.grid().size()];
    argand.data.PixelBlocks.forEach(
        planes,
        workers,
        (block, first, length, spectra, worker) -> {
          for (int e = 0; e < planes.count(); e++) {
            for (int i = 0; i < length; i++) {
              if (!Float.isNaN(spectra[e * argand.data.PixelBlocks.SIZE + i])) {
                seen[first + i]++;
              }
            }
          }
        });
    boolean[] good = new boolean[seen.length];
    int count = 0;
    for (int i = 0; i < good.length; i++) {
      good[i] = seen[i] >= Math.max(1, known * planes.count());
      count += good[i] ? 1 : 0;
    }
    if (count == 0) {
      throw new InvalidInput(
          "the field that the aligned images share",
          "empty",
          "some pixels that " + known + " of the images know",
          "lower `known`, or look at the transforms: the drift may be as large as the image");
    }
    return new Mask(planes.grid(), good);
  }

  /// Those found now on top of those found before.
  private static List<Double> along(Optional<PlaneTransforms> before, double[] slicesPx) {
    var all = new ArrayList<Double>();
    for (int e = 0; e < slicesPx.length; e++) {
      boolean moved = before.isPresent() && !before.get().slicesPx().isEmpty();
      all.add(slicesPx[e] + (moved ? before.get().slicesPx().get(e) : 0));
    }
    return all;
  }

  private static Findings findings(EnergyStack input, AlignSearch.Found found) {
    var before = input.findings().transforms();
    var all = new ArrayList<PlaneTransforms.Affine>();
    double[] down = new double[input.count()];
    double[] right = new double[input.count()];
    double largest = 0;
    double squares = 0;
    for (int e = 0; e < input.count(); e++) {
      var one = found.transforms().get(e).affine();
      down[e] = one.rowsPx();
      right[e] = one.columnsPx();
      double along = found.slicesPx().length == 0 ? 0 : found.slicesPx()[e];
      double square = down[e] * down[e] + right[e] * right[e] + along * along;
      largest = Math.max(largest, Math.sqrt(square));
      squares += square / input.count();
      if (before.isPresent()) {
        var old = before.get().of().get(e);
        one =
            new Transform.Affine(
                    old.m00(), old.m01(), old.m10(), old.m11(), old.row0(), old.column0())
                .after(one)
                .affine();
      }
      all.add(
          new PlaneTransforms.Affine(
              one.rowRow(),
              one.rowColumn(),
              one.columnRow(),
              one.columnColumn(),
              one.rowsPx(),
              one.columnsPx()));
    }
    var curves =
        new ArrayList<Curve>(
            List.of(
                new Curve("down", "energy [eV]", "pixels", input.energyEv(), down),
                new Curve("right", "energy [eV]", "pixels", input.energyEv(), right)));
    if (found.slicesPx().length > 0) {
      curves.add(
          new Curve(
              "along the slices", "energy [eV]", "pixels", input.energyEv(), found.slicesPx()));
    }
    Quality quality =
        input
            .findings()
            .quality()
            .withMetric("alignRmsPx", Math.sqrt(squares))
            .withMetric("alignLargestPx", largest)
            .withFigure("Displacements", curves);
    if (found.sigmaPx().isPresent()) {
      double[] sorted = found.sigmaPx().get().clone();
      java.util.Arrays.sort(sorted);
      quality = quality.withMetric("alignSigmaPx", sorted[sorted.length / 2]);
    }
    for (String sentence : found.verdict()) {
      quality = quality.withVerdict(sentence);
    }
    if (before.isPresent()) {
      quality =
          quality.withVerdict(
              "The images were aligned and resampled before; the transforms kept are those of both"
                  + " together: apply them to the raw images to resample once.");
    }
    var findings =
        input
            .findings()
            .with(new PlaneTransforms(all, along(before, found.slicesPx())))
            .with(quality);
    Optional<RealField> pattern = found.pattern();
    return pattern
        .map(
            f ->
                findings.with(
                    Findings.FoundMap.of("pattern of the detector", input.quantity().unit(), f)))
        .orElse(findings);
  }
}
