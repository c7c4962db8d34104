package dev.dl.core.config;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes a record of settings as YAML that {@link ConfigReader} reads back to an equal record. */
public final class ConfigWriter {
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .stringQuotingChecker(new Quoting())
          .build();

  private ConfigWriter() {}

  /** The settings as YAML, every one of them, {@code null} included. */
  public static String yaml(Record settings) {
    StringWriter text = new StringWriter();
    try (YAMLGenerator generator = YAML.createGenerator(text)) {
      write(settings, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // text in memory: cannot happen
    }
    return text.toString();
  }

  private static void write(Object value, YAMLGenerator generator) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Draft draft) {
      write(draft.node(), generator);
    } else if (value instanceof Record list && Alternatives.isList(list)) {
      write(component(list, list.getClass().getRecordComponents()[0]), generator);
    } else if (value instanceof Record single && isSingleValue(single)) {
      write(component(single, single.getClass().getRecordComponents()[0]), generator);
    } else if (value instanceof Record settings && Kinds.isOne(settings.getClass())) {
      writeKind(settings, generator);
    } else if (value instanceof Record settings) {
      writeGroup(settings, generator);
    } else if (value instanceof List<?> elements) {
      generator.writeStartArray();
      for (Object element : elements) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Map<?, ?> entries) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Double number) {
      generator.writeNumber(Scalars.write(number));
    } else if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(value.toString());
    } else if (value instanceof Duration duration) {
      generator.writeString(Scalars.write(duration));
    } else if (value instanceof Enum<?> constant) {
      generator.writeString(Scalars.label(constant));
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else {
      throw new IllegalArgumentException("no setting can have the type " + value.getClass());
    }
  }

  private static void write(Node node, YAMLGenerator generator) throws IOException {
    if (node instanceof Node.Mapping mapping) {
      generator.writeStartObject();
      for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
        generator.writeFieldName(entry.getKey());
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (node instanceof Node.Sequence sequence) {
      generator.writeStartArray();
      for (Node element : sequence.elements()) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (node instanceof Node.Scalar scalar) {
      switch (scalar.kind()) {
        case TEXT -> generator.writeString(scalar.text());
        case NULL -> generator.writeNull();
        case NUMBER, BOOLEAN -> generator.writeNumber(scalar.text()); // as it was written
      }
    }
  }

  /** Of settings that may be given as a single value, those that have no others. */
  private static boolean isSingleValue(Record settings) {
    return settings.getClass().isAnnotationPresent(Shorthand.class)
        && settings.getClass().getRecordComponents().length == 1;
  }

  private static void writeKind(Record settings, YAMLGenerator generator) throws IOException {
    String name = Kinds.name(settings.getClass());
    if (settings.getClass().getRecordComponents().length == 0) {
      generator.writeString(name);
      return;
    }
    generator.writeStartObject();
    generator.writeFieldName(name);
    writeGroup(settings, generator);
    generator.writeEndObject();
  }

  private static void writeGroup(Record settings, YAMLGenerator generator) throws IOException {
    generator.writeStartObject();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      generator.writeFieldName(component.getName());
      write(component(settings, component), generator);
    }
    generator.writeEndObject();
  }

  private static Object component(Record settings, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true); // the record itself need not be public
      return accessor.invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component, e);
    }
  }

  /** Quotes control characters too: unquoted, YAML folds some of them into spaces. */
  private static final class Quoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1;

    @Override
    public boolean needToQuoteValue(String text) {
      return super.needToQuoteValue(text) || text.chars().anyMatch(Character::isISOControl);
    }
  }
}
