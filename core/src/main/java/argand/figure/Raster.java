package argand.figure;

import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/// A {@link Drawing} as pixels on white paper.
public final class Raster {
  /// Points of empty paper around a drawing in a file of its own.
  static final double MARGIN = 14;

  private final Graphics2D page;
  private final Lettering lettering;

  private Raster(Graphics2D page, Lettering lettering) {
    this.page = page;
    this.lettering = lettering;
  }

  /// @param scale pixels for a point
  public static BufferedImage of(Drawing drawing, double scale) {
    return of(drawing, scale, Lettering.best());
  }

  static BufferedImage of(Drawing drawing, double scale, Lettering lettering) {
    int width = (int) Math.ceil(drawing.width() * scale);
    int height = (int) Math.ceil(drawing.height() * scale);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var page = image.createGraphics();
    page.setColor(Color.WHITE);
    page.fillRect(0, 0, width, height);
    page.scale(scale, scale);
    page.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    page.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    var raster = new Raster(page, lettering);
    for (var mark : drawing.marks()) {
      raster.paint(mark);
    }
    page.dispose();
    return image;
  }

  /// A PNG of two pixels for a point.
  public static void write(Drawing drawing, Path file) {
    Png.write(of(drawing.framed(MARGIN), 2), file);
  }

  private void paint(Mark mark) {
    switch (mark) {
      case Mark.Box box -> {
        page.setComposite(
            AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) box.opacity()));
        page.setColor(new Color(box.fill().rgb()));
        page.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
        page.setComposite(AlphaComposite.SrcOver);
      }
      case Mark.Line line -> {
        var path = new Path2D.Double();
        for (int i = 0; i < line.x().length; i++) {
          if (i == 0) {
            path.moveTo(line.x()[i], line.y()[i]);
          } else {
            path.lineTo(line.x()[i], line.y()[i]);
          }
        }
        page.setColor(new Color(line.ink().rgb()));
        page.setStroke(stroke(line));
        page.draw(path);
      }
      case Mark.Dot dot -> {
        page.setColor(new Color(dot.fill().rgb()));
        var disc =
            new Ellipse2D.Double(
                dot.x() - dot.radius(), dot.y() - dot.radius(), 2 * dot.radius(), 2 * dot.radius());
        page.fill(disc);
        page.setColor(Color.WHITE);
        page.setStroke(new BasicStroke(0.6f));
        page.draw(disc);
      }
      case Mark.Words words -> {
        page.setColor(new Color(words.ink().rgb()));
        var before = page.getTransform();
        page.translate(words.x(), words.y());
        if (words.turn() == Turn.UP) {
          page.rotate(-Math.PI / 2);
        }
        lettering.write(
            page, words.text(), words.size(), words.side(), words.weight() == Weight.BOLD);
        page.setTransform(before);
      }
      case Mark.Image image -> {
        boolean enlarged =
            image.width() * page.getTransform().getScaleX() > image.pixels().getWidth();
        page.setRenderingHint(
            RenderingHints.KEY_INTERPOLATION,
            enlarged
                ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
                : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        var before = page.getTransform();
        page.translate(image.x(), image.y());
        page.scale(
            image.width() / image.pixels().getWidth(), image.height() / image.pixels().getHeight());
        page.drawImage(image.pixels(), 0, 0, null);
        page.setTransform(before);
      }
    }
  }

  private static BasicStroke stroke(Mark.Line line) {
    float width = (float) line.thickness();
    return line.dash() > 0
        ? new BasicStroke(
            width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            new float[] {(float) line.dash()},
            0)
        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
