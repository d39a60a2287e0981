package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.ScanPositions;
import argand.physics.Geometry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Whether the positions can be what they claim: a scan over a sample, whose views overlap.
record PositionCheck(Path file, String path, Geometry geometry, Read how) {
  /// A scan larger than this, and than a thousand views, is in other units than metres.
  private static final double LARGEST = 0.02;

  /// The unit is guessed that brings the scan nearest to so many views.
  private static final double USUAL = 3;

  private static final List<Read.PositionUnit> SMALLER =
      List.of(
          Read.PositionUnit.MILLIMETRE, Read.PositionUnit.MICROMETRE, Read.PositionUnit.NANOMETRE);

  void check(ScanPositions positions, List<String> notes) {
    Grid sample = geometry.sample();
    double viewY = sample.rows() * sample.pixelY();
    double viewX = sample.columns() * sample.pixelX();
    double view = Math.min(viewY, viewX);
    double extent = Math.max(positions.extentY(), positions.extentX());
    if (positions.count() == 1) {
      return;
    }
    if (extent > LARGEST && extent > 1000 * view) {
      throw tooFar(positions, view, extent);
    }
    if (extent < Math.min(sample.pixelY(), sample.pixelX())) {
      throw new InvalidInput(
              path,
              "within " + FileUnits.number(extent) + " m for all " + positions.count() + " frames",
              "a scan over more than one pixel of the sample, " + FileUnits.length(sample.pixelY()),
              "if they are in another unit than metres give read: {positionUnit: …}")
          .at(file.toString());
    }
    double[] nearest = nearest(positions);
    double step = nearest[nearest.length / 2];
    if (step > view) {
      noOverlap(step, view, notes);
    } else if (nearest[nearest.length - 1] > view) {
      alone(positions, view, notes);
    }
  }

  private InvalidInput tooFar(ScanPositions positions, double view, double extent) {
    var unit =
        SMALLER.stream()
            .min(
                Comparator.comparingDouble(
                    u -> Math.abs(Math.log(extent * u.metres / (USUAL * view)))))
            .orElseThrow();
    String name = unit.name().toLowerCase(Locale.ROOT);
    String hint =
        "in "
            + name
            + "s it would be "
            + FileUnits.length(extent * unit.metres)
            + ": give read: {positionUnit: "
            + name
            + "}";
    return new InvalidInput(
            "the field of view of the positions in " + path,
            FileUnits.length(positions.extentY()) + " × " + FileUnits.length(positions.extentX()),
            "metres on a sample of which one view covers " + FileUnits.length(view),
            hint)
        .at(file.toString());
  }

  private void noOverlap(double step, double view, List<String> notes) {
    String found =
        "one view covers "
            + FileUnits.length(view)
            + " but neighbouring positions are "
            + FileUnits.length(step)
            + " apart";
    boolean far = geometry.regime() == Geometry.Regime.FAR_FIELD;
    if (far && how.regime() == Read.Regime.AUTO) {
      throw new InvalidInput(
              "the overlap of views",
              "none in the far field: " + found,
              "views that overlap",
              "for a near-field measurement give read: {focusDistance: 3 mm} with a diverging beam or"
                  + " {regime: near} with a parallel one; otherwise check energy, distance, pixel size"
                  + " and positionUnit, or give {regime: far}")
          .at(file.toString());
    }
    notes.add("the views do not overlap: " + found);
  }

  /// Views outside the scanned object: nothing fixes their phase against that of the others.
  private void alone(ScanPositions positions, double view, List<String> notes) {
    int[] alone =
        IntStream.range(0, positions.count()).filter(j -> nearest(positions, j) > view).toArray();
    notes.add(
        alone.length
            + " of "
            + positions.count()
            + " frames overlap no other, the first is frame "
            + alone[0]
            + " of those read, "
            + FileUnits.length(nearest(positions, alone[0]))
            + " from its nearest where one view covers "
            + FileUnits.length(view)
            + ": a wrong position widens the field of view and the memory it needs");
  }

  /// Distances to the nearest other position [m] in rising order, of at most 500 positions.
  private static double[] nearest(ScanPositions positions) {
    int count = positions.count();
    int every = Math.max(1, count / 500);
    double[] nearest = new double[(count + every - 1) / every];
    for (int k = 0; k < nearest.length; k++) {
      nearest[k] = nearest(positions, k * every);
    }
    Arrays.sort(nearest);
    return nearest;
  }

  private static double nearest(ScanPositions positions, int j) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < positions.count(); i++) {
      if (i != j) {
        double y = positions.y()[i] - positions.y()[j];
        double x = positions.x()[i] - positions.x()[j];
        best = Math.min(best, y * y + x * x);
      }
    }
    return Math.sqrt(best);
  }
}
