package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.tensorfile.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that train a part of their model. */
@EnabledOnOs(OS.LINUX)
class FineTuningTest {
  private static final int ROWS = 120;
  private static final String LORA =
      "fineTuning.lora={rank: 2, dropout: 0.1, targets: ['*.query.weight']}";

  /** With it no weight changes. */
  private static final String STILL = "optimizer.learningRate=1e-30";

  @TempDir private Path folder;

  @BeforeEach
  void writeTexts() throws IOException {
    StringBuilder csv = new StringBuilder("label,text\n");
    for (int i = 0; i < ROWS; i++) {
      String text = i % 2 == 0 ? "what a fine tea number %d" : "what a stale tea number %d";
      csv.append(i % 2 == 0 ? "great," : "other,").append(text.formatted(i % 7)).append('\n');
    }
    Files.writeString(folder.resolve("texts.csv"), csv);
    Files.writeString(
        folder.resolve("run.yaml"),
        "name: run\nbackend: cpu\ndata: {source: text, train: texts.csv, test: texts.csv,"
            + " allowLeakage: true, text: {length: 8}}\nmodel: {name: bert-tiny}\n"
            + "training: {epochs: 3, batchSize: 16}\noptimizer: {learningRate: 0.01}\n");
  }

  @Test
  void adaptersAreWrittenAloneAndMergedWhereTheRunIsUsed() throws Exception {
    DlProcess.run(folder, "train", "run.yaml", LORA, "--run", "run").requireExitCode(0);

    assertThat(SafeTensors.read(folder.resolve("run/adapters.safetensors")))
        .containsOnlyKeys(
            "encoder.layer.0.attention.self.query.lora_A.weight",
            "encoder.layer.0.attention.self.query.lora_B.weight",
            "encoder.layer.1.attention.self.query.lora_A.weight",
            "encoder.layer.1.attention.self.query.lora_B.weight",
            "classifier.weight",
            "classifier.bias");
    DlProcess.run(folder, "evaluate", "run", "--json", "e.json").requireExitCode(0);
    JsonNode measured = json("run/summary.json").at("/test");
    assertThat(json("e.json").get("loss").asDouble())
        .isCloseTo(measured.get("loss").asDouble(), within(1e-5));
    assertThat(json("e.json").get("accuracy")).isEqualTo(measured.get("accuracy"));

    DlProcess.run(folder, "export", "run", "--weights", "merged.safetensors").requireExitCode(0);
    String[] further = {
      "train", "run.yaml", LORA, "model.pretrained=merged.safetensors", STILL, "--run", "further"
    };
    DlProcess.run(folder, further).requireExitCode(0);
    assertThat(json("further/summary.json").at("/test/loss").asDouble())
        .isCloseTo(measured.get("loss").asDouble(), within(1e-5));
  }

  @Test
  void aPatternThatMatchesNothingLeavesNoRunBehind() throws Exception {
    DlProcess.Result refused =
        DlProcess.run(
                folder, "train", "run.yaml", "fineTuning.freeze=['embedding.*']", "--run", "run")
            .requireExitCode(2);
    assertThat(refused.err())
        .contains("dl: fineTuning.freeze: got embedding.*, expected a pattern that matches a")
        .endsWith("did you mean embeddings.*?\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
