package dev.dl.core.data.text;

import java.util.List;

/**
 * The tokens of a sentence, with a tag for each where they are known.
 *
 * @param line of the file on which it begins, counted from 1
 * @param tags as many as tokens, or none
 */
public record Sentence(long line, List<String> tokens, List<String> tags) {
  public Sentence {
    tokens = List.copyOf(tokens);
    tags = List.copyOf(tags);
  }

  /** The part of it from one token up to but not including another. */
  public Sentence part(int from, int to) {
    return new Sentence(
        line, tokens.subList(from, to), tags.isEmpty() ? tags : tags.subList(from, to));
  }
}
