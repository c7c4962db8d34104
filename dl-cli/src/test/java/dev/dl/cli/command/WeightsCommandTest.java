package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @Test
  void listsNamesShapesTypesAndSizes() throws IOException {
    Path json = folder.resolve("list.json");

    int exitCode =
        run(
            written("head.weight", new Tensor(List.of(2L, 300L), new float[600])),
            "--json",
            json.toString());

    assertThat(exitCode).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            NAME         SHAPE  TYPE  BYTES
            head.weight  2x300  F32   2,400
            safetensors: 1 tensor, 2,400 bytes
            """);
    JsonNode list = new ObjectMapper().readTree(json.toFile());
    assertThat(list.get("format").asText()).isEqualTo("safetensors");
    assertThat(list.get("tensors").get(0).get("shape").get(1).asInt()).isEqualTo(300);
    assertThat(list.get("tensors").get(0).get("bytes").asInt()).isEqualTo(2400);
  }

  @Test
  void showsNamesThatWouldSteerATerminal() throws IOException {
    assertThat(run(written("a\u001b[2J\nb", new Tensor(List.of(), new float[1])))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("a\\u001B[2J\\u000Ab  scalar")
        .doesNotContain("\u001b");
  }

  @Test
  void refusesAHostileFileInOneLine() throws IOException {
    byte[] header = "{\"a\":{\"dtype\":\"\u001b[2J\"}}".getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("hostile");
    byte[] bytes = new byte[8 + header.length];
    bytes[0] = (byte) header.length;
    System.arraycopy(header, 0, bytes, 8, header.length);
    Files.write(file, bytes);

    assertThat(run(file.toString())).isEqualTo(65);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("dl: " + file + ": got ")
        .contains(", expected ")
        .doesNotContain("\u001b")
        .hasLineCount(1);
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThat(run(folder.resolve("none").toString())).isEqualTo(66);
  }

  private String written(String name, Tensor tensor) throws IOException {
    Path file = folder.resolve("weights");
    try (OutputStream output = Files.newOutputStream(file)) {
      SafeTensors.write(output, Map.of(name, tensor), Map.of());
    }
    return file.toString();
  }

  private int run(String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "weights";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Console console = new Console(print(out), print(err), Terminal.NONE);
    return new Dl(null, console).run(words);
  }

  private static PrintStream print(ByteArrayOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
