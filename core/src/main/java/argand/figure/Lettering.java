package argand.figure;

import argand.figure.Drawing.Side;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/// Letters on pixels. A bare JDK on a machine without fonts cannot write a word; then letters of 5
/// × 7 dots are drawn, as on a character display.
sealed interface Lettering {
  /// Writes with the current colour; the chosen side of the base line's length lies at (0, 0).
  void write(Graphics2D page, String text, double size, Side side, boolean bold);

  /// The system's sans serif where it works, dots elsewhere.
  static Lettering best() {
    return Fonts.WORK ? new Fonts() : new Dots();
  }

  /// The JDK's logical font.
  record Fonts() implements Lettering {
    private static final boolean WORK = work();

    @Override
    public void write(Graphics2D page, String text, double size, Side side, boolean bold) {
      if (text.isEmpty()) {
        return;
      }
      var font =
          new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
      var layout = new TextLayout(text, font, page.getFontRenderContext());
      page.fill(
          layout.getOutline(
              java.awt.geom.AffineTransform.getTranslateInstance(
                  start(side, layout.getAdvance()), 0)));
    }

    private static boolean work() {
      var page = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
      try {
        new Fonts().write(page, "µ", 8, Side.START, false);
        return true;
      } catch (RuntimeException | LinkageError e) {
        System.getLogger("argand.figure")
            .log(System.Logger.Level.DEBUG, "no fonts here, letters are drawn as dots: " + e);
        return false;
      } finally {
        page.dispose();
      }
    }
  }

  /// Five columns of seven dots for each letter, the lowest bit uppermost.
  record Dots() implements Lettering {
    private static final String LETTERS =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQ"
            + "RSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~µπ·Σ√²½×°";
    private static final String BITS =
        "000000000000005F00000007000700147F147F14242A7F2A12231308646236495620500008070300"
            + "001C2241000041221C002A1C7F1C2A08083E08080040301000080808080800006060002010080402"
            + "3E5149453E00427F400042615149462141454B311814127F1027454545393C4A4949300171090503"
            + "3649494936064949291E003636000000563600000814224100141414141400412214080201510906"
            + "324979413E7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A"
            + "7F0808087F00417F41002040413F017F081422417F404040407F020C027F7F0408107F3E4141413E"
            + "7F090909063E4151215E7F09192946464949493101017F01013F4040403F1F2040201F3F4038403F"
            + "631408146307087008076151494543007F41410002040810200041417F0004020102044040404040"
            + "000102040020545454787F484444383844444420384444487F3854545418087E0901020C5252523E"
            + "7F0804047800447D40002040443D007F1028440000417F40007C041804787C080404783844444438"
            + "7C14141408081414187C7C080404084854545420043F4440203C4040207C1C2040201C3C4030403C"
            + "44281028440C5050503C4464544C44000836410000007F0000004136080008040810087C2020103C"
            + "443C047C440018180000635549414110207E010100090D0A00170864524C00281028000006090906";
    private static final int COLUMNS = 5;
    private static final int PITCH = 6;
    private static final double HEIGHT = 7;

    @Override
    public void write(Graphics2D page, String text, double size, Side side, boolean bold) {
      String known = known(text);
      // Capitals of seven dots are about 0.7 of the size of the letters.
      double dot = 0.7 * size / HEIGHT;
      double left = start(side, (known.length() * PITCH - 1) * dot);
      for (int k = 0; k < known.length(); k++) {
        int letter = LETTERS.indexOf(known.charAt(k));
        for (int column = 0; column < COLUMNS; column++) {
          int at = 2 * (COLUMNS * letter + column);
          int dots = Integer.parseInt(BITS, at, at + 2, 16);
          for (int row = 0; row < HEIGHT; row++) {
            if ((dots >> row & 1) == 1) {
              double x = left + (k * PITCH + column) * dot;
              double extra = bold ? 0.35 * dot : 0;
              page.fill(new Rectangle2D.Double(x, (row - HEIGHT) * dot, dot + extra, dot));
            }
          }
        }
      }
    }

    /// The same text in letters that have dots.
    private static String known(String text) {
      var known = new StringBuilder();
      String plain = text.replace('−', '-').replace('–', '-').replace("…", "...");
      for (int k = 0; k < plain.length(); k++) {
        char letter = plain.charAt(k);
        known.append(LETTERS.indexOf(letter) < 0 ? '?' : letter);
      }
      return known.toString();
    }
  }

  private static double start(Side side, double length) {
    return switch (side) {
      case START -> 0;
      case MIDDLE -> -length / 2;
      case END -> -length;
    };
  }
}
