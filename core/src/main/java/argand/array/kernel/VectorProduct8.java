package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Products of a tile of eight rows and two vectors of columns, all of whose sums stay in
/// registers,
/// for machines with 32 registers of 16 lanes.
/// Load only when {@link Simd#AVAILABLE}.
final class VectorProduct8 {
  private VectorProduct8() {}

  static final int ROWS = 8;

  /// See {@link ProductTile#ofStrip}; columns `x` to `x` + 2 lanes, rows `row` to `row` + 8.
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
    var left4 = FloatVector.broadcast(FLOATS, start[st + 4]);
    var right4 = left4;
    var left5 = FloatVector.broadcast(FLOATS, start[st + 5]);
    var right5 = left5;
    var left6 = FloatVector.broadcast(FLOATS, start[st + 6]);
    var right6 = left6;
    var left7 = FloatVector.broadcast(FLOATS, start[st + 7]);
    var right7 = left7;
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
      var a4 = FloatVector.broadcast(FLOATS, a[i + 4]);
      left4 = a4.fma(left, left4);
      right4 = a4.fma(right, right4);
      var a5 = FloatVector.broadcast(FLOATS, a[i + 5]);
      left5 = a5.fma(left, left5);
      right5 = a5.fma(right, right5);
      var a6 = FloatVector.broadcast(FLOATS, a[i + 6]);
      left6 = a6.fma(left, left6);
      right6 = a6.fma(right, right6);
      var a7 = FloatVector.broadcast(FLOATS, a[i + 7]);
      left7 = a7.fma(left, left7);
      right7 = a7.fma(right, right7);
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
      left4 = left4.add(FloatVector.fromArray(FLOATS, c, ct + 4 * pitch));
      right4 = right4.add(FloatVector.fromArray(FLOATS, c, ct + 4 * pitch + WIDTH));
      left5 = left5.add(FloatVector.fromArray(FLOATS, c, ct + 5 * pitch));
      right5 = right5.add(FloatVector.fromArray(FLOATS, c, ct + 5 * pitch + WIDTH));
      left6 = left6.add(FloatVector.fromArray(FLOATS, c, ct + 6 * pitch));
      right6 = right6.add(FloatVector.fromArray(FLOATS, c, ct + 6 * pitch + WIDTH));
      left7 = left7.add(FloatVector.fromArray(FLOATS, c, ct + 7 * pitch));
      right7 = right7.add(FloatVector.fromArray(FLOATS, c, ct + 7 * pitch + WIDTH));
    }
    left0.intoArray(c, ct + 0 * pitch);
    right0.intoArray(c, ct + 0 * pitch + WIDTH);
    left1.intoArray(c, ct + 1 * pitch);
    right1.intoArray(c, ct + 1 * pitch + WIDTH);
    left2.intoArray(c, ct + 2 * pitch);
    right2.intoArray(c, ct + 2 * pitch + WIDTH);
    left3.intoArray(c, ct + 3 * pitch);
    right3.intoArray(c, ct + 3 * pitch + WIDTH);
    left4.intoArray(c, ct + 4 * pitch);
    right4.intoArray(c, ct + 4 * pitch + WIDTH);
    left5.intoArray(c, ct + 5 * pitch);
    right5.intoArray(c, ct + 5 * pitch + WIDTH);
    left6.intoArray(c, ct + 6 * pitch);
    right6.intoArray(c, ct + 6 * pitch + WIDTH);
    left7.intoArray(c, ct + 7 * pitch);
    right7.intoArray(c, ct + 7 * pitch + WIDTH);
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
    var left4 = FloatVector.zero(FLOATS);
    var right4 = left4;
    var left5 = FloatVector.zero(FLOATS);
    var right5 = left5;
    var left6 = FloatVector.zero(FLOATS);
    var right6 = left6;
    var left7 = FloatVector.zero(FLOATS);
    var right7 = left7;
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
        var a4 = FloatVector.broadcast(FLOATS, a[i + 4 * ProductTile.COLUMNS]);
        left4 = a4.fma(left, left4);
        right4 = a4.fma(right, right4);
        var a5 = FloatVector.broadcast(FLOATS, a[i + 5 * ProductTile.COLUMNS]);
        left5 = a5.fma(left, left5);
        right5 = a5.fma(right, right5);
        var a6 = FloatVector.broadcast(FLOATS, a[i + 6 * ProductTile.COLUMNS]);
        left6 = a6.fma(left, left6);
        right6 = a6.fma(right, right6);
        var a7 = FloatVector.broadcast(FLOATS, a[i + 7 * ProductTile.COLUMNS]);
        left7 = a7.fma(left, left7);
        right7 = a7.fma(right, right7);
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
    left4.add(FloatVector.fromArray(FLOATS, c, ct + 4 * pitch)).intoArray(c, ct + 4 * pitch);
    right4
        .add(FloatVector.fromArray(FLOATS, c, ct + 4 * pitch + WIDTH))
        .intoArray(c, ct + 4 * pitch + WIDTH);
    left5.add(FloatVector.fromArray(FLOATS, c, ct + 5 * pitch)).intoArray(c, ct + 5 * pitch);
    right5
        .add(FloatVector.fromArray(FLOATS, c, ct + 5 * pitch + WIDTH))
        .intoArray(c, ct + 5 * pitch + WIDTH);
    left6.add(FloatVector.fromArray(FLOATS, c, ct + 6 * pitch)).intoArray(c, ct + 6 * pitch);
    right6
        .add(FloatVector.fromArray(FLOATS, c, ct + 6 * pitch + WIDTH))
        .intoArray(c, ct + 6 * pitch + WIDTH);
    left7.add(FloatVector.fromArray(FLOATS, c, ct + 7 * pitch)).intoArray(c, ct + 7 * pitch);
    right7
        .add(FloatVector.fromArray(FLOATS, c, ct + 7 * pitch + WIDTH))
        .intoArray(c, ct + 7 * pitch + WIDTH);
  }
}
