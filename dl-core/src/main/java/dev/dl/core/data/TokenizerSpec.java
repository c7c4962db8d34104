package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * How texts are cut into tokens.
 *
 * @param kind words or characters, learnt from the training texts, or a file
 * @param file a {@code tokenizer.json} by Hugging Face, a {@code vocab.txt} of BERT, or the name of
 *     published weights that have one, of kind {@code file}
 * @param lowerCase whether capital letters count as small ones, of kind {@code word} and in a
 *     {@code vocab.txt}
 * @param vocabularySize tokens at most, of kind {@code word}; pairs have one more, which separates
 *     them
 * @param minimumCount how often a word has to occur, of kind {@code word}
 */
public record TokenizerSpec(
    @Default("word") Kind kind,
    @Default("null") String file,
    @Default("true") boolean lowerCase,
    @Default("20000") @Minimum(3) int vocabularySize,
    @Default("2") @Minimum(1) int minimumCount) {

  /** What a token is. */
  public enum Kind {
    WORD,
    CHARACTER,
    FILE
  }

  public TokenizerSpec {
    if (kind == Kind.FILE && file == null) {
      throw new ConfigException("file", "nothing", "a tokenizer.json", "name it");
    }
  }
}
