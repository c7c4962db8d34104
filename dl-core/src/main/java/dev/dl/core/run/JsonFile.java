package dev.dl.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** JSON files of a run, from records and back. The same bytes on every platform. */
public final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter INDENTED =
      MAPPER.writer(
          new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private JsonFile() {}

  /** The value as indented JSON, with a newline at the end. */
  public static byte[] bytes(Object value) {
    try {
      return (INDENTED.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value as JSON on one line, with a newline at the end. */
  public static byte[] line(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The value in a file.
   *
   * @throws DamagedFileException when it is no JSON of this type
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException | CharConversionException e) {
      // told below: what Jackson says runs over several lines
    }
    throw new DamagedFileException(
        file, "no readable " + type.getSimpleName(), "the JSON that this version of dl writes");
  }

  /** The value on one line; empty when it is no JSON of this type. */
  public static <T> Optional<T> value(String line, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(line, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The fields of an object on one line; none when it is not one. */
  public static Map<String, Object> fields(String line) {
    try {
      Map<String, Object> fields = MAPPER.readValue(line, FIELDS);
      return fields == null ? Map.of() : fields;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }
}
