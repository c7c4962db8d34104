package dev.dl.core.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A character or word tokenizer as it is written.
 *
 * @param tokens in the order of their ids, from 2
 */
record TokenizerFile(Kind kind, boolean lowerCase, List<String> tokens) {
  private static final long LARGEST_BYTES = 1 << 26;

  enum Kind {
    CHARACTER,
    WORD
  }

  TokenizerFile {
    Objects.requireNonNull(kind, "kind");
    tokens = List.copyOf(tokens);
  }

  static TokenizerFile character(List<String> tokens) {
    return new TokenizerFile(Kind.CHARACTER, false, tokens);
  }

  static TokenizerFile word(boolean lowerCase, List<String> tokens) {
    return new TokenizerFile(Kind.WORD, lowerCase, tokens);
  }

  static Tokenizer readVocabulary(Path file, boolean lowerCase) throws IOException {
    requireSize(file);
    JsonNode tokenizer = WordPieceVocabulary.tokenizer(file, lowerCase);
    return SubwordTokenizer.open(file, JsonFile.bytes(tokenizer), tokenizer);
  }

  private static void requireSize(Path file) throws IOException {
    if (Files.size(file) > LARGEST_BYTES) {
      throw new DamagedFileException(
          file, "a file of " + Files.size(file) + " bytes", "at most " + LARGEST_BYTES);
    }
  }

  static Tokenizer read(Path file) throws IOException {
    requireSize(file);
    JsonNode content = JsonFile.read(file, JsonNode.class);
    if (content.has("model")) {
      return SubwordTokenizer.open(file, Files.readAllBytes(file), content);
    }
    TokenizerFile written = JsonFile.read(file, TokenizerFile.class);
    try {
      return written.tokenizer();
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), "each token once");
    }
  }

  byte[] bytes() {
    return JsonFile.bytes(this);
  }

  private Tokenizer tokenizer() {
    return switch (kind) {
      case CHARACTER -> CharacterTokenizer.of(tokens);
      case WORD -> WordTokenizer.of(lowerCase, tokens);
    };
  }
}
