package dev.dl.core.data.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text: each longest run of letters, digits and combining marks, and each other
 * character alone; what is white space separates. {@code It's 3.5} has the words {@code It ' s 3 .
 * 5}. Texts are in Unicode's normal form C.
 *
 * @param lowerCase whether capital letters are made small before
 */
record Words(boolean lowerCase) {
  List<String> of(String text) {
    String normal = normal(text);
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < normal.length()) {
      int end = end(normal, start);
      int first = normal.codePointAt(start);
      if (!Character.isWhitespace(first) && !Character.isSpaceChar(first)) {
        words.add(normal.substring(start, end));
      }
      start = end;
    }
    return words;
  }

  /** A text in the one form in which it is compared. */
  String normal(String text) {
    String cased = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    return Normalizer.normalize(cased, Normalizer.Form.NFC);
  }

  private static int end(String text, int start) {
    int c = text.codePointAt(start);
    int end = start + Character.charCount(c);
    if (!isInWord(c)) {
      return end;
    }
    while (end < text.length() && isInWord(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isInWord(int c) {
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }
}
