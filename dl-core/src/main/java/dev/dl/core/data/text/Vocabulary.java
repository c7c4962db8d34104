package dev.dl.core.data.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens by their ids; 0 is padding, and 1 stands for every token that is not among them. */
final class Vocabulary {
  static final int PADDING = 0;
  static final int UNKNOWN = 1;

  /** Between the texts of a pair; no text has such a token. */
  static final String SEPARATOR = "<separator>";

  /** The smallest size: padding, unknown and one token. */
  static final int SMALLEST = 3;

  private static final List<String> RESERVED = List.of("<padding>", "<unknown>");

  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (String token : this.tokens) {
      if (ids.put(token, ids.size()) != null) {
        throw new IllegalArgumentException("token \"" + token + "\" twice");
      }
    }
  }

  /** A vocabulary of these and the two reserved tokens before them. */
  static Vocabulary of(List<String> tokens) {
    List<String> all = new ArrayList<>(RESERVED);
    all.addAll(tokens);
    return new Vocabulary(all);
  }

  /** The tokens after the reserved ones. */
  List<String> learned() {
    return tokens.subList(RESERVED.size(), tokens.size());
  }

  int size() {
    return tokens.size();
  }

  String token(int id) {
    return tokens.get(id);
  }

  int id(String token) {
    return ids.getOrDefault(token, UNKNOWN);
  }

  /** The same with the token that separates texts before all that were learnt. */
  Vocabulary withSeparator() {
    List<String> all = new ArrayList<>(List.of(SEPARATOR));
    all.addAll(learned());
    return of(all);
  }

  /** With the separator between them, where there is one. */
  Optional<PairForm> pairForm() {
    return Optional.ofNullable(ids.get(SEPARATOR)).map(PairForm::separatedBy);
  }

  int[] ids(List<String> texts) {
    return texts.stream().mapToInt(this::id).toArray();
  }
}
