package dev.dl.core.config;

import dev.dl.core.config.Node.Mapping;
import dev.dl.core.config.Node.Scalar;
import dev.dl.core.config.Node.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns nodes into records, noting every problem on the way. A value with a problem becomes {@code
 * null}, and so does the record that holds it.
 */
final class Binder {
  private static final String NAMED_VALUES = "values by name such as {a: 1, b: 2}";

  private final Class<?> root;
  private final List<ConfigProblem> problems;

  Binder(Class<?> root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** The record of type {@code root} that the node describes. */
  Object bind(Node node) {
    return value(node, root, Range.NONE, "");
  }

  private Object value(Node node, Type type, Range range, String path) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return list(node, list.getActualTypeArguments()[0], range, path);
    }
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return map(node, map.getActualTypeArguments()[1], range, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Draft.class) {
      return new Draft(node);
    }
    if (Alternatives.are(plain)) {
      return alternative(node, plain, path);
    }
    if (Kinds.has(plain)) {
      return kind(node, Kinds.of(plain), path);
    }
    return plain.isRecord() ? group(node, plain, path) : scalar(node, plain, range, path);
  }

  private Object scalar(Node node, Class<?> type, Range range, String path) {
    if (node instanceof Scalar scalar && !node.isNull()) {
      Optional<Object> value = Scalars.read(scalar, type, range);
      if (value.isPresent()) {
        return value.get();
      }
    }
    String remedy =
        type.isEnum() && node instanceof Scalar scalar
            ? didYouMean(Nearest.to(scalar.text(), Scalars.labels(type)))
            : "";
    problem(path, node.shown(), Scalars.expected(type, range), remedy);
    return null;
  }

  /** The record that a name alone, or a name with settings below it, stands for. */
  private Object kind(Node node, Map<String, Class<?>> kinds, String path) {
    String expected = "one of " + String.join(", ", kinds.keySet());
    if (node instanceof Mapping mapping && mapping.entries().size() != 1) {
      String found = "the keys " + mapping.entries().keySet();
      problem(path, found, expected, "indent the settings of each below its name");
      return null;
    }
    if (node instanceof Sequence || node.isNull()) {
      problem(path, node.shown(), expected, "");
      return null;
    }
    boolean alone = node instanceof Scalar;
    String name =
        node instanceof Scalar scalar
            ? scalar.text()
            : ((Mapping) node).entries().keySet().iterator().next();
    Class<?> kind = kinds.get(name);
    if (kind == null) {
      problem(
          path, Printable.shorten(name), expected, didYouMean(Nearest.to(name, kinds.keySet())));
      return null;
    }
    Node given = alone ? Scalar.NULL : ((Mapping) node).entries().get(name);
    return settings(given, kind, join(path, name));
  }

  /** The settings of a kind: none, a group, or the value of the first of them. */
  private Object settings(Node node, Class<?> kind, String path) {
    if (node instanceof Mapping) {
      return group(node, kind, path);
    }
    List<String> keys = SpecKeys.of(kind);
    if (node.isNull()) {
      return group(new Mapping(Map.of()), kind, path);
    }
    if (keys.isEmpty()) {
      problem(path, node.shown(), "no settings", "");
      return null;
    }
    return group(new Mapping(Map.of(keys.get(0), node)), kind, path);
  }

  private Object list(Node node, Type elementType, Range range, String path) {
    if (!(node instanceof Sequence sequence)) {
      problem(path, node.shown(), "a list such as [a, b]", "");
      return null;
    }
    int before = problems.size();
    List<Object> values = new ArrayList<>();
    for (Node element : sequence.elements()) {
      values.add(value(element, elementType, range, path + "[" + values.size() + "]"));
    }
    return problems.size() == before ? List.copyOf(values) : null;
  }

  /** Values by names that the user chooses, in the order of the text. */
  private Object map(Node node, Type valueType, Range range, String path) {
    if (!(node instanceof Mapping mapping)) {
      problem(path, node.shown(), NAMED_VALUES, "");
      return null;
    }
    int before = problems.size();
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, value) -> values.put(key, value(value, valueType, range, join(path, key))));
    return problems.size() == before ? Collections.unmodifiableMap(values) : null;
  }

  /** A setting of a sealed type: a word of its enum, or its record of one list. */
  private Object alternative(Node node, Class<?> type, String path) {
    if (node instanceof Sequence) {
      RecordComponent[] components = Alternatives.list(type).getRecordComponents();
      Object list = value(node, components[0].getGenericType(), Range.of(components[0]), path);
      return list == null
          ? null
          : construct(Alternatives.list(type), components, new Object[] {list}, path);
    }
    Optional<Object> word =
        node instanceof Scalar scalar
            ? Scalars.read(scalar, Alternatives.words(type), Range.NONE)
            : Optional.empty();
    if (word.isEmpty()) {
      problem(path, node.shown(), Alternatives.expected(type), "");
    }
    return word.orElse(null);
  }

  private Object group(Node node, Class<?> type, String path) {
    List<String> keys = SpecKeys.of(type);
    if (node instanceof Scalar && !node.isNull() && type.isAnnotationPresent(Shorthand.class)) {
      return group(new Mapping(Map.of(keys.get(0), node)), type, path);
    }
    if (!(node instanceof Mapping mapping)) {
      problem(path, node.shown(), "a group of settings: " + String.join(", ", keys), "");
      return null;
    }
    int before = problems.size();
    for (String key : mapping.entries().keySet()) {
      if (!keys.contains(key)) {
        String expected = "one of " + String.join(", ", keys);
        problem(
            join(path, key), "an unknown key", expected, didYouMean(suggestion(key, keys, path)));
      }
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(mapping.entries(), components[i], join(path, components[i].getName()));
    }
    return problems.size() == before ? construct(type, components, values, path) : null;
  }

  private Object component(Map<String, Node> entries, RecordComponent component, String path) {
    Default fallback = component.getAnnotation(Default.class);
    Node node = entries.get(component.getName());
    if (node == null && fallback == null) {
      problem(path, "nothing", expected(component), "add it; it has no default");
      return null;
    }
    if (node == null) {
      node = YamlReader.parse(fallback.value(), "default of " + path, problems);
    }
    boolean optional = fallback != null && fallback.value().equals("null");
    if (optional && node.isNull()) {
      return null;
    }
    return value(node, component.getGenericType(), Range.of(component), path);
  }

  private Object construct(Class<?> type, RecordComponent[] parts, Object[] values, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true); // the record itself need not be public
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      refused(e.getCause(), path);
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make a " + type.getName(), e);
    }
  }

  /** Notes why a record's own constructor refused its values. */
  private void refused(Throwable cause, String path) {
    if (cause instanceof ConfigException e) {
      e.problems().forEach(p -> problem(join(path, p.path()), p.found(), p.expected(), p.remedy()));
    } else if (cause instanceof IllegalArgumentException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      problem(path, "values that do not fit together (" + reason + ")", "values that do", "");
    } else if (cause instanceof Error e) {
      throw e;
    } else {
      throw new IllegalStateException("a setting's record failed at " + path, cause);
    }
  }

  /** The key meant: a sibling if one is near, else any key of the whole spec. */
  private Optional<String> suggestion(String key, List<String> siblings, String path) {
    return Nearest.to(key, siblings)
        .map(sibling -> join(path, sibling))
        .or(
            () ->
                Nearest.to(
                    key, SpecKeys.everyPath(root), any -> any.substring(any.lastIndexOf('.') + 1)));
  }

  private String expected(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == Draft.class) {
      return "settings";
    }
    if (type.isRecord()) {
      return "a group of settings: " + String.join(", ", SpecKeys.of(type));
    }
    if (Alternatives.are(type)) {
      return Alternatives.expected(type);
    }
    if (type == Map.class) {
      return NAMED_VALUES;
    }
    return type == List.class ? "a list" : Scalars.expected(type, Range.of(component));
  }

  private void problem(String path, String found, String expected, String remedy) {
    problems.add(
        new ConfigProblem(
            path.isEmpty() ? "configuration" : Printable.shorten(path), found, expected, remedy));
  }

  private static String didYouMean(Optional<String> nearest) {
    return nearest.map(word -> "did you mean " + word + "?").orElse("");
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : key.isEmpty() ? path : path + "." + key;
  }
}
