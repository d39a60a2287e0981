package argand.figure;

import argand.array.RealField;
import argand.figure.Drawing.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lines of equal value through an image, between the middles of its pixels (marching squares), as
/// long as they go on.
final class Outlines {
  /// An end of a line: where it crosses the edge between two neighbouring pixels.
  private record Crossing(int pixel, boolean down) {}

  private final RealField field;
  private final double level;
  private final Map<Crossing, List<Crossing>> next = new HashMap<>();

  private Outlines(RealField field, double level) {
    this.field = field;
    this.level = level;
  }

  /// Points of each line: rows, then columns, in pixels from the middle of the first.
  static List<double[][]> of(RealField field, double level) {
    var outlines = new Outlines(field, level);
    outlines.cross();
    return outlines.lines();
  }

  /// Draws the outlines of an image over a panel that shows the same field.
  static void over(Drawing drawing, Panel panel, RealField field, double level) {
    double perRow = panel.shownHeight() / field.grid().rows();
    double perColumn = panel.shownWidth() / field.grid().columns();
    for (double[][] line : of(field, level)) {
      double[] x = new double[line[0].length];
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = (line[1][i] + 0.5) * perColumn;
        y[i] = Panel.TOP + (line[0][i] + 0.5) * perRow;
      }
      drawing.add(new Mark.Line(x, y, Ink.BLACK, 1.8, 0));
      drawing.add(new Mark.Line(x, y, Ink.WHITE, 0.9, 0));
    }
  }

  private boolean above(int pixel) {
    return field.values()[pixel] > level;
  }

  /// Joins the crossings of every square of four pixels.
  private void cross() {
    int columns = field.grid().columns();
    for (int r = 0; r + 1 < field.grid().rows(); r++) {
      for (int c = 0; c + 1 < columns; c++) {
        int here = r * columns + c;
        var ends = new ArrayList<Crossing>();
        add(ends, here, here + 1, false);
        add(ends, here + 1, here + 1 + columns, true);
        add(ends, here + columns, here + columns + 1, false);
        add(ends, here, here + columns, true);
        for (int k = 0; k + 1 < ends.size(); k += 2) {
          join(ends.get(k), ends.get(k + 1));
        }
      }
    }
  }

  private void add(List<Crossing> ends, int from, int to, boolean down) {
    if (above(from) != above(to)) {
      ends.add(new Crossing(from, down));
    }
  }

  private void join(Crossing a, Crossing b) {
    next.computeIfAbsent(a, k -> new ArrayList<>()).add(b);
    next.computeIfAbsent(b, k -> new ArrayList<>()).add(a);
  }

  private List<double[][]> lines() {
    var lines = new ArrayList<double[][]>();
    // in the order of the pixels, so that the same image gives the same lines
    for (int i = 0; i < field.values().length; i++) {
      for (boolean down : new boolean[] {false, true}) {
        var start = new Crossing(i, down);
        while (next.containsKey(start)) {
          Deque<Crossing> line = new ArrayDeque<>();
          line.add(start);
          follow(line, true);
          follow(line, false);
          lines.add(places(line));
        }
      }
    }
    return lines;
  }

  /// Goes on from an end as long as there is a piece, taking each once.
  private void follow(Deque<Crossing> line, boolean last) {
    while (true) {
      Crossing end = last ? line.getLast() : line.getFirst();
      var on = next.get(end);
      if (on == null) {
        return;
      }
      Crossing other = on.getFirst();
      take(end, other);
      take(other, end);
      if (last) {
        line.addLast(other);
      } else {
        line.addFirst(other);
      }
    }
  }

  private void take(Crossing from, Crossing to) {
    var on = next.get(from);
    if (on != null) {
      on.remove(to);
      if (on.isEmpty()) {
        next.remove(from);
      }
    }
  }

  private double[][] places(Deque<Crossing> line) {
    int columns = field.grid().columns();
    double[][] places = new double[2][line.size()];
    int i = 0;
    for (var crossing : line) {
      int to = crossing.pixel() + (crossing.down() ? columns : 1);
      double a = field.values()[crossing.pixel()];
      double b = field.values()[to];
      double share = (level - a) / (b - a);
      places[0][i] = crossing.pixel() / columns + (crossing.down() ? share : 0);
      places[1][i] = crossing.pixel() % columns + (crossing.down() ? 0 : share);
      i++;
    }
    return places;
  }
}
