package argand.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Where data came from: the files, each step that touched them, and sentences that a reader of the
/// result must know.
///
/// @param files paths as they were given
/// @param steps one line for each step, with its parameters
/// @param notes what was assumed, converted or is nominal ("the file records no energy: lengths are
///     nominal")
public record Source(List<String> files, List<String> steps, List<String> notes) {
  /// Made from nothing.
  public static final Source NONE = new Source(List.of(), List.of(), List.of());

  public Source {
    files = List.copyOf(files);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  public static Source file(String path) {
    return new Source(List.of(path), List.of(), List.of());
  }

  /// Of what a step made of many: all files, every note once.
  public static Source gathered(List<Source> from, String step) {
    var files = new ArrayList<String>();
    var notes = new LinkedHashSet<String>();
    for (var one : from) {
      files.addAll(one.files);
      notes.addAll(one.notes);
    }
    return new Source(files, List.of(step), List.copyOf(notes));
  }

  public Source withStep(String step) {
    return new Source(files, appended(steps, step), notes);
  }

  public Source withNote(String note) {
    return new Source(files, steps, appended(notes, note));
  }

  private static List<String> appended(List<String> list, String last) {
    var longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
