package argand.figure;

/// A colour by its purpose. On paper and in files it is `rgb`; inside a page it follows the page's
/// light or dark theme through the style sheet's variable of that name.
///
/// @param variable name of the variable; empty for a colour that is the same everywhere
/// @param rgb 0xRRGGBB
public record Ink(String variable, int rgb) {
  public static final Ink TEXT = new Ink("ink", 0x1b2430);
  public static final Ink MUTED = new Ink("muted", 0x5d6878);
  public static final Ink RULE = new Ink("rule", 0xdde2e8);
  public static final Ink PAPER = new Ink("card", 0xffffff);
  public static final Ink WHITE = new Ink("", 0xffffff);
  public static final Ink BLACK = new Ink("", 0x10151c);
  public static final Ink BLUE = new Ink("", 0x3b82d6);
  public static final Ink ORANGE = new Ink("", 0xe2803c);
  public static final Ink GREEN = new Ink("", 0x2fa37a);
  public static final Ink PURPLE = new Ink("", 0x9b6fd0);
  public static final Ink RED = new Ink("", 0xd9485f);

  /// `#rrggbb`
  String hex() {
    return String.format("#%06x", rgb);
  }
}
