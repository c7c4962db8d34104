package dev.dl.core.config;

import dev.dl.core.config.Node.Mapping;
import dev.dl.core.config.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Settings from the command line, {@code training.epochs=5}, laid over those of the file. */
final class Overrides {
  private static final Pattern PATH = Pattern.compile("[^.\\s]+(\\.[^.\\s]+)*");

  private Overrides() {}

  /**
   * The root with every override applied in order; a value replaces what stood at its path. Paths
   * are not checked against the spec: an unknown one becomes an unknown key.
   */
  static Node apply(Node root, List<String> overrides, List<ConfigProblem> problems) {
    Node result = root;
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 0 || !PATH.matcher(override.substring(0, equals)).matches()) {
        problems.add(
            new ConfigProblem(
                "override",
                new Scalar(override, Node.Kind.TEXT).shown(),
                "key=value such as training.epochs=5",
                ""));
        continue;
      }
      String path = override.substring(0, equals);
      try {
        Node value = YamlReader.parse(override.substring(equals + 1), "value", problems);
        result = replace(result, path, value);
      } catch (ConfigException e) {
        for (ConfigProblem problem : e.problems()) {
          problems.add(
              new ConfigProblem(
                  path + "=", problem.found() + " at " + problem.path(), "a YAML value", ""));
        }
      }
    }
    return result;
  }

  /** The node with a value at a dotted path; groups on the way there are made. */
  static Node replace(Node node, String path, Node value) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (node instanceof Mapping mapping) {
      entries.putAll(mapping.entries());
    }
    int dot = path.indexOf('.');
    String key = dot < 0 ? path : path.substring(0, dot);
    Node inner = entries.getOrDefault(key, Scalar.NULL);
    entries.put(key, dot < 0 ? value : replace(inner, path.substring(dot + 1), value));
    return new Mapping(entries);
  }
}
