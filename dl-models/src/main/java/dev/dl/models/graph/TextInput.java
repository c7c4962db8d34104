package dev.dl.models.graph;

import dev.dl.models.layer.Shape;
import dev.dl.models.layer.TypedTokens;

/**
 * Texts of token ids: {@code [length]}, shorter ones filled up with {@link #PADDING} to the longest
 * of their batch. Tokens of several types come as {@code id + type · vocabulary}.
 *
 * @param length of the longest text, in tokens
 * @param vocabulary number of ids, padding included
 * @param types that tokens have, 1 where all are alike
 */
public record TextInput(int length, int vocabulary, int types) implements Input {
  /** The id of positions without a token. */
  public static final int PADDING = 0;

  /** Up to where single precision tells whole numbers apart. */
  private static final int MOST_TOKENS = 1 << 24;

  public TextInput {
    if (length < 1 || vocabulary < 2) {
      throw new IllegalArgumentException(
          "got texts of length %d over %d token ids, expected at least 1 and 2"
              .formatted(length, vocabulary));
    }
    if (types < 1 || types > MOST_TOKENS / vocabulary) {
      throw new IllegalArgumentException(
          "got %d types of %d token ids, expected at most %d in all"
              .formatted(types, vocabulary, MOST_TOKENS));
    }
  }

  /** Texts whose tokens are all of one type. */
  public TextInput(int length, int vocabulary) {
    this(length, vocabulary, 1);
  }

  /** The ids of the tokens that a graph is given. */
  public Node ids(Node tokens) {
    return types == 1
        ? tokens
        : tokens.then("ids", new TypedTokens(vocabulary, TypedTokens.Part.ID));
  }

  /** Their types, of texts that have several. */
  public Node types(Node tokens) {
    return tokens.then("types", new TypedTokens(vocabulary, TypedTokens.Part.TYPE));
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
