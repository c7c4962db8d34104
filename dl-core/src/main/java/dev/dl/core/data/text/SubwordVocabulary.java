package dev.dl.core.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tokens in a {@code tokenizer.json}, by their ids; ids without a token are allowed. */
final class SubwordVocabulary {
  private static final int LARGEST_SIZE = 1 << 22;
  private static final List<String> PADDINGS = List.of("[PAD]", "<pad>", "<|padding|>");

  private final Map<Integer, String> tokens = new HashMap<>();
  private int size;
  private int paddingId;
  private OptionalInt unknownId = OptionalInt.empty();

  private SubwordVocabulary() {}

  /**
   * Reads the vocabulary of the model, an object or (Unigram) a list of pairs, and what is added.
   */
  static SubwordVocabulary of(JsonNode file) {
    SubwordVocabulary vocabulary = new SubwordVocabulary();
    JsonNode model = file.path("model").path("vocab");
    if (model.isArray()) {
      for (int id = 0; id < model.size(); id++) {
        vocabulary.put(id, model.get(id).path(0).asText());
      }
    } else {
      model.properties().forEach(token -> vocabulary.put(id(token.getValue()), token.getKey()));
    }
    for (JsonNode added : file.path("added_tokens")) {
      vocabulary.put(id(added.path("id")), added.path("content").asText());
    }
    if (vocabulary.size == 0) {
      throw new IllegalArgumentException("no vocabulary");
    }
    vocabulary.paddingId =
        file.path("padding").path("pad_id").asInt(vocabulary.id(PADDINGS).orElse(0));
    vocabulary.unknownId = vocabulary.unknownId(file.path("model"));
    return vocabulary;
  }

  /** The id that the file pads with, else that of a usual padding token, else 0. */
  int paddingId() {
    return paddingId;
  }

  /** The id of what is not in the vocabulary; empty if there is no such text. */
  OptionalInt unknownId() {
    return unknownId;
  }

  /** The largest id and one. */
  int size() {
    return size;
  }

  String token(int id) {
    return tokens.getOrDefault(id, "");
  }

  private OptionalInt unknownId(JsonNode model) {
    return model.path("unk_id").isInt()
        ? OptionalInt.of(model.path("unk_id").intValue())
        : id(List.of(model.path("unk_token").asText()));
  }

  private OptionalInt id(List<String> names) {
    return tokens.entrySet().stream()
        .filter(token -> names.contains(token.getValue()))
        .mapToInt(Map.Entry::getKey)
        .min();
  }

  private void put(int id, String token) {
    tokens.put(id, token);
    size = Math.max(size, id + 1);
  }

  private static int id(JsonNode id) {
    if (!id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= LARGEST_SIZE) {
      throw new IllegalArgumentException("the id " + id);
    }
    return id.intValue();
  }
}
