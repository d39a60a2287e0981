package argand.figure;

import argand.data.MixedColors;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import java.awt.image.BufferedImage;

/// Keys beside a panel that name things: classes, and maps that were mixed.
final class PanelKeys {
  private static final int LETTERS = 14;
  private static final double LINE = 19;

  private PanelKeys() {}

  static void names(Drawing drawing, Panel.Key.Names key, double x, double top) {
    for (int k = 0; k < key.names().size(); k++) {
      double y = top + 8 + LINE * k;
      drawing.add(new Mark.Box(x, y, 12, 12, key.inks().get(k), 1));
      drawing.addWords(x + 17, y + 10, cut(key.names().get(k)), 10.5, Side.START, Ink.TEXT);
    }
  }

  /// For each map its colour from nothing to full, then, of two maps, the square of their mixtures.
  static void mix(Drawing drawing, MixedColors mix, double x, double top) {
    double y = top + 14;
    for (int k = 0; k < mix.channels().size(); k++) {
      var channel = mix.channels().get(k);
      drawing.addWords(x, y, cut(channel.map()), 10.5, Side.START, Ink.TEXT);
      drawing.add(new Mark.Image(x, y + 5, 84, 10, ramp(mix, k)));
      drawing.addWords(x, y + 26, Quantities.plain(channel.low()), 9.5, Side.START, Ink.MUTED);
      drawing.addWords(x + 84, y + 26, Quantities.plain(channel.high()), 9.5, Side.END, Ink.MUTED);
      y += 46;
    }
    if (mix.channels().size() == 2) {
      drawing.add(new Mark.Image(x, y, 64, 64, square(mix)));
      drawing.addWords(x, y + 77, "right: " + cut(mix.maps().get(0)), 9.5, Side.START, Ink.MUTED);
      drawing.addWords(x, y + 89, "up: " + cut(mix.maps().get(1)), 9.5, Side.START, Ink.MUTED);
      y += 106;
    }
    if (mix.brightness().isPresent()) {
      drawing.addWords(x, y, "brightness:", 9.5, Side.START, Ink.MUTED);
      drawing.addWords(x, y + 12, cut(mix.brightness().get().map()), 9.5, Side.START, Ink.MUTED);
    }
  }

  private static BufferedImage ramp(MixedColors mix, int channel) {
    int n = 84;
    var ramp = new BufferedImage(n, 1, BufferedImage.TYPE_INT_RGB);
    double[] shares = new double[mix.channels().size()];
    for (int i = 0; i < n; i++) {
      shares[channel] = (i + 0.5) / n;
      ramp.setRGB(i, 0, MixedPixels.color(mix, shares, 1));
    }
    return ramp;
  }

  private static BufferedImage square(MixedColors mix) {
    int n = 64;
    var square = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double[] shares = {(c + 0.5) / n, (n - r - 0.5) / n};
        square.setRGB(c, r, MixedPixels.color(mix, shares, 1));
      }
    }
    return square;
  }

  private static String cut(String name) {
    // names of one picture begin alike and end in what tells them apart
    return name.length() <= LETTERS ? name : "…" + name.substring(name.length() - LETTERS + 1);
  }
}
