package dev.dl.core.data.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Each character is a token: each code point of the text in Unicode's normal form C. The id 0 is
 * padding, 1 every character that training texts do not have, the others are in Unicode's order.
 */
public final class CharacterTokenizer implements Tokenizer {
  private static final String REPLACEMENT = "\uFFFD";

  private final Vocabulary vocabulary;

  private CharacterTokenizer(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Learns the characters of the training texts. */
  public static CharacterTokenizer fit(Iterator<String> texts) {
    TreeSet<Integer> characters = new TreeSet<>();
    texts.forEachRemaining(text -> normal(text).codePoints().forEach(characters::add));
    return of(characters.stream().map(Character::toString).toList());
  }

  static CharacterTokenizer of(List<String> tokens) {
    return new CharacterTokenizer(Vocabulary.of(tokens));
  }

  /** The same with one more token, which separates the texts of pairs. */
  public CharacterTokenizer withSeparator() {
    return new CharacterTokenizer(vocabulary.withSeparator());
  }

  @Override
  public int[] encode(String text) {
    return encodePart(text);
  }

  @Override
  public int[] encodePart(String text) {
    return normal(text).codePoints().map(c -> vocabulary.id(Character.toString(c))).toArray();
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

  /** The text; U+FFFD stands where a character was unknown. */
  @Override
  public String decode(int[] ids) {
    List<String> characters = new ArrayList<>();
    for (int id : ids) {
      if (id != Vocabulary.PADDING) {
        characters.add(id == Vocabulary.UNKNOWN ? REPLACEMENT : vocabulary.token(id));
      }
    }
    return String.join("", characters);
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
    return TokenizerFile.character(vocabulary.learned()).bytes();
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
