package argand.figure;

import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;

/// A bar of a round length: the largest of 1, 2 or 5 × 10ⁿ that fits into a third of the width.
/// Light on a dark ground of its own, so that it reads on light and dark images.
///
/// @param length [m]
public record ScaleBar(double length) {
  private static final double SHARE = 1.0 / 3;

  /// For an image of this width [m].
  public static ScaleBar forWidth(double width) {
    double most = width * SHARE;
    // A length of just 1, 2 or 5 must not fall to the next lower one by rounding.
    double power = Math.pow(10, Math.floor(Math.log10(most) + 1e-9));
    double leading = most / power * (1 + 1e-9);
    return new ScaleBar((leading >= 5 ? 5 : leading >= 2 ? 2 : 1) * power);
  }

  /// `2 µm`, `500 nm`
  public String label() {
    return Quantities.length(length);
  }

  /// Into the lower left corner of an image at (x, y) whose width of `points` shows `width` metres.
  void draw(Drawing drawing, double x, double y, double height, double points, double width) {
    double bar = points * length / width;
    double letters = 0.62 * 12 * label().length();
    double ground = Math.max(bar, letters) + 16;
    double top = y + height - 42;
    double left = x + 8;
    drawing.add(new Mark.Box(left, top, ground, 34, Ink.BLACK, 0.62));
    drawing.add(
        new Mark.Words(
            left + ground / 2,
            top + 15,
            label(),
            12,
            Side.MIDDLE,
            Ink.WHITE,
            Turn.NONE,
            Weight.BOLD));
    drawing.add(new Mark.Box(left + (ground - bar) / 2, top + 22, bar, 4.5, Ink.WHITE, 1));
  }
}
