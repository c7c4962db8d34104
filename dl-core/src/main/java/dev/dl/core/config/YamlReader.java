package dev.dl.core.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Parses one YAML document into nodes: no anchors, aliases or tags, no key twice, no deep nesting.
 * A key given twice is noted and reading goes on; anything else that breaks these rules ends it
 * with a {@link ConfigException} that tells its position.
 */
final class YamlReader {
  private static final int MAXIMUM_DEPTH = 32;
  private static final YAMLFactory YAML = new YAMLFactory();

  private final String origin;
  private final YAMLParser parser;
  private final List<ConfigProblem> problems;

  private YamlReader(String origin, YAMLParser parser, List<ConfigProblem> problems) {
    this.origin = origin;
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * The document in {@code text}, YAML's null when it is empty.
   *
   * @param origin what messages call the text, such as its file
   * @param problems where keys given twice are noted
   */
  static Node parse(String text, String origin, List<ConfigProblem> problems) {
    try (YAMLParser parser = YAML.createParser(text.replaceFirst("^\uFEFF", ""))) {
      return new YamlReader(origin, parser, problems).document();
    } catch (JsonProcessingException e) {
      String position = position(origin, e.getLocation());
      throw invalid(position, Printable.shorten(reason(e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // text in memory: cannot happen
    }
  }

  private Node document() throws IOException {
    if (parser.nextToken() == null) {
      return Node.Scalar.NULL;
    }
    Node root = node("", 0);
    if (parser.nextToken() != null) {
      throw invalid(position(), "a second YAML document");
    }
    return root;
  }

  private Node node(String path, int depth) throws IOException {
    refuseReferences();
    if (depth > MAXIMUM_DEPTH) {
      throw invalid(position(), "nesting deeper than " + MAXIMUM_DEPTH + " levels");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(path, depth);
      case START_ARRAY -> sequence(path, depth);
      case VALUE_NULL -> Node.Scalar.NULL;
      case VALUE_TRUE, VALUE_FALSE -> truth(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Scalar(parser.getText(), Node.Kind.NUMBER);
      case VALUE_STRING -> new Node.Scalar(parser.getText(), Node.Kind.TEXT);
      default -> throw invalid(position(), Printable.shorten(parser.getText()));
    };
  }

  /** YAML 1.1 also takes yes, no, on and off for booleans; here they are text. */
  private static Node truth(String text) {
    boolean strict = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    return new Node.Scalar(text, strict ? Node.Kind.BOOLEAN : Node.Kind.TEXT);
  }

  private Node mapping(String path, int depth) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      refuseReferences();
      String key = parser.currentName();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      String position = position();
      parser.nextToken();
      if (entries.put(key, node(keyPath, depth + 1)) != null) {
        problems.add(
            new ConfigProblem(
                Printable.shorten(keyPath),
                "a second value at " + position,
                "each key once",
                "remove one of them"));
      }
    }
    return new Node.Mapping(entries);
  }

  private Node sequence(String path, int depth) throws IOException {
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(path + "[" + elements.size() + "]", depth + 1));
    }
    return new Node.Sequence(elements);
  }

  /** Anchors and aliases can expand without bound, and tags name types: neither has a use here. */
  private void refuseReferences() throws IOException {
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw invalid(position(), "a YAML anchor or alias");
    }
    if (parser.getTypeId() != null) {
      throw invalid(position(), "a YAML tag");
    }
  }

  private String position() {
    return position(origin, parser.currentTokenLocation());
  }

  private static String position(String origin, JsonLocation location) {
    return location == null
        ? origin
        : origin + ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String reason(JsonProcessingException e) {
    return e.getCause() instanceof MarkedYAMLException cause && cause.getProblem() != null
        ? cause.getProblem()
        : e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static ConfigException invalid(String position, String found) {
    return new ConfigException(position, found, "plain YAML: key: value", "");
  }
}
