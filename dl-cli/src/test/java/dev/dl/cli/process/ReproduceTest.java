package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.cli.process.DlProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A finished run trained again from what it recorded. */
@EnabledOnOs(OS.LINUX)
class ReproduceTest {
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data, augmentation: {randomCropPadding: 1}}
      model: {name: convnet}
      training: {epochs: 2, batchSize: 20, emaDecay: 0.5, maximumDuration: 1h}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void train() throws Exception {
    SmallData.idx(folder.resolve("data"), 90, 12);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
    DlProcess.run(folder, "train", "trial.yaml", "--run", "first").requireExitCode(0);
  }

  @Test
  void comesToTheSameBitsOnTheSameMachine() throws Exception {
    // With the convolutions as they were before there was a choice, which decide the last bits.
    replace("first/provenance.json", "CACHE_AWARE", "DIRECT");
    replace("first/spec.yaml", "seed: 1", "seed: 2");
    DlProcess.run(folder, "reproduce", "first", "--run", "direct").requireExitCode(5);
    assertThat(folder.resolve("direct/provenance.json")).content().contains("\"DIRECT\"");

    Result again =
        DlProcess.run(folder, "reproduce", "direct", "--run", "again", "--json", "a.json")
            .requireExitCode(0);

    assertThat(again.out())
        .isEqualTo(
            """
            AREA         WHAT      RECORDED  NOW
            data         the same
            environment  the same
            versions     the same
            results      the same
            bit-identical: the same weights and metrics
            """);
    assertThat(RunResult.of(folder.resolve("again")))
        .isEqualTo(RunResult.of(folder.resolve("direct")));
    assertThat(json("a.json").get("identical").asBoolean()).isTrue();
    assertThat(json("again/provenance.json").at("/software/libraries/nd4j").asText())
        .isEqualTo("1.0.0-M2.1");
  }

  @Test
  void tellsHowFarApartOtherResultsAre() throws Exception {
    replace("first/spec.yaml", "seed: 1", "seed: 2");

    Result other =
        DlProcess.run(folder, "reproduce", "first", "--run", "other", "--json", "o.json")
            .requireExitCode(5);

    assertThat(other.out())
        .contains("environment  the same")
        .containsPattern("results +weightsSha256 +[0-9a-f]{39}… +[0-9a-f]{39}…\n")
        .containsPattern("results +epoch 1: train.loss +[0-9.]+ +[0-9.]+\n")
        .doesNotContain("epoch 2")
        .containsPattern(
            "different: the weights are apart by [0-9.]+ of their length, by [0-9.]+ ");
    JsonNode differences = json("o.json").get("differences");
    assertThat(differences.at("/weights/relative").asDouble()).isBetween(0.01, 10.0);
    assertThat(differences.at("/results/0/by").isMissingNode()).isFalse();
  }

  @Test
  void tellsWhatIsNotAsRecordedBeforeAndAfter() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("env", "OMP_NUM_THREADS=2", "OMP_WAIT_POLICY=PASSIVE"));
    command.addAll(DlProcess.command(List.of(), "reproduce", "first", "--run", "two"));
    replace("first/provenance.json", "\"1.0.0-M2.1\"", "\"1.0.0-M2\"");

    try (DlProcess dl = DlProcess.start(folder, new ProcessBuilder(command))) {
      Result result = dl.await();
      assertThat(result.exitCode()).isIn(0, 5);
      assertThat(result.err())
          .contains("threads: 2, recorded 1; the results may be others")
          .contains("nd4j: 1.0.0-M2.1, recorded 1.0.0-M2; the results may be others");
      assertThat(result.out())
          .containsPattern("environment +threads +1 +2\n")
          .containsPattern("versions +nd4j +1.0.0-M2 +1.0.0-M2.1\n");
    }
  }

  @Test
  void refusesDataThatChangedOrIsMissing() throws Exception {
    Path images = folder.resolve("data/train-images-idx3-ubyte");
    byte[] content = Files.readAllBytes(images);
    content[content.length - 1] ^= 1;
    Files.write(images, content);

    Result changed = DlProcess.run(folder, "reproduce", "first", "--run", "of-other-data");
    assertThat(changed.requireExitCode(65).err())
        .contains("dl: data: found files with fingerprint ")
        .contains("as the run recorded; put them back to reproduce it");
    assertThat(folder.resolve("of-other-data")).doesNotExist();

    Files.delete(images);
    DlProcess.run(folder, "reproduce", "first", "--run", "of-nothing").requireExitCode(66);
    assertThat(folder.resolve("of-nothing")).doesNotExist();
  }

  @Test
  void goesOnWhereItWasInterrupted() throws Exception {
    Path run = folder.resolve("again");
    try (DlProcess dl = DlProcess.start(folder, "reproduce", "first", "--run", "again")) {
      dl.awaitUntil(() -> RunResult.newestStep(run) > 0);
      dl.signal("KILL");
      dl.await();
    }
    String[] resumed = {"reproduce", "first", "--run", "again", "--resume"};

    assertThat(DlProcess.run(folder, resumed).requireExitCode(0).lastLine())
        .startsWith("bit-identical");
    assertThat(DlProcess.run(folder, resumed).requireExitCode(0).err()).isEmpty();
  }

  @Test
  void refusesARunThatHasNotEnded() throws Exception {
    replace("first/summary.json", "completed", "interrupted");

    Result refused = DlProcess.run(folder, "reproduce", "first").requireExitCode(2);
    assertThat(refused.err())
        .isEqualTo(
            "dl: first: got a run that has not ended (interrupted), expected a finished one;"
                + " finish it with --resume\n");
    DlProcess.run(folder, "reproduce", "nowhere").requireExitCode(66);
  }

  private void replace(String file, String before, String after) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(before);
    Files.writeString(path, text.replace(before, after));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
