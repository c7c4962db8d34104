package dev.dl.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;

/** Results as JSON files. */
final class Json {

  private Json() {}

  /** Writes a record, map or list. */
  static void write(Path file, Object value) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    OutputFile.replace(file, mapper.writeValueAsString(value) + "\n");
  }
}
