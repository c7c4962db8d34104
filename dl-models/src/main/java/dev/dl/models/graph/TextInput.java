package dev.dl.models.graph;

import dev.dl.models.layer.Shape;

/**
 * Texts of token ids: {@code [length]}, shorter ones filled up with {@link #PADDING} to the longest
 * of their batch.
 *
 * @param length of the longest text, in tokens
 * @param vocabulary number of ids, padding included
 */
public record TextInput(int length, int vocabulary) implements Input {
  /** The id of positions without a token. */
  public static final int PADDING = 0;

  public TextInput {
    if (length < 1 || vocabulary < 2) {
      throw new IllegalArgumentException(
          "got texts of length %d over %d token ids, expected at least 1 and 2"
              .formatted(length, vocabulary));
    }
  }

  @Override
  public Shape shape() {
    return Shape.of(length);
  }

  @Override
  public TextInput text() {
    return this;
  }

  @Override
  public String toString() {
    return "texts of %d tokens of %d".formatted(length, vocabulary);
  }
}
