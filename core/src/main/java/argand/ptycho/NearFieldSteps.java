package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.List;
import java.util.stream.Stream;

/// What the counts of one near-field view say about a linear map of the sample, and about a probe
/// and an object that propagate against each other: seven derivatives of the exit wave,
///
///     T_ab = −P ρ_b ∂_a O          (yy, yx, xy, xx; ρ from the middle of the frame)
///     C_ab = i ∂_a P ∂_b O         (yy, yx + xy, xx)
///
/// One instance for each thread; probes and slopes are taken when it is made.
final class NearFieldSteps {
  /// Number of derivatives.
  static final int COUNT = 7;

  private final PositionSteps steps;
  private final ObjectSlope slope;
  private final PtychoModel model;
  private final ExitWaves down;
  private final ExitWaves right;
  private final List<List<ComplexField>> slopes;

  /// @param ofProbes slopes of each mode
  /// @param slope of the object
  private NearFieldSteps(
      PtychoModel model, List<ComplexField> probes, List<ObjectSlope> ofProbes, ObjectSlope slope) {
    this.model = model;
    this.slope = slope;
    steps = new PositionSteps(model, probes, slope);
    down = new ExitWaves(model, ofProbes.stream().map(ObjectSlope::down).toList());
    right = new ExitWaves(model, ofProbes.stream().map(ObjectSlope::right).toList());
    slopes =
        Stream.generate(() -> LsqMlRoom.fields(model.windows(), down.count()))
            .limit(COUNT)
            .toList();
  }

  /// One for each thread.
  ///
  /// @param slope of the object
  static NearFieldSteps[] of(
      PtychoModel model, List<ComplexField> probes, ObjectSlope slope, Workers workers) {
    var ofProbes =
        probes.stream()
            .map(
                probe -> {
                  var of = new ObjectSlope(probe.grid(), workers);
                  of.take(probe);
                  return of;
                })
            .toList();
    var rooms = new NearFieldSteps[workers.threads()];
    for (int k = 0; k < rooms.length; k++) {
      rooms[k] = new NearFieldSteps(model, probes, ofProbes, slope);
    }
    return rooms;
  }

  /// Normal equations of T_yy, T_yx, T_xy, T_xx, C_yy, C_yx + C_xy, C_xx.
  NormalEquations of(ComplexField object, int j) {
    steps.setMaps(j, slopes);
    for (int m = 0; m < down.count(); m++) {
      var ofDown = down.probe(m, j);
      var ofRight = right.probe(m, j);
      setCrossed(ofDown, slope.down(), j, slopes.get(4).get(m));
      slopes.get(5).get(m).setAll(0, 0);
      addCrossed(ofDown, slope.right(), j, slopes.get(5).get(m));
      addCrossed(ofRight, slope.down(), j, slopes.get(5).get(m));
      setCrossed(ofRight, slope.right(), j, slopes.get(6).get(m));
    }
    return steps.gather(object, j, slopes);
  }

  private void setCrossed(ComplexField p, ComplexField o, int j, ComplexField into) {
    into.setAll(0, 0);
    addCrossed(p, o, j, into);
  }

  /// into ← into + i p o
  private void addCrossed(ComplexField p, ComplexField o, int j, ComplexField into) {
    var under = model.under(o, j);
    int rows = into.grid().rows();
    int columns = into.grid().columns();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * into.pitch() + c;
        int k = under.offset() + r * under.pitch() + c;
        into.re()[i] -= p.re()[i] * under.im()[k] + p.im()[i] * under.re()[k];
        into.im()[i] += p.re()[i] * under.re()[k] - p.im()[i] * under.im()[k];
      }
    }
  }
}
