package dev.dl.core.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dl.core.run.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A {@code vocab.txt} of BERT, one token a line in the order of their ids, as the {@code
 * tokenizer.json} that Hugging Face makes of it.
 */
final class WordPieceVocabulary {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNKNOWN = "[UNK]";
  private static final String BEFORE = "[CLS]";
  private static final String AFTER = "[SEP]";
  private static final List<String> SPECIAL = List.of("[PAD]", UNKNOWN, BEFORE, AFTER, "[MASK]");
  private static final List<String> NEEDED = List.of("[PAD]", UNKNOWN, BEFORE, AFTER);

  private WordPieceVocabulary() {}

  /**
   * The {@code tokenizer.json}.
   *
   * @param lowerCase whether the vocabulary is of small letters without accents
   * @throws DamagedFileException if the file is no such vocabulary
   */
  static JsonNode tokenizer(Path file, boolean lowerCase) throws IOException {
    ObjectNode vocabulary = JSON.createObjectNode();
    for (String token : lines(file)) {
      if (vocabulary.has(token)) {
        throw new DamagedFileException(file, "a token twice", "each token once");
      }
      vocabulary.put(token, vocabulary.size());
    }
    for (String token : NEEDED) {
      if (!vocabulary.has(token)) {
        throw new DamagedFileException(
            file, "no token " + token, "a vocab.txt of BERT, one token a line");
      }
    }
    ObjectNode tokenizer = JSON.createObjectNode();
    tokenizer.put("version", "1.0");
    tokenizer.set("added_tokens", special(vocabulary));
    tokenizer.set(
        "normalizer",
        node(
            Map.of(
                "type",
                "BertNormalizer",
                "clean_text",
                true,
                "handle_chinese_chars",
                true,
                "lowercase",
                lowerCase)));
    tokenizer.set("pre_tokenizer", node(Map.of("type", "BertPreTokenizer")));
    tokenizer.set(
        "post_processor",
        node(
            Map.of(
                "type",
                "BertProcessing",
                "sep",
                List.of(AFTER, vocabulary.get(AFTER)),
                "cls",
                List.of(BEFORE, vocabulary.get(BEFORE)))));
    tokenizer.set("decoder", node(Map.of("type", "WordPiece", "prefix", "##", "cleanup", true)));
    ObjectNode model = tokenizer.putObject("model");
    model.put("type", "WordPiece");
    model.put("unk_token", UNKNOWN);
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    model.set("vocab", vocabulary);
    return tokenizer;
  }

  private static JsonNode node(Map<String, Object> fields) {
    ObjectNode node = JSON.createObjectNode();
    fields.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> node.set(field.getKey(), JSON.valueToTree(field.getValue())));
    return node;
  }

  private static ArrayNode special(ObjectNode vocabulary) {
    ArrayNode added = JSON.createArrayNode();
    for (String token : SPECIAL) {
      if (vocabulary.has(token)) {
        ObjectNode node = added.addObject();
        node.set("id", vocabulary.get(token));
        node.put("content", token);
        List.of("single_word", "lstrip", "rstrip", "normalized")
            .forEach(key -> node.put(key, false));
        node.put("special", true);
      }
    }
    return added;
  }

  /** Ids are numbers of lines, so an empty line inside is a token as Hugging Face reads it. */
  private static List<String> lines(Path file) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().lines().toList();
    } catch (CharacterCodingException e) {
      throw new DamagedFileException(file, "bytes that are not UTF-8", "text in UTF-8");
    }
  }
}
