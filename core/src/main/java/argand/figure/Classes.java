package argand.figure;

import java.util.List;

/// Colours of things that have no order, such as clusters; the first eight are those of Okabe and
/// Ito, which colour-blind readers tell apart.
final class Classes {
  private static final List<Ink> FIRST =
      List.of(
          new Ink("", 0x0072b2),
          new Ink("", 0xe69f00),
          new Ink("", 0x009e73),
          new Ink("", 0xcc79a7),
          new Ink("", 0x56b4e9),
          new Ink("", 0xd55e00),
          new Ink("", 0xb8a800),
          new Ink("", 0x5d6878));

  private Classes() {}

  static Ink ink(int number) {
    if (number < FIRST.size()) {
      return FIRST.get(number);
    }
    // Further ones by turns of the golden angle around the hues.
    return new Ink("", PhaseWheel.color(2.399963 * number, 0.85));
  }
}
