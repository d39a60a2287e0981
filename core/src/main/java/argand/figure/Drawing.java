package argand.figure;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A figure as a list of marks in order of painting, to be written as SVG ({@link Svg}) or as
/// pixels ({@link Raster}).
///
/// Lengths are in points of the page, x to the right and y down.
public final class Drawing {
  /// What a figure is made of.
  public sealed interface Mark {
    /// A filled rectangle.
    record Box(double x, double y, double width, double height, Ink fill, double opacity)
        implements Mark {}

    /// Straight lines through points; dashed lines have their dash length, others 0.
    record Line(double[] x, double[] y, Ink ink, double thickness, double dash) implements Mark {}

    /// A filled disc with a thin rim of the paper's colour.
    record Dot(double x, double y, double radius, Ink fill) implements Mark {}

    /// Words on their base line.
    record Words(
        double x, double y, String text, double size, Side side, Ink ink, Turn turn, Weight weight)
        implements Mark {}

    /// An image scaled into a rectangle.
    record Image(double x, double y, double width, double height, BufferedImage pixels)
        implements Mark {}
  }

  /// Which point of the words lies at x.
  public enum Side {
    START,
    MIDDLE,
    END
  }

  /// Along the page, or upwards.
  public enum Turn {
    NONE,
    UP
  }

  /// Of letters.
  public enum Weight {
    PLAIN,
    BOLD
  }

  private final double width;
  private final double height;
  private final String description;
  private final List<Mark> marks = new ArrayList<>();

  /// @param description what the figure shows, for those who cannot see it
  public Drawing(double width, double height, String description) {
    this.width = width;
    this.height = height;
    this.description = description;
  }

  public double width() {
    return width;
  }

  public double height() {
    return height;
  }

  public String description() {
    return description;
  }

  public List<Mark> marks() {
    return Collections.unmodifiableList(marks);
  }

  /// The same with an empty margin around, for a file of its own.
  Drawing framed(double margin) {
    var framed = new Drawing(width + 2 * margin, height + 2 * margin, description);
    for (var mark : marks) {
      framed.add(
          switch (mark) {
            case Mark.Box m ->
                new Mark.Box(
                    m.x() + margin, m.y() + margin, m.width(), m.height(), m.fill(), m.opacity());
            case Mark.Line m ->
                new Mark.Line(
                    moved(m.x(), margin), moved(m.y(), margin), m.ink(), m.thickness(), m.dash());
            case Mark.Dot m -> new Mark.Dot(m.x() + margin, m.y() + margin, m.radius(), m.fill());
            case Mark.Words m ->
                new Mark.Words(
                    m.x() + margin,
                    m.y() + margin,
                    m.text(),
                    m.size(),
                    m.side(),
                    m.ink(),
                    m.turn(),
                    m.weight());
            case Mark.Image m ->
                new Mark.Image(m.x() + margin, m.y() + margin, m.width(), m.height(), m.pixels());
          });
    }
    return framed;
  }

  private static double[] moved(double[] values, double by) {
    double[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by;
    }
    return moved;
  }

  /// Paints one more mark over the others.
  Drawing add(Mark mark) {
    marks.add(mark);
    return this;
  }

  Drawing addLine(double x1, double y1, double x2, double y2, Ink ink, double thickness) {
    return add(new Mark.Line(new double[] {x1, x2}, new double[] {y1, y2}, ink, thickness, 0));
  }

  Drawing addWords(double x, double y, String text, double size, Side side, Ink ink) {
    return add(new Mark.Words(x, y, text, size, side, ink, Turn.NONE, Weight.PLAIN));
  }
}
