package argand.recipe;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// The nearest known word to one that is not known.
final class Spelling {
  private Spelling() {}

  /// `did you mean iterations?`, or nothing when no word is near.
  static String didYouMean(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
        .map(candidate -> "did you mean " + candidate + "?")
        .orElse("");
  }

  /// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment),
  /// upper and lower case alike.
  static int distance(String a, String b) {
    String s = a.toLowerCase(Locale.ROOT);
    String t = b.toLowerCase(Locale.ROOT);
    int[][] d = new int[s.length() + 1][t.length() + 1];
    for (int i = 0; i <= s.length(); i++) {
      for (int j = 0; j <= t.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : edited(d, s, t, i, j);
      }
    }
    return d[s.length()][t.length()];
  }

  private static int edited(int[][] d, String s, String t, int i, int j) {
    int replaced = d[i - 1][j - 1] + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && s.charAt(i - 1) == t.charAt(j - 2) && s.charAt(i - 2) == t.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
