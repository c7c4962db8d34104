package dev.dl.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Results as JSON files. */
final class Json {

  private Json() {}

  /** Writes a record, map or list. */
  static void write(Path file, Object value) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    byte[] text = (mapper.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = create(file)) {
      out.write(text);
    }
  }

  private static OutputStream create(Path file) throws CannotCreateException {
    try {
      return Files.newOutputStream(file);
    } catch (IOException refused) {
      throw new CannotCreateException(file, refused);
    }
  }
}
