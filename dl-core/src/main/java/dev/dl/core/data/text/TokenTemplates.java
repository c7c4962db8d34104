package dev.dl.core.data.text;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The templates in a {@code tokenizer.json} that say what stands around a text. The library does
 * not check them when it reads them, and ends the process at the first text that needs what is not
 * there.
 */
final class TokenTemplates {
  private static final String KIND = "TemplateProcessing";

  private TokenTemplates() {}

  /**
   * Refuses templates that name a token or a text that there is none of.
   *
   * @param processor a post-processor, or several in a sequence
   * @throws IllegalArgumentException that says which
   */
  static void check(JsonNode processor) {
    processor.path("processors").forEach(TokenTemplates::check);
    if (processor.path("type").asText().equals(KIND)) {
      processor.path("single").forEach(piece -> check(piece, processor, false));
      processor.path("pair").forEach(piece -> check(piece, processor, true));
    }
  }

  private static void check(JsonNode piece, JsonNode processor, boolean ofPairs) {
    JsonNode token = piece.path("SpecialToken").path("id");
    if (!token.isMissingNode() && !processor.path("special_tokens").has(token.asText())) {
      throw new IllegalArgumentException(
          "a template with the token " + token + ", which is none of its special_tokens");
    }
    if (!ofPairs && piece.path("Sequence").path("id").asText().equals("B")) {
      throw new IllegalArgumentException("a template of single texts with a second text");
    }
  }
}
