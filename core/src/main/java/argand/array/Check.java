package argand.array;

/// The guards of every compact constructor. Each complaint says what, found, expected.
public final class Check {
  private Check() {}

  /// @throws InvalidInput unless `value ≥ least`
  public static void atLeast(String what, long value, long least) {
    if (value < least) {
      throw new InvalidInput(what, value, "at least " + least, "");
    }
  }

  /// @throws InvalidInput unless `low ≤ value ≤ high`; NaN is refused
  public static void within(String what, double value, double low, double high, String unit) {
    if (!(value >= low && value <= high)) {
      throw new InvalidInput(
          what, value, low + " … " + high + (unit.isEmpty() ? "" : " " + unit), "");
    }
  }

  /// @throws InvalidInput unless both are equal
  public static void same(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new InvalidInput(what, found, expected.toString(), "");
    }
  }
}
