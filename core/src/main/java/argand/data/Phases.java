package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import java.util.List;
import java.util.Locale;

/// Of which of some known compounds each pixel is, by the amounts of a few elements.
///
/// @param elements that tell them apart
/// @param phases the compounds
/// @param label for each pixel the number of its compound, {@link #UNDECIDED} or {@link #NOTHING}
/// @param pure pixels that one compound alone explains; in others the label is that which has most
/// @param confidence probability of the best compound, NaN where there is nothing
public record Phases(
    Grid grid,
    List<String> elements,
    List<Phase> phases,
    int[] label,
    Mask pure,
    RealField confidence) {
  /// Too little of all elements.
  public static final int NOTHING = -1;

  /// More than one compound explains the pixel.
  public static final int UNDECIDED = -2;

  /// One compound.
  ///
  /// @param nominal share of each element among them, by its formula
  /// @param found mean share over its pure pixels; NaN where it has none
  /// @param sigma standard deviation of that mean
  /// @param pieces of the image that hang together
  public record Phase(
      String name, double[] nominal, double[] found, double[] sigma, int pixels, int pieces) {
    /// For a person: `Mn 0.198 ± 0.004, …`.
    public String words(List<String> elements) {
      var words = new StringBuilder();
      for (int e = 0; e < found.length; e++) {
        words.append(
            String.format(
                Locale.ROOT,
                "%s%s %.3f ± %.3f",
                e == 0 ? "" : ", ",
                elements.get(e),
                found[e],
                sigma[e]));
      }
      return words.toString();
    }
  }

  public Phases {
    elements = List.copyOf(elements);
    phases = List.copyOf(phases);
    Check.same("labels", label.length, grid.size());
    Check.same("pure pixels", pure.grid().size(), grid.size());
    Check.same("confidences", confidence.grid().size(), grid.size());
    for (var phase : phases) {
      Check.same("elements of " + phase.name(), phase.nominal().length, elements.size());
      Check.same("shares of " + phase.name(), phase.found().length, elements.size());
      Check.same("errors of " + phase.name(), phase.sigma().length, elements.size());
    }
  }

  /// Number of pixels of this label.
  public int pixels(int of) {
    int pixels = 0;
    for (int one : label) {
      pixels += one == of ? 1 : 0;
    }
    return pixels;
  }
}
