package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs of networks that the configuration spells out. */
@EnabledOnOs(OS.LINUX)
class OwnLayersTest {
  private static final String CONFIG =
      """
      name: own
      backend: cpu
      data: {source: idx, path: data}
      model:
        layers:
          - conv: {channels: 6, bias: false}
          - batch-norm
          - relu
          - residual: [conv: 8, relu, conv: 8]
          - global-average-pool
      training: {epochs: 2, batchSize: 12, maximumDuration: %s}
      """;

  @TempDir private Path folder;

  @Test
  void trainsResumesEvaluatesAndPredicts() throws Exception {
    SmallData.idx(folder.resolve("data"), 120, 30);
    SmallData.pictures(folder.resolve("pictures"), "test", 1);
    Files.writeString(folder.resolve("own.yaml"), CONFIG.formatted("null"));
    Files.writeString(folder.resolve("short.yaml"), CONFIG.formatted("1ms"));
    DlProcess.run(folder, "train", "own.yaml", "--run", "whole").requireExitCode(0);
    DlProcess.run(folder, "train", "short.yaml", "--run", "run").requireExitCode(0);
    assertThat(json("run/summary.json").get("status").asText()).isEqualTo("time-limit");
    Files.delete(folder.resolve("short.yaml"));

    DlProcess.Result refused =
        DlProcess.run(
                folder,
                "train",
                "--resume",
                "--run",
                "run",
                "model.layers=[flatten]",
                "training.maximumDuration=null")
            .requireExitCode(2);
    assertThat(refused.err()).contains("--resume: got a configuration other than the run's");
    DlProcess.run(folder, "train", "--resume", "--run", "run", "training.maximumDuration=null")
        .requireExitCode(0);

    assertThat(RunResult.of(folder.resolve("run")))
        .isEqualTo(RunResult.of(folder.resolve("whole")));
    assertThat(Files.readString(folder.resolve("run/spec.yaml"))).contains("- batch-norm:\n");
    DlProcess.run(folder, "evaluate", "run", "--json", "e.json").requireExitCode(0);
    assertThat(json("e.json").get("loss")).isEqualTo(json("run/summary.json").at("/test/loss"));
    DlProcess.run(folder, "predict", "run", "pictures/test", "--json", "p.json").requireExitCode(0);
    assertThat(json("p.json")).hasSize(2);
  }

  @Test
  void theExampleTrainsOnOtherPictures() throws Exception {
    SmallData.idx(folder.resolve("data"), 240, 60);

    trainTheExample("data.source=idx", "data.path=data", "training.epochs=3");

    assertThat(json("run/summary.json").at("/test/accuracy").asDouble()).isGreaterThan(0.6);
  }

  @Tag("slow")
  @Test
  void theExampleLearnsFromTheBuiltInPictures() throws Exception {
    trainTheExample("training.epochs=1");

    assertThat(json("run/summary.json").at("/validation/accuracy").asDouble()).isGreaterThan(0.6);
  }

  private void trainTheExample(String... overrides) throws Exception {
    String example = Path.of("..", "configs", "own-layers.yaml").toAbsolutePath().toString();
    List<String> words = new ArrayList<>(List.of("train", example, "--run", "run"));
    words.addAll(List.of(overrides));
    DlProcess.run(folder, words.toArray(String[]::new)).requireExitCode(0);
  }

  @Test
  void tellsALayerThatDoesNotFitByItsPlaceAndLeavesNothing() throws Exception {
    SmallData.idx(folder.resolve("data"), 120, 30);
    Files.writeString(folder.resolve("own.yaml"), CONFIG.formatted("null"));

    DlProcess.Result refused =
        DlProcess.run(
                folder, "train", "own.yaml", "--run", "run", "model.layers=[conv: 8, dense: 5]")
            .requireExitCode(2);

    assertThat(refused.err())
        .endsWith(
            "dl: model.layers[1].dense: got an input of the shape 8x12x12, expected a vector:"
                + " flatten or pool it first\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void refusesOneAnswerForATextWhereEachTokenIsToldTheNext() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "to be or not to be\n".repeat(60));
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        name: own
        data: {source: language, train: text.txt, text: {length: 16, tokenizer: {kind: character}}}
        model: {layers: [embedding: 8, mean-over-tokens]}
        """);

    assertThat(DlProcess.run(folder, "train", "own.yaml", "--run", "run").requireExitCode(2).err())
        .contains("dl: model.layers: got own layers for texts of 16 tokens of 10 with 10 outputs")
        .contains("(it gives 10, expected 16x10)");
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
