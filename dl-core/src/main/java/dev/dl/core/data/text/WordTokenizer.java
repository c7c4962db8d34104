package dev.dl.core.data.text;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Each word is a token: a run of letters, digits and combining marks, or one other character that
 * is no white space. The id 0 is padding, 1 every other word; the more often a word is in the
 * training texts, the smaller its id.
 */
public final class WordTokenizer implements Tokenizer {
  private static final Comparator<Map.Entry<String, Long>> OFTEN_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final Words words;
  private final Vocabulary vocabulary;

  private WordTokenizer(Words words, Vocabulary vocabulary) {
    this.words = words;
    this.vocabulary = vocabulary;
  }

  /**
   * Learns the most frequent words of the training texts; of equally frequent ones, those that are
   * first in the order of UTF-16.
   *
   * @param lowerCase whether capital letters count as small ones
   * @param size of the vocabulary at most, with padding and unknown; at least 3
   * @param minimumCount how often a word has to occur, at least 1
   */
  public static WordTokenizer fit(
      Iterator<String> texts, boolean lowerCase, int size, int minimumCount) {
    Words words = new Words(lowerCase);
    Map<String, Long> counts = new HashMap<>();
    texts.forEachRemaining(
        text -> words.of(text).forEach(word -> counts.merge(word, 1L, Long::sum)));
    return of(words, counts, size, minimumCount);
  }

  /** Learns as {@link #fit} does, but from texts that are cut into words already. */
  public static WordTokenizer fitToWords(
      Iterator<String> given, boolean lowerCase, int size, int minimumCount) {
    Words words = new Words(lowerCase);
    Map<String, Long> counts = new HashMap<>();
    given.forEachRemaining(word -> counts.merge(words.normal(word), 1L, Long::sum));
    return of(words, counts, size, minimumCount);
  }

  private static WordTokenizer of(
      Words words, Map<String, Long> counts, int size, int minimumCount) {
    if (size < Vocabulary.SMALLEST || minimumCount < 1) {
      throw new IllegalArgumentException("size " + size + ", minimum count " + minimumCount);
    }
    List<String> tokens =
        counts.entrySet().stream()
            .filter(word -> word.getValue() >= minimumCount)
            .sorted(OFTEN_FIRST)
            .limit(size - Vocabulary.SMALLEST + 1)
            .map(Map.Entry::getKey)
            .toList();
    return of(words.lowerCase(), tokens);
  }

  static WordTokenizer of(boolean lowerCase, List<String> tokens) {
    return new WordTokenizer(new Words(lowerCase), Vocabulary.of(tokens));
  }

  /** The same with one more token, which separates the texts of pairs. */
  public WordTokenizer withSeparator() {
    return new WordTokenizer(words, vocabulary.withSeparator());
  }

  @Override
  public int[] encode(String text) {
    return encodePart(text);
  }

  /** One id for each of some words that are not to be cut any further. */
  public int[] encodeWords(List<String> given) {
    return vocabulary.ids(given.stream().map(words::normal).toList());
  }

  @Override
  public int[] encodePart(String text) {
    return vocabulary.ids(words.of(text));
  }

  @Override
  public int idsBefore() {
    return 0;
  }

  @Override
  public int idsAfter() {
    return 0;
  }

  @Override
  public Optional<PairForm> pairForm() {
    return vocabulary.pairForm();
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public String token(int id) {
    return vocabulary.token(id);
  }

  /** The words with a blank between each two. */
  @Override
  public String decode(int[] ids) {
    return IntStream.of(ids)
        .filter(id -> id != Vocabulary.PADDING)
        .mapToObj(vocabulary::token)
        .collect(Collectors.joining(" "));
  }

  @Override
  public int paddingId() {
    return Vocabulary.PADDING;
  }

  @Override
  public OptionalInt unknownId() {
    return OptionalInt.of(Vocabulary.UNKNOWN);
  }

  @Override
  public byte[] bytes() {
    return TokenizerFile.word(words.lowerCase(), vocabulary.learned()).bytes();
  }
}
