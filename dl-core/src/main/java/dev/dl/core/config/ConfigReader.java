package dev.dl.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML and {@code key=value} overrides into a record of settings.
 *
 * <p>The keys are the names of the record's components: text, whole numbers, numbers, {@code true}
 * and {@code false}, durations ({@code 1h30m}), enums ({@code one-cycle}), lists, maps of names
 * that the user chooses, and records as groups. A sealed interface stands for one of the records
 * that it permits, {@code max-pool: {size: 2}} for a {@code MaxPool}; {@code max-pool} alone takes
 * every default, and {@code max-pool: 2} sets the first component, as a value alone does for a
 * record with {@link Shorthand}. A {@link Draft} takes whatever is there. {@link Default}, {@link
 * Minimum} and their like say the rest. A component may be null when its default is {@code "null"}.
 */
public final class ConfigReader {
  private static final long MAXIMUM_BYTES = 1 << 20;

  private ConfigReader() {}

  /**
   * The settings in a file.
   *
   * @param overrides such as {@code training.epochs=5}, applied in order
   * @throws ConfigException with every problem of the file and the overrides
   * @throws NoSuchFileException when there is no such file
   */
  public static <T extends Record> T read(Path yaml, List<String> overrides, Class<T> type)
      throws IOException {
    return parse(text(yaml), yaml.toString(), overrides, type);
  }

  /** The text of a file of settings, which is not long and UTF-8. */
  static String text(Path yaml) throws IOException {
    long size = Files.size(yaml);
    if (size > MAXIMUM_BYTES) {
      throw new ConfigException(
          yaml.toString(), size + " bytes", "a configuration of at most 1 MiB", "");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(yaml));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigException(
          yaml.toString(), "bytes that are not UTF-8", "UTF-8 text", "save it as UTF-8");
    }
  }

  /**
   * What a file says, value by value: {@code training.epochs} to {@code 5}, {@code
   * stack[0].filters} to {@code 32}. Nothing is asked of the keys and values, so that a file of
   * another version, or for a plugin that is not here, can be looked at.
   *
   * @return in the order of the file
   * @throws ConfigException when it is no plain YAML
   */
  public static Map<String, String> values(Path yaml) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    List<ConfigProblem> problems = new ArrayList<>();
    collect("", YamlReader.parse(text(yaml), yaml.toString(), problems), values);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return values;
  }

  private static void collect(String path, Node node, Map<String, String> values) {
    if (node instanceof Node.Mapping mapping) {
      String prefix = path.isEmpty() ? "" : path + ".";
      mapping.entries().forEach((key, value) -> collect(prefix + key, value, values));
    } else if (node instanceof Node.Sequence sequence) {
      for (int i = 0; i < sequence.elements().size(); i++) {
        collect(path + "[" + i + "]", sequence.elements().get(i), values);
      }
    } else {
      values.put(path, ((Node.Scalar) node).text());
    }
  }

  /**
   * The settings in YAML text.
   *
   * @param origin what messages call the text, such as its file
   * @throws ConfigException with every problem of the text and the overrides
   */
  public static <T extends Record> T parse(
      String yaml, String origin, List<String> overrides, Class<T> type) {
    List<ConfigProblem> problems = new ArrayList<>();
    Object settings = null;
    try {
      Node root = YamlReader.parse(yaml, origin, problems);
      Node document = root.isNull() ? new Node.Mapping(Map.of()) : root;
      settings = new Binder(type, problems).bind(Overrides.apply(document, overrides, problems));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return type.cast(settings);
  }
}
