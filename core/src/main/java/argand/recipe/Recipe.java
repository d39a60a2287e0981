package argand.recipe;

import argand.flow.Step;
import java.util.List;

/// What to do: the same steps for each input, then one gathering, then steps on the whole.
///
/// @param title for people; the run folder is named after it
/// @param of the inputs
/// @param each steps from a raw file on; product types are known to follow
/// @param then begins with a gathering step, or is empty
public record Recipe(String title, Inputs of, List<Step<?, ?>> each, List<Step<?, ?>> then) {
  public Recipe {
    each = List.copyOf(each);
    then = List.copyOf(then);
  }
}
