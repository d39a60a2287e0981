package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Products of a tile of four rows and two vectors of columns, all of whose sums stay in registers,
/// for machines with 16 registers.
/// Load only when {@link Simd#AVAILABLE}.
final class VectorProduct4 {
  private VectorProduct4() {}

  static final int ROWS = 4;

  /// See {@link ProductTile#ofStrip}; columns `x` to `x` + 2 lanes, rows `row` to `row` + 4.
  static void ofStrip(
      int depth,
      float[] a,
      int at,
      float[] b,
      int bt,
      float[] start,
      int st,
      float[] c,
      int ct,
      int pitch,
      boolean add) {
    var left0 = FloatVector.broadcast(FLOATS, start[st + 0]);
    var right0 = left0;
    var left1 = FloatVector.broadcast(FLOATS, start[st + 1]);
    var right1 = left1;
    var left2 = FloatVector.broadcast(FLOATS, start[st + 2]);
    var right2 = left2;
    var left3 = FloatVector.broadcast(FLOATS, start[st + 3]);
    var right3 = left3;
    for (int k = 0; k < depth; k++) {
      int i = at + k * ProductTile.ROWS;
      int j = bt + k * ProductTile.COLUMNS;
      var left = FloatVector.fromArray(FLOATS, b, j);
      var right = FloatVector.fromArray(FLOATS, b, j + WIDTH);
      var a0 = FloatVector.broadcast(FLOATS, a[i + 0]);
      left0 = a0.fma(left, left0);
      right0 = a0.fma(right, right0);
      var a1 = FloatVector.broadcast(FLOATS, a[i + 1]);
      left1 = a1.fma(left, left1);
      right1 = a1.fma(right, right1);
      var a2 = FloatVector.broadcast(FLOATS, a[i + 2]);
      left2 = a2.fma(left, left2);
      right2 = a2.fma(right, right2);
      var a3 = FloatVector.broadcast(FLOATS, a[i + 3]);
      left3 = a3.fma(left, left3);
      right3 = a3.fma(right, right3);
    }
    if (add) {
      left0 = left0.add(FloatVector.fromArray(FLOATS, c, ct + 0 * pitch));
      right0 = right0.add(FloatVector.fromArray(FLOATS, c, ct + 0 * pitch + WIDTH));
      left1 = left1.add(FloatVector.fromArray(FLOATS, c, ct + 1 * pitch));
      right1 = right1.add(FloatVector.fromArray(FLOATS, c, ct + 1 * pitch + WIDTH));
      left2 = left2.add(FloatVector.fromArray(FLOATS, c, ct + 2 * pitch));
      right2 = right2.add(FloatVector.fromArray(FLOATS, c, ct + 2 * pitch + WIDTH));
      left3 = left3.add(FloatVector.fromArray(FLOATS, c, ct + 3 * pitch));
      right3 = right3.add(FloatVector.fromArray(FLOATS, c, ct + 3 * pitch + WIDTH));
    }
    left0.intoArray(c, ct + 0 * pitch);
    right0.intoArray(c, ct + 0 * pitch + WIDTH);
    left1.intoArray(c, ct + 1 * pitch);
    right1.intoArray(c, ct + 1 * pitch + WIDTH);
    left2.intoArray(c, ct + 2 * pitch);
    right2.intoArray(c, ct + 2 * pitch + WIDTH);
    left3.intoArray(c, ct + 3 * pitch);
    right3.intoArray(c, ct + 3 * pitch + WIDTH);
  }

  /// See {@link ProductTile#ofPanels}.
  static void ofPanels(
      int panels,
      float[] a,
      int at,
      int aStep,
      float[] b,
      int bt,
      int bStep,
      float[] c,
      int ct,
      int pitch) {
    var left0 = FloatVector.zero(FLOATS);
    var right0 = left0;
    var left1 = FloatVector.zero(FLOATS);
    var right1 = left1;
    var left2 = FloatVector.zero(FLOATS);
    var right2 = left2;
    var left3 = FloatVector.zero(FLOATS);
    var right3 = left3;
    for (int p = 0; p < panels; p++) {
      for (int k = 0; k < ProductTile.COLUMNS; k++) {
        int i = at + p * aStep + k;
        int j = bt + p * bStep + k * ProductTile.COLUMNS;
        var left = FloatVector.fromArray(FLOATS, b, j);
        var right = FloatVector.fromArray(FLOATS, b, j + WIDTH);
        var a0 = FloatVector.broadcast(FLOATS, a[i + 0 * ProductTile.COLUMNS]);
        left0 = a0.fma(left, left0);
        right0 = a0.fma(right, right0);
        var a1 = FloatVector.broadcast(FLOATS, a[i + 1 * ProductTile.COLUMNS]);
        left1 = a1.fma(left, left1);
        right1 = a1.fma(right, right1);
        var a2 = FloatVector.broadcast(FLOATS, a[i + 2 * ProductTile.COLUMNS]);
        left2 = a2.fma(left, left2);
        right2 = a2.fma(right, right2);
        var a3 = FloatVector.broadcast(FLOATS, a[i + 3 * ProductTile.COLUMNS]);
        left3 = a3.fma(left, left3);
        right3 = a3.fma(right, right3);
      }
    }
    left0.add(FloatVector.fromArray(FLOATS, c, ct + 0 * pitch)).intoArray(c, ct + 0 * pitch);
    right0
        .add(FloatVector.fromArray(FLOATS, c, ct + 0 * pitch + WIDTH))
        .intoArray(c, ct + 0 * pitch + WIDTH);
    left1.add(FloatVector.fromArray(FLOATS, c, ct + 1 * pitch)).intoArray(c, ct + 1 * pitch);
    right1
        .add(FloatVector.fromArray(FLOATS, c, ct + 1 * pitch + WIDTH))
        .intoArray(c, ct + 1 * pitch + WIDTH);
    left2.add(FloatVector.fromArray(FLOATS, c, ct + 2 * pitch)).intoArray(c, ct + 2 * pitch);
    right2
        .add(FloatVector.fromArray(FLOATS, c, ct + 2 * pitch + WIDTH))
        .intoArray(c, ct + 2 * pitch + WIDTH);
    left3.add(FloatVector.fromArray(FLOATS, c, ct + 3 * pitch)).intoArray(c, ct + 3 * pitch);
    right3
        .add(FloatVector.fromArray(FLOATS, c, ct + 3 * pitch + WIDTH))
        .intoArray(c, ct + 3 * pitch + WIDTH);
  }
}
