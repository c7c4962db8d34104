package dev.dl.core.data.target;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Names as people sort them: by Unicode, but whole numbers in them by their value, so that {@code
 * class2} comes before {@code class10}. Different names are never equal.
 */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String first, String second) {
    int i = 0;
    int j = 0;
    while (i < first.length() && j < second.length()) {
      int endOfFirst = endOfDigits(first, i);
      int endOfSecond = endOfDigits(second, j);
      int order;
      if (endOfFirst > i && endOfSecond > j) {
        order =
            new BigInteger(first.substring(i, endOfFirst))
                .compareTo(new BigInteger(second.substring(j, endOfSecond)));
        i = endOfFirst;
        j = endOfSecond;
      } else {
        order = Character.compare(first.charAt(i++), second.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(first.length() - i, second.length() - j);
    return order != 0 ? order : first.compareTo(second);
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
