package argand.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A way into MATLAB's variables, written as MATLAB does, `p.object{1}` or `scan(2).positions`,
/// with
/// `.` or `/` before a field; indices count from 1.
///
/// @param steps a name, then fields and indices
record MatlabPath(List<Part> steps) {
  /// One step.
  ///
  /// @param name of a variable or field; empty for an index
  /// @param index of an element, from 1; 0 for a name
  /// @param ofCell whether `{index}` is meant and not `(index)`
  record Part(String name, int index, boolean ofCell) {
    boolean isIndex() {
      return index > 0;
    }
  }

  private static final Pattern PART =
      Pattern.compile("[./]?([\\p{L}_#][\\p{L}\\d_#]*)|\\{(\\d{1,9})}|\\((\\d{1,9})\\)");

  /// @return without steps when it cannot be the name of anything
  static MatlabPath of(String path) {
    var parts = new ArrayList<Part>();
    Matcher matcher = PART.matcher(path);
    int at = 0;
    while (at < path.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return new MatlabPath(List.of());
      }
      at = matcher.end();
      String name = matcher.group(1);
      if (name != null) {
        parts.add(new Part(name, 0, false));
      } else {
        boolean cell = matcher.group(2) != null;
        int index = Integer.parseInt(cell ? matcher.group(2) : matcher.group(3));
        if (index < 1) {
          return new MatlabPath(List.of());
        }
        parts.add(new Part("", index, cell));
      }
    }
    return parts.isEmpty() || parts.getFirst().isIndex()
        ? new MatlabPath(List.of())
        : new MatlabPath(List.copyOf(parts));
  }
}
