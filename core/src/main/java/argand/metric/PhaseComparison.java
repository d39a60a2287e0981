package argand.metric;

import argand.array.RealField;
import argand.data.Phases;
import argand.data.Quality;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import java.util.Optional;

/// Compounds that were found against those that are there, and a small piece in one element's map.
///
/// * `phaseRight`: the share of the pixels with metal, by the truth, that have their compound;
///   undecided ones and those where nothing was found are not right;
/// * `phaseRightInside`: the same without pixels that touch, be it by a corner, another compound or
///   none;
/// * `phaseInvented`: pixels that were given a compound and have too little metal for one, over
/// those
///   that have enough;
/// * `pieceContrast`: mean of the map over the pixels that have half of the piece's most, less the
///   mean around it, over the standard deviation around it or the median error there, whichever is
///   greater. Around it are the pixels with metal but nothing of this element up to three radii
/// from
///   its middle.
final class PhaseComparison {
  /// Name of the truth's map of compounds.
  private static final String PHASE = "phase";

  /// Beginning of the name of the truth's map of a piece; the map it is hidden in follows.
  private static final String PIECE = "piece in ";

  private static final double CORE = 0.5;
  private static final double NEAR = 3;

  /// Of the element's most: as good as nothing.
  private static final double NOTHING = 1e-6;

  private PhaseComparison() {}

  static Quality between(StructuredScan found, ScanMaps truth) {
    var phase = map(truth, PHASE);
    if (phase.isEmpty()) {
      return Quality.NONE;
    }
    var quality = Quality.NONE;
    var phases = found.findings().phases();
    if (phases.isPresent() && phases.get().grid().size() == truth.grid().size()) {
      quality = right(phases.get(), phase.get());
    }
    for (var one : truth.maps()) {
      if (one.name().startsWith(PIECE)) {
        String name = one.name().substring(PIECE.length());
        var element = map(truth, name);
        if (element.isPresent()) {
          quality = contrast(quality, found, name, phase.get(), element.get(), one.values());
        }
      }
    }
    return quality;
  }

  private static Optional<RealField> map(ScanMaps maps, String name) {
    return maps.maps().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .map(ScanMaps.Map::values);
  }

  private static Quality right(Phases phases, RealField truth) {
    int all = 0;
    int right = 0;
    int inside = 0;
    int rightInside = 0;
    int invented = 0;
    for (int i = 0; i < truth.values().length; i++) {
      float known = truth.values()[i];
      if (Float.isNaN(known)) {
        invented += phases.label()[i] >= 0 ? 1 : 0;
        continue;
      }
      boolean same = phases.label()[i] == (int) known;
      all++;
      right += same ? 1 : 0;
      if (isInside(truth, i)) {
        inside++;
        rightInside += same ? 1 : 0;
      }
    }
    return Quality.NONE
        .withMetric("phaseRight", (double) right / all)
        .withMetric("phaseRightInside", (double) rightInside / inside)
        .withMetric("phaseInvented", (double) invented / all);
  }

  private static boolean isInside(RealField truth, int pixel) {
    int rows = truth.grid().rows();
    int columns = truth.grid().columns();
    for (int r = pixel / columns - 1; r <= pixel / columns + 1; r++) {
      for (int c = pixel % columns - 1; c <= pixel % columns + 1; c++) {
        boolean outside = r < 0 || r >= rows || c < 0 || c >= columns;
        if (!outside && truth.at(r, c) != truth.values()[pixel]) {
          return false;
        }
      }
    }
    return true;
  }

  private static Quality contrast(
      Quality quality,
      StructuredScan found,
      String name,
      RealField phase,
      RealField element,
      RealField piece) {
    var map = found.findings().map(name);
    if (map.isEmpty() || map.get().values().grid().size() != piece.grid().size()) {
      return quality;
    }
    float[] values = map.get().values().values();
    int columns = piece.grid().columns();
    double core = CORE * piece.max();
    double row = 0;
    double column = 0;
    double mean = 0;
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (piece.values()[i] > core) {
        row += i / columns;
        column += i % columns;
        mean += values[i];
        n++;
      }
    }
    double near = NEAR * Math.sqrt(n / Math.PI);
    double nothing = NOTHING * element.max();
    double sum = 0;
    double squares = 0;
    int around = 0;
    double[] errors = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean close = Math.hypot(i / columns - row / n, i % columns - column / n) < near;
      if (close && !Float.isNaN(phase.values()[i]) && element.values()[i] <= nothing) {
        sum += values[i];
        squares += (double) values[i] * values[i];
        int at = i;
        errors[around++] = map.get().sigma().map(s -> (double) s.values()[at]).orElse(0.0);
      }
    }
    if (n == 0 || around < 2) {
      return quality;
    }
    double spread = Math.sqrt(Math.max(0, squares - sum * sum / around) / (around - 1));
    double error = argand.array.Median.of(java.util.Arrays.copyOf(errors, around));
    double contrast = mean / n - sum / around;
    return quality.withMetric("pieceContrast", contrast / Math.max(spread, error));
  }
}
