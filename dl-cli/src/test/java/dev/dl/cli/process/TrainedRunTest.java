package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a run after its training, from its directory alone. */
@EnabledOnOs(OS.LINUX)
class TrainedRunTest {
  private static final String CONFIG =
      """
      name: pictures
      backend: cpu
      data: {source: image-folder, path: pictures}
      model: {name: convnet}
      training: {epochs: 2, batchSize: 8, emaDecay: 0.5}
      """;

  private static final int OF_EACH_CLASS = 6;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainAndMove() throws Exception {
    SmallData.pictures(folder.resolve("pictures"), "train", 20);
    SmallData.pictures(folder.resolve("pictures"), "test", OF_EACH_CLASS);
    Files.writeString(folder.resolve("pictures.yaml"), CONFIG);
    DlProcess.run(folder, "train", "pictures.yaml", "--run", "run").requireExitCode(0);
    Files.createDirectory(folder.resolve("elsewhere"));
    Files.move(folder.resolve("run"), folder.resolve("elsewhere/moved"));
    Files.delete(folder.resolve("pictures.yaml"));
  }

  /** Two classes, so the probability of the one that was not predicted is known too. */
  @Test
  void predictsFilesAsItEvaluatesThem() throws Exception {
    DlProcess.run(folder, "evaluate", "elsewhere/moved", "--json", "evaluation.json")
        .requireExitCode(0);
    DlProcess.run(folder, "predict", "elsewhere/moved", "pictures/test", "--json", "labels.json")
        .requireExitCode(0);

    JsonNode evaluation = json("evaluation.json");
    JsonNode predictions = json("labels.json");
    assertThat(predictions).hasSize(2 * OF_EACH_CLASS);
    double loss = 0;
    int correct = 0;
    for (JsonNode prediction : predictions) {
      String label = Path.of(prediction.get("file").asText()).getParent().getFileName().toString();
      boolean right = label.equals(prediction.get("label").asText());
      double probability = prediction.get("probability").asDouble();
      loss -= Math.log(right ? probability : 1 - probability) / predictions.size();
      correct += right ? 1 : 0;
    }
    assertThat(loss).isCloseTo(evaluation.get("loss").asDouble(), within(1e-6));
    assertThat((double) correct / predictions.size())
        .isEqualTo(evaluation.get("accuracy").asDouble());
    assertThat(evaluation.get("loss")).isEqualTo(summary().get("test").get("loss"));
  }

  private static JsonNode summary() throws IOException {
    return json("elsewhere/moved/summary.json");
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
