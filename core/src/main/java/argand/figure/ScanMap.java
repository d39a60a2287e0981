package argand.figure;

import argand.data.Reconstruction;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import argand.metric.Illumination;
import argand.metric.Rectangle;
import java.awt.image.BufferedImage;

/// Where the middle of the probe stood on the sample, from the first view to the last, over a pale
/// picture of the object.
///
/// @param crop the part of the object that `backdrop` shows
record ScanMap(Reconstruction result, Rectangle crop, BufferedImage backdrop) {
  private static final double SIDE = 330;
  private static final double LEFT = 52;
  private static final double TOP = 30;
  private static final double BOTTOM = 62;

  Drawing drawing() {
    var grid = result.object().grid();
    int n = result.positions().count();
    double[] column = new double[n];
    double[] row = new double[n];
    double top = crop.row();
    double left = crop.column();
    double bottom = crop.row() + crop.rows();
    double right = crop.column() + crop.columns();
    for (int j = 0; j < n; j++) {
      row[j] = Illumination.row(result, j) + result.probe().grid().rows() / 2 + 0.5;
      column[j] = Illumination.column(result, j) + result.probe().grid().columns() / 2 + 0.5;
      top = Math.min(top, row[j]);
      bottom = Math.max(bottom, row[j]);
      left = Math.min(left, column[j]);
      right = Math.max(right, column[j]);
    }
    double room = 0.03 * Math.max(bottom - top, right - left);
    top -= room;
    left -= room;
    double height = (bottom + room - top) * grid.pixelY();
    double width = (right + room - left) * grid.pixelX();
    double scale = SIDE / Math.max(width, height);
    double w = width * scale;
    double h = height * scale;
    double perRow = scale * grid.pixelY();
    double perColumn = scale * grid.pixelX();
    var drawing =
        new Drawing(
            LEFT + w + 12,
            TOP + h + BOTTOM,
            "Scan positions: "
                + n
                + " views over "
                + Quantities.length(width)
                + " × "
                + Quantities.length(height));
    drawing.add(
        new Mark.Words(
            0,
            18,
            "Scan positions (" + n + " views)",
            14,
            Side.START,
            Ink.TEXT,
            Turn.NONE,
            Weight.BOLD));
    drawing.add(
        new Mark.Image(
            LEFT + (crop.column() - left) * perColumn,
            TOP + (crop.row() - top) * perRow,
            crop.columns() * perColumn,
            crop.rows() * perRow,
            backdrop));
    drawing.add(new Mark.Box(LEFT, TOP, w, h, Ink.PAPER, 0.72));
    axes(drawing, w, h, width, height);
    double[] x = new double[n];
    double[] y = new double[n];
    for (int j = 0; j < n; j++) {
      x[j] = LEFT + (column[j] - left) * perColumn;
      y[j] = TOP + (row[j] - top) * perRow;
    }
    points(drawing, x, y);
    return drawing;
  }

  private static void points(Drawing drawing, double[] x, double[] y) {
    int n = x.length;
    if (n > 1) {
      drawing.add(new Mark.Line(x, y, Ink.MUTED, 0.25, 0));
    }
    double radius = Math.clamp(40 / Math.sqrt(n), 1.4, 3.4);
    for (int j = 0; j < n; j++) {
      Ink order = new Ink("", ColorMap.VIRIDIS.color(0.9 * (j + 0.5) / n));
      drawing.add(new Mark.Dot(x[j], y[j], radius, order));
    }
    drawing.add(new Mark.Dot(x[0], y[0], 5.5, Ink.ORANGE));
    drawing.add(new Mark.Dot(x[n - 1], y[n - 1], 5.5, Ink.RED));
  }

  private void axes(Drawing drawing, double w, double h, double width, double height) {
    double step = Ticks.step(Math.max(width, height) * 1e6, 5);
    for (double tick : Ticks.linear(0, width * 1e6, (int) Math.max(1, width * 1e6 / step))) {
      double at = LEFT + w * tick * 1e-6 / width;
      drawing.addLine(at, TOP + h, at, TOP + h + 4, Ink.MUTED, 1);
      drawing.addWords(at, TOP + h + 16, Ticks.label(tick, step), 11, Side.MIDDLE, Ink.TEXT);
    }
    for (double tick : Ticks.linear(0, height * 1e6, (int) Math.max(1, height * 1e6 / step))) {
      double at = TOP + h * tick * 1e-6 / height;
      drawing.addLine(LEFT - 4, at, LEFT, at, Ink.MUTED, 1);
      drawing.addWords(LEFT - 7, at + 3.8, Ticks.label(tick, step), 11, Side.END, Ink.TEXT);
    }
    double[] x = {LEFT, LEFT + w, LEFT + w, LEFT, LEFT};
    double[] y = {TOP, TOP, TOP + h, TOP + h, TOP};
    drawing.add(new Mark.Line(x, y, Ink.MUTED, 1, 0));
    drawing.addWords(LEFT + w / 2, TOP + h + 32, "x [µm]", 12, Side.MIDDLE, Ink.MUTED);
    drawing.add(
        new Mark.Words(
            13, TOP + h / 2, "y, down [µm]", 12, Side.MIDDLE, Ink.MUTED, Turn.UP, Weight.PLAIN));
    double line = TOP + h + 52;
    drawing.add(new Mark.Dot(LEFT + 5, line - 4, 4.5, Ink.ORANGE));
    drawing.addWords(LEFT + 14, line, "first view", 11, Side.START, Ink.TEXT);
    drawing.add(new Mark.Dot(LEFT + 85, line - 4, 4.5, Ink.RED));
    drawing.addWords(LEFT + 94, line, "last view", 11, Side.START, Ink.TEXT);
  }
}
