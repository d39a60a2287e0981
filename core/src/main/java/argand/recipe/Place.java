package argand.recipe;

import argand.array.InvalidInput;

/// Where something was written: the file (or the option of the command line) and the position in
/// it.
///
/// @param file name of the file as a person knows it, or the whole option `--set path=value`
/// @param line counted from 1; 0 where there are no lines
/// @param column counted from 1
record Place(String file, int line, int column) {
  /// The complaint that what stands at this place under `path` is `found`.
  InvalidInput complain(String path, String found, String expected, String hint) {
    String what = path.isEmpty() ? toString() : this + ", " + path;
    return new InvalidInput(what, found, expected, hint);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + " line " + line;
  }
}
