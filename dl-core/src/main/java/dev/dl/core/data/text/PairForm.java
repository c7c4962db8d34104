package dev.dl.core.data.text;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a tokenizer makes one sequence of two texts, as BERT reads {@code [CLS] a [SEP] b [SEP]}, and
 * which type each token has. A token of a pair is written as one number: its id, plus the size of
 * the vocabulary times its type.
 *
 * @param before the first text
 * @param between the texts
 * @param after the second text
 * @param firstType of the tokens of the first text
 * @param secondType of those of the second
 */
public record PairForm(
    List<Token> before, List<Token> between, List<Token> after, int firstType, int secondType) {

  /** A token that is put around texts. */
  public record Token(int id, int type) {}

  public PairForm {
    before = List.copyOf(before);
    between = List.copyOf(between);
    after = List.copyOf(after);
  }

  /** A separator of the first type between the texts, and nothing around them. */
  static PairForm separatedBy(int id) {
    return new PairForm(List.of(), List.of(new Token(id, 0)), List.of(), 0, 1);
  }

  /** Number of types. */
  public int types() {
    return 1
        + Math.max(Math.max(firstType, secondType), around().mapToInt(Token::type).max().orElse(0));
  }

  /** Number of tokens that are of neither text. */
  int length() {
    return before.size() + between.size() + after.size();
  }

  /** The sequence of two texts. */
  int[] join(int[] first, int[] second, int vocabulary) {
    return Stream.of(
            put(before, vocabulary),
            IntStream.of(first).map(id -> typed(id, firstType, vocabulary)),
            put(between, vocabulary),
            IntStream.of(second).map(id -> typed(id, secondType, vocabulary)),
            put(after, vocabulary))
        .flatMapToInt(part -> part)
        .toArray();
  }

  private Stream<Token> around() {
    return Stream.of(before, between, after).flatMap(List::stream);
  }

  private static IntStream put(List<Token> tokens, int vocabulary) {
    return tokens.stream().mapToInt(token -> typed(token.id, token.type, vocabulary));
  }

  private static int typed(int id, int type, int vocabulary) {
    return id + type * vocabulary;
  }
}
