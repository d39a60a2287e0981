package argand.physics;

import argand.array.InvalidInput;
import java.util.Locale;

/// Lines that rise and fall together in a fluorescence spectrum: all that fill one shell of one
/// element, or the beam scattered into the detector.
///
/// @param element symbol, `Mn`; empty for the scattered beam
public record LineGroup(String element, Family family) {
  /// Which vacancies are filled.
  public enum Family {
    K("K"),
    /// K shell filled from L.
    KA("Ka"),
    /// K shell filled from M and beyond.
    KB("Kb"),
    L("L"),
    L1("L1"),
    L2("L2"),
    L3("L3"),
    M("M"),
    /// The beam scattered without loss.
    ELASTIC("elastic"),
    /// The beam scattered by loosely bound electrons.
    COMPTON("Compton");

    private final String words;

    Family(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    public boolean isScatter() {
      return this == ELASTIC || this == COMPTON;
    }
  }

  public static final LineGroup ELASTIC = new LineGroup("", Family.ELASTIC);
  public static final LineGroup COMPTON = new LineGroup("", Family.COMPTON);

  public LineGroup {
    if (family.isScatter() != element.isEmpty()) {
      throw new InvalidInput(
          "a line group", "'" + element + "' " + family.words(), "an element for its lines", "");
    }
  }

  /// As people write it: `Mn K`, `Pb L3`, `elastic`; an element alone has its K lines.
  public static LineGroup of(String text) {
    String[] words = text.strip().split("[\\s_-]+", 2);
    String lines = words.length == 1 ? "K" : words[1].strip();
    for (var family : Family.values()) {
      if (family.isScatter() && family.words().equalsIgnoreCase(text.strip())) {
        return new LineGroup("", family);
      }
      if (!family.isScatter() && family.words().equalsIgnoreCase(lines)) {
        String symbol = words[0];
        if (symbol.matches("[A-Z][a-z]?")) {
          return new LineGroup(symbol, family);
        }
      }
    }
    throw new InvalidInput(
        "a line group",
        "'" + text + "'",
        "an element and its lines such as 'Mn K', 'Pb L' or 'Pb L3', or elastic, or Compton",
        "symbols begin with a capital; lines are K, Ka, Kb, L, L1, L2, L3, M");
  }

  /// `Mn K`, `elastic`.
  public String name() {
    return element.isEmpty() ? family.words() : element + " " + family.words();
  }

  /// Fit for names of metrics: `MnK`, `elastic`.
  public String key() {
    return element.isEmpty() ? family.words().toLowerCase(Locale.ROOT) : element + family.words();
  }

  @Override
  public String toString() {
    return name();
  }
}
