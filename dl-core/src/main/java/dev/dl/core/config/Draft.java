package dev.dl.core.config;

import dev.dl.core.config.Node.Kind;
import dev.dl.core.config.Node.Mapping;
import dev.dl.core.config.Node.Scalar;
import dev.dl.core.config.Node.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings as they were written, which no record has taken yet: a group, a list or a value. A spec
 * of many runs holds parts of theirs, which are bound once they are put together.
 */
public final class Draft {
  /** A group without settings. */
  public static final Draft EMPTY = new Draft(new Mapping(Map.of()));

  /** YAML's null. */
  public static final Draft NULL = new Draft(Scalar.NULL);

  private final Node node;

  Draft(Node node) {
    this.node = node;
  }

  /** A value of text. */
  public static Draft of(String text) {
    return new Draft(new Scalar(text, Kind.TEXT));
  }

  /** A whole number. */
  public static Draft of(long number) {
    return new Draft(new Scalar(Long.toString(number), Kind.NUMBER));
  }

  /**
   * The settings in a YAML file.
   *
   * @throws ConfigException if it holds something else
   */
  public static Draft read(Path yaml) throws IOException {
    List<ConfigProblem> problems = new ArrayList<>();
    Node root = YamlReader.parse(ConfigReader.text(yaml), yaml.toString(), problems);
    if (!(root instanceof Mapping)) {
      problems.add(new ConfigProblem(yaml.toString(), root.shown(), "a group of settings", ""));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Draft(root);
  }

  Node node() {
    return node;
  }

  public boolean isGroup() {
    return node instanceof Mapping;
  }

  /** The settings of a group by their keys, in order; nothing of what is none. */
  public Map<String, Draft> entries() {
    Map<String, Draft> entries = new LinkedHashMap<>();
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach((key, value) -> entries.put(key, new Draft(value)));
    }
    return entries;
  }

  /** The elements of a list; nothing of what is none. */
  public List<Draft> elements() {
    return node instanceof Sequence sequence
        ? sequence.elements().stream().map(Draft::new).toList()
        : List.of();
  }

  /** A value as it was written; empty for a group or a list. */
  public Optional<String> text() {
    return node instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  /** How a message shows it. */
  public String shown() {
    return node.shown();
  }

  /** What stands at a dotted path; empty if nothing does. */
  public Optional<Draft> find(String path) {
    Node found = node;
    for (String key : path.split("\\.")) {
      found = found instanceof Mapping mapping ? mapping.entries().get(key) : null;
    }
    return Optional.ofNullable(found).map(Draft::new);
  }

  /** The same with a value at a dotted path, in place of what stood there. */
  public Draft with(String path, Draft value) {
    return new Draft(Overrides.replace(node, path, value.node));
  }

  /**
   * The record that these settings describe.
   *
   * @throws ConfigException with every problem of them
   */
  public <T extends Record> T bind(Class<T> type) {
    List<ConfigProblem> problems = new ArrayList<>();
    Object settings = new Binder(type, problems).bind(node);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return type.cast(settings);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Draft draft && draft.node.equals(node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
