package dev.dl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dl.cli.command.Dl;
import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run directory that somebody else gave: each value of each of its JSON files replaced by hostile
 * ones. Whoever wrote them also wrote hashes that fit.
 */
class HostileRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHECKPOINT = "checkpoints/step-00000003/";
  private static final String DEEP = "[".repeat(100_000) + "]".repeat(100_000);
  private static final List<String> HOSTILE =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "2147483647",
          "9223372036854775807",
          "1e999",
          "\"\"",
          "\"../../../../../../dev/zero\"",
          "\"java.net.URL\"",
          "\"\\u001b[2J\\n\"",
          "[]",
          "[null]",
          "{}",
          "{\"a\": null}",
          DEEP);

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws Exception {
    StringBuilder rows = new StringBuilder("size,town,day,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append("%d,%s,2024-01-%02d,%s%n".formatted(i, "abc".charAt(i % 3), 1 + i % 28, i % 2));
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        name: trial
        backend: cpu
        data: {source: table, train: '%s', target: {column: kind}}
        model: {name: mlp}
        training: {epochs: 1, batchSize: 20}
        """
            .formatted(folder.resolve("rows.csv")));
    String config = folder.resolve("run.yaml").toString();
    assertThat(dl("train", config, "--quiet", "--run", folder.resolve("whole").toString()).code)
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "preprocessing.json, predict RUN ROWS",
    "provenance.json, reproduce RUN --resume --run WHOLE",
    "summary.json, reproduce RUN --resume --run WHOLE",
    "summary.json, train --resume --run RUN",
    CHECKPOINT + "state.json, evaluate RUN --split validation",
    CHECKPOINT + "state.json, train --resume --quiet --run RUN",
    CHECKPOINT + "manifest.json, evaluate RUN --split validation",
    "checkpoints/index.json, evaluate RUN --split validation",
  })
  void refusesHostileJson(String file, String words) throws Exception {
    tryChanges(file, words, false);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "preprocessing.json, predict RUN ROWS",
    "provenance.json, reproduce RUN --resume --run WHOLE",
    CHECKPOINT + "state.json, train --resume --quiet --run RUN",
    CHECKPOINT + "manifest.json, evaluate RUN --split validation",
  })
  void refusesMoreOfHostileJson(String file, String words) throws Exception {
    tryChanges(file, words, true);
  }

  @Test
  void refusesHostileMetrics() throws Exception {
    for (String line : List.of("{\"kind\": \"epoch\"}", "[]", DEEP, "{\"step\": -1e999}", "\0")) {
      Path run = copy();
      Files.writeString(run.resolve("metrics.jsonl"), line + "\n" + line);
      requireEnded(run, "reproduce RUN --resume --run WHOLE", line);
    }
  }

  private static void tryChanges(String file, String words, boolean all) throws Exception {
    JsonNode whole = JSON.readTree(folder.resolve("whole").resolve(file).toFile());
    List<String> changed = changes(whole, all);
    assertThat(changed).hasSizeGreaterThan(20);
    for (String text : changed) {
      Path run = copy();
      Files.writeString(run.resolve(file), text);
      mendManifest(run, file);
      if (words.contains("--resume --quiet")) {
        Files.delete(run.resolve("summary.json"));
      }
      requireEnded(run, words, text);
    }
  }

  /** It ends by itself, at most with the reason in a few lines, and never as a bug. */
  private static void requireEnded(Path run, String words, String text) {
    Ended ended =
        dl(
            words
                .replace("RUN", run.toString())
                .replace("ROWS", folder.resolve("rows.csv").toString())
                .replace("WHOLE", folder.resolve("whole").toString())
                .split(" "));
    String shown = text.substring(0, Math.min(2_000, text.length()));
    assertThat(ended.code).as("%s with %s%n%s", words, shown, ended.err).isIn(0, 2, 5, 65, 66);
    assertThat(ended.err).doesNotContain("\u001b").doesNotContain("this is a bug");
  }

  /** Each value replaced by nothing and by another hostile one; or all ways of replacing one. */
  private static List<String> changes(JsonNode whole, boolean all) throws IOException {
    List<String> changes = new ArrayList<>();
    int places = places(whole).size();
    for (int place = 0; place < places; place++) {
      List<String> others = List.of(HOSTILE.get(0), HOSTILE.get(1 + place % (HOSTILE.size() - 1)));
      for (String hostile : all ? HOSTILE : others) {
        JsonNode copy = whole.deepCopy();
        places(copy).get(place).set("HOSTILE");
        changes.add(JSON.writeValueAsString(copy).replace("\"HOSTILE\"", hostile));
      }
      if (all) {
        JsonNode copy = whole.deepCopy();
        places(copy).get(place).remove();
        changes.add(JSON.writeValueAsString(copy));
      }
    }
    return changes;
  }

  /** Where a value stands. */
  private record Place(JsonNode parent, String name, int index) {

    void set(String value) {
      if (parent instanceof ObjectNode object) {
        object.put(name, value);
      } else {
        ((ArrayNode) parent).set(index, JSON.valueToTree(value));
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(name);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }
  }

  private static List<Place> places(JsonNode node) {
    List<Place> places = new ArrayList<>();
    if (node.isObject()) {
      node.properties().forEach(field -> places.add(new Place(node, field.getKey(), 0)));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.add(new Place(node, null, i));
    }
    node.forEach(child -> places.addAll(places(child)));
    return places;
  }

  /** With the size and hash of what is there now. */
  private static void mendManifest(Path run, String file) throws Exception {
    if (file.endsWith("state.json")) {
      Path manifest = run.resolve(CHECKPOINT + "manifest.json");
      byte[] content = Files.readAllBytes(run.resolve(file));
      String hash =
          java.util.HexFormat.of()
              .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(content));
      ObjectNode root = (ObjectNode) JSON.readTree(manifest.toFile());
      ObjectNode entry = (ObjectNode) root.at("/files/state.json");
      assertThat(entry.has("sha256")).isTrue();
      entry.put("bytes", content.length).put("sha256", hash);
      Files.writeString(manifest, JSON.writeValueAsString(root));
    }
  }

  private static Path copy() throws IOException {
    Path run = Files.createTempDirectory(folder, "run");
    Path whole = folder.resolve("whole");
    try (Stream<Path> files = Files.walk(whole)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, run.resolve(whole.relativize(file).toString()));
      }
    }
    return run;
  }

  /** What a verb came to. */
  private record Ended(int code, String err) {}

  private static Ended dl(String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    Dl dl = new Dl(new StandardRunServices(), new Console(nowhere, messages, Terminal.NONE));
    int code = dl.run(words);
    return new Ended(code, err.toString(StandardCharsets.UTF_8));
  }
}
