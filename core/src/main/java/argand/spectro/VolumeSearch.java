package argand.spectro;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Source;
import argand.flow.Watch;
import argand.register.JointRegistration.Magnification;
import argand.register.Transform;
import argand.register.Transform.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How volumes lie, by the method of an {@link Align}, displacements alone.
///
/// A volume that is displaced has projections (means along each axis) that are displaced likewise:
/// (1) the stacks of projections along slices, rows and columns are registered as images are;
/// (2) each displacement is thus found twice, and the mean of the two is taken, weighted by 1/σ²
///     where the method knows it;
/// (3) half of what the two differ by, rms over energies and axes, says how well they are known
///     (in the verdict).
final class VolumeSearch {
  private static final int LEAST_SLICES = 16;

  /// Axes of a volume: slices, rows, columns.
  private static final int AXES = 3;

  private final EnergyStack stack;
  private final IncidentBeam.Region region;
  private final int[] size;
  private final Grid slice;

  private VolumeSearch(Align how, EnergyStack stack) {
    this.stack = stack;
    slice = stack.sliceGrid();
    region = how.region().orElse(new IncidentBeam.Region(0, 0, slice.rows(), slice.columns()));
    Rectangles.mask(slice, region);
    size = new int[] {stack.slices(), region.rows(), region.columns()};
  }

  static AlignSearch.Found of(Align how, EnergyStack stack, long memory, Watch watch) {
    if (how.method() instanceof AlignMethod.Given(var file)) {
      return given(file, stack);
    }
    if (stack.slices() < LEAST_SLICES) {
      throw new InvalidInput(
          "slices of the volumes to be aligned",
          stack.slices(),
          "at least " + LEAST_SLICES,
          "align projections before volumes are reconstructed of them");
    }
    var search = new VolumeSearch(how, stack);
    var method = displacements(how.method());
    var found = new AlignSearch.Found[AXES];
    var views = search.projected(watch);
    for (int axis = 0; axis < AXES; axis++) {
      found[axis] = AlignSearch.of(Align.by(method), views.get(axis), memory, watch);
    }
    return search.joined(found);
  }

  private static AlignSearch.Found given(java.nio.file.Path file, EnergyStack stack) {
    var kept = TransformFile.read(file, stack.energyEv());
    if (kept.slicesPx().length == 0
        || kept.transforms().stream().anyMatch(t -> !(t instanceof Transform.Translation))) {
      throw new InvalidInput(
          file.toString(),
          "transforms of images",
          "displacements of volumes, with those along their slices",
          "");
    }
    return new AlignSearch.Found(
        kept.transforms(),
        kept.slicesPx(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "transforms of " + file.getFileName());
  }

  /// The method, as far as it finds displacements of what has no detector.
  private static AlignMethod displacements(AlignMethod method) {
    return switch (method) {
      case AlignMethod.EdgeAware m when m.magnification() == Magnification.NONE ->
          new AlignMethod.EdgeAware(m.components(), Magnification.NONE, false);
      case AlignMethod.Pyramid m when m.model() == Model.TRANSLATION -> m;
      case AlignMethod.PhaseCorrelation m ->
          new AlignMethod.PhaseCorrelation(m.weight(), false, m.reference());
      default ->
          throw new InvalidInput(
              "method",
              method.toString(),
              "one that finds displacements alone, for volumes",
              "write edgeAware, phaseCorrelation, or pyramid with model: translation");
    };
  }

  /// Means along slices, rows and columns over the voxels that are known, a stack for each.
  private List<EnergyStack> projected(Watch watch) {
    var images = new RealField[AXES][stack.count()];
    var variances = new RealField[AXES][stack.count()];
    watch
        .workers()
        .forEach(
            stack.count(),
            (e, worker) -> {
              var plane = stack.images().plane(e);
              var sums = new float[AXES][][];
              Arrays.setAll(sums, axis -> projection(plane.values(), axis));
              for (int axis = 0; axis < AXES; axis++) {
                images[axis][e] = new RealField(grid(axis), mean(sums[axis], false));
              }
              if (stack.variance().isPresent()) {
                var variance = stack.variance().get().plane(e);
                for (int axis = 0; axis < AXES; axis++) {
                  float[][] sum = projection(variance.values(), axis);
                  variances[axis][e] = new RealField(grid(axis), mean(sum, true));
                }
              }
            });
    var views = new ArrayList<EnergyStack>();
    for (int axis = 0; axis < AXES; axis++) {
      views.add(
          new EnergyStack(
              stack.energyEv(),
              Planes.of(List.of(images[axis])),
              stack.variance().isPresent()
                  ? Optional.of(Planes.of(List.of(variances[axis])))
                  : Optional.empty(),
              stack.quantity(),
              Optional.empty(),
              Mask.all(grid(axis)),
              stack.angle(),
              Findings.NONE,
              Source.NONE));
    }
    return views;
  }

  /// Of the projection along an axis: the two others, in their order.
  private Grid grid(int axis) {
    return slice.resized(size[axis == 0 ? 1 : 0], size[axis == 2 ? 1 : 2]);
  }

  /// Sums, and numbers of voxels in them.
  private float[][] projection(float[] volume, int axis) {
    Grid grid = grid(axis);
    double[] sum = new double[grid.size()];
    float[] seen = new float[grid.size()];
    boolean[] good = stack.mask().good();
    for (int s = 0; s < size[0]; s++) {
      for (int r = 0; r < size[1]; r++) {
        for (int c = 0; c < size[2]; c++) {
          int i = (s * slice.rows() + region.row() + r) * slice.columns() + region.column() + c;
          if (good[i] && Float.isFinite(volume[i])) {
            int row = axis == 0 ? r : s;
            int column = axis == 2 ? r : c;
            sum[row * grid.columns() + column] += volume[i];
            seen[row * grid.columns() + column]++;
          }
        }
      }
    }
    float[] rounded = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      rounded[i] = (float) sum[i];
    }
    return new float[][] {rounded, seen};
  }

  /// @param variance of a mean: over the number once more
  private static float[] mean(float[][] sum, boolean variance) {
    float[] mean = new float[sum[0].length];
    for (int i = 0; i < mean.length; i++) {
      float n = sum[1][i];
      mean[i] = n == 0 ? Float.NaN : sum[0][i] / (variance ? n * n : n);
    }
    return mean;
  }

  /// (2), (3)
  private AlignSearch.Found joined(AlignSearch.Found[] found) {
    int count = stack.count();
    double[][] at = new double[AXES][count];
    double[] sigma = new double[count];
    boolean known = found[0].sigmaPx().isPresent();
    double squares = 0;
    for (int e = 0; e < count; e++) {
      for (int axis = 0; axis < AXES; axis++) {
        double sum = 0;
        double weights = 0;
        double first = Double.NaN;
        for (int along = 0; along < AXES; along++) {
          if (along == axis) {
            continue;
          }
          var affine = found[along].transforms().get(e).affine();
          boolean rows = axis == (along == 0 ? 1 : 0);
          double value = rows ? affine.rowsPx() : affine.columnsPx();
          double weight = known ? 1 / square(found[along].sigmaPx().orElseThrow()[e]) : 1;
          Check.within("σ of a displacement", 1 / weight, 0, 1e12, "px²");
          sum += weight * value;
          weights += weight;
          if (Double.isNaN(first)) {
            first = value;
          } else {
            squares += square(0.5 * (value - first)) / (AXES * count);
          }
        }
        at[axis][e] = sum / weights;
        sigma[e] = Math.max(sigma[e], Math.sqrt(1 / weights));
      }
    }
    var verdict = new ArrayList<String>();
    for (var one : found) {
      one.verdict().stream().filter(v -> !verdict.contains(v)).forEach(verdict::add);
    }
    verdict.add(
        String.format(
            Locale.ROOT,
            "Volumes were aligned by their projections; displacements found in two of them differ"
                + " by %.3f px from their mean (rms).",
            Math.sqrt(squares)));
    var transforms = new ArrayList<Transform>();
    for (int e = 0; e < count; e++) {
      transforms.add(new Transform.Translation(at[1][e], at[2][e]));
    }
    return new AlignSearch.Found(
        transforms,
        at[0],
        known ? Optional.of(sigma) : Optional.empty(),
        Optional.empty(),
        verdict,
        "projections of volumes, " + found[0].what());
  }

  private static double square(double x) {
    return x * x;
  }
}
