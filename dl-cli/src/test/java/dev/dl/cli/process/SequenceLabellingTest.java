package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences in which the words around a name say whether it is of a person or a place. */
@EnabledOnOs(OS.LINUX)
class SequenceLabellingTest {
  private static final List<String> NAMES =
      List.of("Jordan", "Lincoln", "Austin", "Florence", "Paris", "Sydney", "Chelsea", "Devon");
  private static final List<String> SECOND = List.of("Hill", "Wood", "Ford", "West");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bilstm", "transformer"})
  void tellsEntitiesByWhatStandsAroundThem(String model) throws Exception {
    List<String> tested = sentences(60, 2);
    Files.writeString(folder.resolve("train.conll"), String.join("\n", sentences(400, 1)));
    Files.writeString(folder.resolve("test.conll"), String.join("\n", tested));
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        name: names
        backend: cpu
        data:
          source: tagged-text
          train: train.conll
          test: test.conll
          text: {length: 32, tokenizer: {lowerCase: false}}
        model: {name: %s}
        optimizer: {learningRate: 0.003}
        training: {epochs: 8, batchSize: 16, loss: {labelSmoothing: 0.05, classWeights: balanced}}
        """
            .formatted(model));
    DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(0);

    JsonNode test = json("run/summary.json").get("test");
    assertThat(test.get("f1").asDouble()).isGreaterThan(0.95);
    assertThat(Files.readString(folder.resolve("run/samples/train-batch-1.txt")))
        .contains("\tB-PER\n");
    DlProcess.run(folder, "evaluate", "run", "--json", "e.json").requireExitCode(0);
    assertThat(json("e.json").get("f1")).isEqualTo(test.get("f1"));
    assertThat(json("e.json").get("loss")).isEqualTo(test.get("loss"));
    DlProcess.run(folder, "predict", "run", "test.conll", "--json", "p.json").requireExitCode(0);
    assertThat(json("p.json")).hasSize(60);
    int right = 0;
    int counted = 0;
    for (int i = 0; i < 60; i++) {
      String[] lines = tested.get(i).split("\n");
      String[] tags = json("p.json").get(i).get("label").asText().split(" ");
      assertThat(tags).hasSameSizeAs(lines);
      for (int t = 0; t < lines.length; t++) {
        right += lines[t].endsWith(" " + tags[t]) ? 1 : 0;
      }
      counted += lines.length;
    }
    assertThat((double) right / counted).isEqualTo(json("e.json").get("accuracy").asDouble());
  }

  @Test
  void refusesModelsThatTellWholeTexts() throws Exception {
    Files.writeString(folder.resolve("train.conll"), String.join("\n", sentences(20, 1)));
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        name: names
        backend: cpu
        data: {source: tagged-text, train: train.conll}
        model: {name: textcnn}
        """);

    assertThat(DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(2).err())
        .contains("dl: model.name: got textcnn for texts of 256 tokens of ")
        .contains("(it gives 5, expected 256x5)");
  }

  /** A number makes each sentence one of its own. */
  private static List<String> sentences(int count, int seed) {
    List<String> sentences = new ArrayList<>();
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      String person = name("PER", random);
      String place = name("LOC", random);
      String day = "day O\n" + seed + "-" + i + " O\n";
      sentences.add(
          switch (random.nextInt(4)) {
            case 0 -> "on O\n" + day + person + "said O\nso O\nin O\n" + place;
            case 1 -> "from O\n" + place + "came O\n" + person + "on O\n" + day;
            case 2 -> "Mrs O\n" + person + "left O\n" + place + "after O\n" + day;
            default -> "near O\n" + place + "all O\nwas O\nstill O\non O\n" + day;
          });
    }
    return sentences;
  }

  private static String name(String type, Random random) {
    String first = NAMES.get(random.nextInt(NAMES.size())) + " B-" + type + "\n";
    return random.nextBoolean()
        ? first
        : first + SECOND.get(random.nextInt(SECOND.size())) + " I-" + type + "\n";
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
