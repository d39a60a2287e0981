package argand.figure;

import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/// A {@link Drawing} as scalable vector graphics; images inside it are embedded as PNG, text stays
/// text.
public final class Svg {
  private static final String FONTS =
      "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

  private Svg() {}

  /// For a page, whose style sheet gives the colours.
  static String inline(Drawing drawing) {
    return text(drawing, true);
  }

  /// A file of its own.
  public static void write(Drawing drawing, Path file) {
    String document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text(drawing.framed(Raster.MARGIN), false);
    Png.write(document.getBytes(StandardCharsets.UTF_8), file);
  }

  private static String text(Drawing drawing, boolean themed) {
    var svg = new StringBuilder();
    String alt = escape(drawing.description());
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\""
                + " role=\"img\" aria-label=\"%s\" font-family=\"%s\">\n",
            number(drawing.width()),
            number(drawing.height()),
            number(drawing.width()),
            number(drawing.height()),
            alt,
            FONTS));
    svg.append("<title>").append(alt).append("</title>\n");
    if (!themed) {
      svg.append(
          format("<rect width=\"100%%\" height=\"100%%\" %s/>\n", paint("fill", Ink.PAPER, false)));
    }
    for (var mark : drawing.marks()) {
      svg.append(element(mark, themed)).append('\n');
    }
    return svg.append("</svg>\n").toString();
  }

  private static String element(Mark mark, boolean themed) {
    return switch (mark) {
      case Mark.Box box ->
          format(
              "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s fill-opacity=\"%s\"/>",
              number(box.x()),
              number(box.y()),
              number(box.width()),
              number(box.height()),
              paint("fill", box.fill(), themed),
              number(box.opacity()));
      case Mark.Line line -> {
        var points = new StringBuilder();
        for (int i = 0; i < line.x().length; i++) {
          points.append(number(line.x()[i])).append(',').append(number(line.y()[i])).append(' ');
        }
        yield format(
            "<polyline points=\"%s\" fill=\"none\" %s stroke-width=\"%s\" stroke-linejoin=\"round\""
                + " stroke-linecap=\"%s\"%s/>",
            points.toString().strip(),
            paint("stroke", line.ink(), themed),
            number(line.thickness()),
            line.dash() > 0 ? "butt" : "round",
            line.dash() > 0 ? " stroke-dasharray=\"" + number(line.dash()) + "\"" : "");
      }
      case Mark.Dot dot ->
          format(
              "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s stroke=\"#fff\" stroke-width=\"0.6\"/>",
              number(dot.x()),
              number(dot.y()),
              number(dot.radius()),
              paint("fill", dot.fill(), themed));
      case Mark.Words words -> {
        String anchor = words.side().name().toLowerCase(Locale.ROOT);
        String turn =
            words.turn() == Turn.UP
                ? format(" transform=\"rotate(-90 %s %s)\"", number(words.x()), number(words.y()))
                : "";
        yield format(
            "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\"%s%s %s>%s</text>",
            number(words.x()),
            number(words.y()),
            number(words.size()),
            anchor,
            turn,
            words.weight() == Weight.BOLD ? " font-weight=\"600\"" : "",
            paint("fill", words.ink(), themed),
            escape(words.text()));
      }
      case Mark.Image image ->
          format(
              "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\""
                  + " href=\"data:image/png;base64,%s\"/>",
              number(image.x()),
              number(image.y()),
              number(image.width()),
              number(image.height()),
              Base64.getEncoder().encodeToString(Png.bytes(image.pixels())));
    };
  }

  private static String paint(String property, Ink ink, boolean themed) {
    return themed && !ink.variable().isEmpty()
        ? format("style=\"%s:var(--%s)\"", property, ink.variable())
        : format("%s=\"%s\"", property, ink.hex());
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String number(double value) {
    double rounded = Math.rint(value * 100) / 100;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
