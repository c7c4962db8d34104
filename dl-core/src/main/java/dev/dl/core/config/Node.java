package dev.dl.core.config;

import java.util.List;
import java.util.Map;

/** A piece of parsed YAML. Scalars stay text until the setting they are for decides their type. */
sealed interface Node {

  /** Keys and values, in the order of the text. */
  record Mapping(Map<String, Node> entries) implements Node {}

  /** Values in order. */
  record Sequence(List<Node> elements) implements Node {}

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param kind what YAML takes it for
   */
  record Scalar(String text, Kind kind) implements Node {
    static final Scalar NULL = new Scalar("null", Kind.NULL);
  }

  /** What YAML takes a scalar for; text in quotes is always {@link #TEXT}. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** How a message shows this piece: short, on one line, free of control characters. */
  default String shown() {
    if (this instanceof Mapping) {
      return "a group of settings";
    }
    if (this instanceof Sequence) {
      return "a list";
    }
    Scalar scalar = (Scalar) this;
    String text = Printable.shorten(scalar.text());
    return scalar.kind() == Kind.TEXT ? '"' + text + '"' : text;
  }

  /** Whether this is YAML's null. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }
}
