package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.text.CharacterTokenizer;
import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.data.text.WordTokenizer;
import dev.dl.core.textfile.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** The tokenizer that a configuration asks for. */
final class Tokenizers {
  private Tokenizers() {}

  /**
   * Learns a tokenizer from training texts, or reads it from its file.
   *
   * @param base what a relative path starts from
   * @param pairs whether texts are read in pairs, which a learnt tokenizer then separates
   */
  static Tokenizer of(TokenizerSpec spec, Path base, Iterator<String> texts, boolean pairs)
      throws IOException {
    return switch (spec.kind()) {
      case WORD -> {
        WordTokenizer words =
            WordTokenizer.fit(texts, spec.lowerCase(), spec.vocabularySize(), spec.minimumCount());
        yield pairs ? words.withSeparator() : words;
      }
      case CHARACTER -> {
        CharacterTokenizer characters = CharacterTokenizer.fit(texts);
        yield pairs ? characters.withSeparator() : characters;
      }
      case FILE -> {
        Path file = base.resolve(spec.file()).normalize();
        if (!Files.isRegularFile(file)) {
          yield Tokenizer.read(
              DatasetCatalog.standard().tokenizer(spec.file()).orElseThrow(() -> missing(file)));
        }
        yield TextFile.ending(file).equals("txt")
            ? Tokenizer.readVocabulary(file, spec.lowerCase())
            : Tokenizer.read(file);
      }
    };
  }

  private static ConfigException missing(Path file) {
    return new ConfigException(
        "data.text.tokenizer.file", file.toString(), "a tokenizer.json or a vocab.txt", "");
  }
}
