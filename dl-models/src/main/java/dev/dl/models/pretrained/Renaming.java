package dev.dl.models.pretrained;

import java.util.regex.Pattern;

/**
 * What a part of a weight's name becomes.
 *
 * @param pattern found anywhere in the name
 * @param replacement with {@code $1} for what is in the first parentheses
 */
record Renaming(Pattern pattern, String replacement) {

  static Renaming of(String pattern, String replacement) {
    return new Renaming(Pattern.compile(pattern), replacement);
  }

  /** The name with the first such part replaced, or the name itself. */
  String applied(String name) {
    return pattern.matcher(name).replaceFirst(replacement);
  }
}
