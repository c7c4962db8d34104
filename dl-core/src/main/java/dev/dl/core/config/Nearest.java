package dev.dl.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds what a misspelt word was meant to be. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /**
   * The few candidates that {@code word} may have been meant to be, the likeliest first: those that
   * it is a part of, or that differ little.
   */
  public static List<String> several(String word, Collection<String> candidates) {
    String part = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(
            candidate ->
                candidate.toLowerCase(Locale.ROOT).contains(part)
                    || distance(word, candidate) <= allowed(word))
        .sorted(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .limit(MOST)
        .toList();
  }

  private static int allowed(String word) {
    return Math.max(1, word.length() / 3);
  }

  /** The candidate closest to {@code word}; empty when none is close. */
  static Optional<String> to(String word, Collection<String> candidates) {
    return to(word, candidates, Function.identity());
  }

  /** The candidate whose {@code name} is closest to {@code word}; empty when none is close. */
  static Optional<String> to(
      String word, Collection<String> candidates, Function<String, String> name) {
    int allowed = allowed(word);
    return candidates.stream()
        .filter(candidate -> Math.abs(name.apply(candidate).length() - word.length()) <= allowed)
        .filter(candidate -> distance(word, name.apply(candidate)) <= allowed)
        .min(Comparator.comparingInt(candidate -> distance(word, name.apply(candidate))));
  }

  /**
   * Edits that turn one word into the other, case ignored; two letters that swapped places count as
   * one edit.
   */
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : smallestEdit(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int smallestEdit(int[][] edits, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int replaced = edits[i - 1][j - 1] + (same ? 0 : 1);
    int smallest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(smallest, 1 + edits[i - 2][j - 2]) : smallest;
  }
}
