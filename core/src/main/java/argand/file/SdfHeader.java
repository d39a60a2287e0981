package argand.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The header of a scan of an STXM in the self-defining format: nested `Name = { key = value; … };`
/// with lists in parentheses.
///
/// @param root of the nested values: maps, lists, texts
record SdfHeader(Path file, Map<String, Object> root) {
  static SdfHeader of(Path file) {
    return new SdfHeader(file, new Parser(file, SpectrumReader.text(file)).entries(0));
  }

  /// Names and positions of an axis.
  record Axis(String name, String unit, double[] points) {
    double step() {
      return points.length < 2
          ? 0
          : Math.abs(points[points.length - 1] - points[0]) / (points.length - 1);
    }
  }

  /// The value at this path of names; a number in it counts the entries of a list, from 0 on.
  Optional<Object> at(Object... path) {
    Object here = root;
    for (Object step : path) {
      here =
          switch (here) {
            case Map<?, ?> map when step instanceof String -> map.get(step);
            case List<?> list when step instanceof Integer i && i < list.size() -> list.get(i);
            case null, default -> null;
          };
    }
    return Optional.ofNullable(here);
  }

  String text(Object... path) {
    return at(path).map(Object::toString).orElse("");
  }

  /// The number of entries of a list, without the count that stands before them.
  int entries(Object... path) {
    return at(path).map(list -> list instanceof List<?> all ? all.size() - 1 : 0).orElse(0);
  }

  /// @throws FileTrouble when it is not there or its points are not as many as it says
  Axis axis(Object... path) {
    Object axis = at(path).orElse(null);
    if (!(axis instanceof Map<?, ?> map) || !(map.get("Points") instanceof List<?> points)) {
      throw new FileTrouble(file, "the header has no " + path[path.length - 1]);
    }
    double[] values = new double[Math.max(0, points.size() - 1)];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.parseDouble(points.get(i + 1).toString());
      }
      double stated = Double.parseDouble(points.getFirst().toString());
      if (stated != values.length) {
        throw new FileTrouble(
            file,
            path[path.length - 1]
                + " states "
                + (long) stated
                + " points and lists "
                + values.length);
      }
    } catch (NumberFormatException wrong) {
      throw new FileTrouble(file, path[path.length - 1] + " has a point that is no number", wrong);
    }
    Object name = map.get("Name");
    Object unit = map.get("Unit");
    return new Axis(
        name == null ? "" : name.toString(), unit == null ? "" : unit.toString(), values);
  }

  /// A descent through the text.
  private static final class Parser {
    private final Path file;
    private final String text;
    private int at;

    Parser(Path file, String text) {
      this.file = file;
      this.text = text;
    }

    /// Entries up to a closing brace or the end.
    Map<String, Object> entries(int depth) {
      var map = new LinkedHashMap<String, Object>();
      while (true) {
        skip(" \t\r\n;,");
        if (at == text.length() || text.charAt(at) == '}') {
          return map;
        }
        int equals = text.indexOf('=', at);
        int end = text.indexOf('}', at);
        if (equals < 0 || (end >= 0 && end < equals)) {
          throw wrong("a name without a value");
        }
        String name = text.substring(at, equals).strip();
        at = equals + 1;
        map.putIfAbsent(name, value(depth));
      }
    }

    private Object value(int depth) {
      skip(" \t\r\n");
      if (depth > 32) {
        throw wrong("values nested too deeply");
      }
      if (at == text.length()) {
        throw wrong("the end instead of a value");
      }
      char c = text.charAt(at);
      if (c == '{') {
        at++;
        var map = entries(depth + 1);
        expect('}');
        return map;
      }
      if (c == '(') {
        at++;
        var list = new ArrayList<>();
        for (skip(" \t\r\n,;"); at < text.length() && text.charAt(at) != ')'; ) {
          list.add(value(depth + 1));
          skip(" \t\r\n,;");
        }
        expect(')');
        return list;
      }
      if (c == '"') {
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
          throw wrong("a text without its end");
        }
        String inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
      }
      int end = at;
      while (end < text.length() && ";,)}\r\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String bare = text.substring(at, end).strip();
      at = end;
      return bare;
    }

    private void skip(String letters) {
      while (at < text.length() && letters.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private void expect(char c) {
      if (at == text.length() || text.charAt(at) != c) {
        throw wrong("no “" + c + "” where it belongs");
      }
      at++;
    }

    private FileTrouble wrong(String what) {
      long line = text.substring(0, at).lines().count();
      return new FileTrouble(
          file, String.format(Locale.ROOT, "line %d of the header: %s", Math.max(1, line), what));
    }
  }
}
