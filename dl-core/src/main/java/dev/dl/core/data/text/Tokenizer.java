package dev.dl.core.data.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Texts to ids and back. The same text has the same ids on every machine; a tokenizer may be used
 * by many threads at once, and is read from its file with the same ids for every text.
 */
public sealed interface Tokenizer permits CharacterTokenizer, WordTokenizer, SubwordTokenizer {
  /** The ids of a whole text, with those that the tokenizer puts before and after one. */
  int[] encode(String text);

  /** The ids of a part of a longer text, with nothing before or after. */
  int[] encodePart(String text);

  /** How many ids {@link #encode} puts before a text. */
  int idsBefore();

  /** How many ids {@link #encode} puts after a text. */
  int idsAfter();

  /** How this makes one sequence of two texts; empty if it has nothing to tell them apart with. */
  Optional<PairForm> pairForm();

  /** The number of ids; each is below it. */
  int size();

  /** The token of an id, as the vocabulary has it. */
  String token(int id);

  /** A text with these ids, without padding and what was put before and after it. */
  String decode(int[] ids);

  /** The id that fills up shorter texts of a batch. */
  int paddingId();

  /** The id of what the vocabulary does not have; empty if it has every text. */
  OptionalInt unknownId();

  /** The content of the one file that {@link #read} needs. */
  byte[] bytes();

  /**
   * A tokenizer that was written, or a {@code tokenizer.json} by Hugging Face.
   *
   * @throws dev.dl.core.run.DamagedFileException if it is neither
   * @throws TokenizerLibraryException if it needs a library that does not run on this machine
   */
  static Tokenizer read(Path file) throws IOException {
    return TokenizerFile.read(file);
  }

  /**
   * The tokenizer of a {@code vocab.txt} of BERT.
   *
   * @param lowerCase whether capital letters count as small ones, and accents do not count
   * @throws dev.dl.core.run.DamagedFileException if it is none
   * @throws TokenizerLibraryException if its library does not run on this machine
   */
  static Tokenizer readVocabulary(Path file, boolean lowerCase) throws IOException {
    return TokenizerFile.readVocabulary(file, lowerCase);
  }

  /** The ids of a text that comes in parts. */
  default int[] encodeParts(Iterator<String> parts) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(parts, Spliterator.ORDERED), false)
        .flatMapToInt(part -> IntStream.of(encodePart(part)))
        .toArray();
  }
}
