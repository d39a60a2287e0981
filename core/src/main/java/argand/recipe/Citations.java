package argand.recipe;

import argand.Paper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// The publications that a recipe's algorithms follow.
public final class Citations {
  private static final Pattern YEAR = Pattern.compile("\\b(1[89]|20)\\d\\d\\b");

  /// A word, but for initials.
  private static final Pattern NAME = Pattern.compile("(?<!\\p{L})\\p{L}{2,}+(?!\\.)");

  private Citations() {}

  /// Every `@Paper` of the recipe's records, nested choices included, each once and in reading
  /// order.
  public static List<Paper> of(Recipe recipe) {
    SequencedMap<String, Paper> found = new LinkedHashMap<>();
    if (recipe.of() instanceof Inputs.Made made) {
      collect(made.maker(), found);
    }
    recipe.each().forEach(step -> collect(step, found));
    recipe.then().forEach(step -> collect(step, found));
    return List.copyOf(found.values());
  }

  private static void collect(Object held, SequencedMap<String, Paper> found) {
    switch (held) {
      case Optional<?> optional -> optional.ifPresent(inner -> collect(inner, found));
      case Collection<?> many -> many.forEach(inner -> collect(inner, found));
      case Record record -> {
        var paper = record.getClass().getAnnotation(Paper.class);
        if (paper != null) {
          found.putIfAbsent(paper.doi(), paper);
        }
        for (Object inner : Written.components(record)) {
          collect(inner, found);
        }
      }
      default -> {}
    }
  }

  /// The papers as BibTeX entries, and Argand itself first.
  public static String bibtex(List<Paper> papers, String version) {
    var text = new StringBuilder();
    text.append("@software{argand,\n  title = {Argand},\n  version = {")
        .append(version)
        .append("}\n}\n");
    var keys = new ArrayList<String>();
    for (Paper paper : papers) {
      text.append('\n').append(entry(paper, unique(key(paper), keys)));
    }
    return text.toString();
  }

  private static String entry(Paper paper, String key) {
    String found = year(paper);
    return "@misc{"
        + key
        + ",\n  note = {"
        + paper.value().replace("&", "\\&")
        + "},\n"
        + (found.isEmpty() ? "" : "  year = {" + found + "},\n")
        + "  doi = {"
        + paper.doi()
        + "},\n  url = {https://doi.org/"
        + paper.doi()
        + "}\n}\n";
  }

  /// First author and year: `maiden2017`.
  private static String key(Paper paper) {
    var author = NAME.matcher(paper.value());
    return (author.find() ? author.group().toLowerCase(Locale.ROOT) : "") + year(paper);
  }

  private static String year(Paper paper) {
    var year = YEAR.matcher(paper.value());
    String last = "";
    while (year.find()) {
      last = year.group();
    }
    return last;
  }

  private static String unique(String key, List<String> taken) {
    String candidate = key;
    for (char letter = 'b'; taken.contains(candidate); letter++) {
      candidate = key + letter;
    }
    taken.add(candidate);
    return candidate;
  }
}
