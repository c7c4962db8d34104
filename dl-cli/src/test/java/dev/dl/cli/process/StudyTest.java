package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose processes are killed, share their cells, or have cells that fail. */
@EnabledOnOs(OS.LINUX)
class StudyTest {
  /** 62 steps each: two epochs of 31. */
  private static final String STUDY =
      """
      name: trial
      base:
        backend: cpu
        data: {source: idx, path: data, augmentation: {randomCropPadding: 2}}
        schedule: {name: cosine}
        training: {batchSize: 12, checkpoint: {everySteps: 4}}
      candidates:
        - {name: dense, model: {layers: [flatten, dense: 8]}}
        - {name: missing, model.name: convnet, model.pretrained: {path: none.safetensors}}
        - {name: conv, model: {layers: [conv: 4, max-pool, dropout: 0.2, global-average-pool]}}
      seeds: [1, 2]
      budget: {epochs: 2}
      tuning: none, this is a test
      """;

  private static final List<String> GOOD =
      List.of("dense-seed1", "conv-seed1", "dense-seed2", "conv-seed2");

  @TempDir private static Path folder;
  private static DlProcess.Result unbroken;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    SmallData.idx(folder.resolve("data"), 402, 60);
    Files.writeString(folder.resolve("trial.yaml"), STUDY);
    unbroken = DlProcess.run(folder, "study", "trial.yaml");
  }

  @Test
  void aCellThatFailsIsToldAndTheRestIsTrained() throws Exception {
    unbroken.requireExitCode(6);

    assertThat(unbroken.lastLine()).isEqualTo("studies/trial");
    assertThat(unbroken.out()).containsPattern("conv +\\d+ +62 +2 +0\\.\\d{4} +0\\.\\d{4}");
    assertThat(unbroken.err())
        .contains("dl: missing-seed1 failed: ", "dl: missing-seed2 failed: ", "none.safetensors");
    JsonNode study = json("studies/trial/study.json");
    assertThat(study.get("cells"))
        .extracting(cell -> cell.get("state").asText())
        .containsExactly("done", "failed", "done", "done", "failed", "done");
    assertThat(study.at("/cells/1/failure/exitCode").asInt()).isEqualTo(66);
    assertThat(study.get("tuning").asText()).isEqualTo("none, this is a test");
    for (JsonNode cell : study.get("cells")) {
      if (cell.get("state").asText().equals("done")) {
        JsonNode summary =
            json("studies/trial/" + cell.get("directory").asText() + "/summary.json");
        assertThat(cell.get("test")).isEqualTo(summary.get("test"));
        assertThat(cell.get("steps").asInt()).isEqualTo(62);
      }
    }
    assertThat(json("studies/trial/cells/conv-seed2/provenance.json").get("dataFingerprint"))
        .isEqualTo(study.get("dataFingerprint"));
  }

  /** All of it, so not without those that failed. */
  @Test
  void itsDirectoryStandsForItsRunsWhereTheyAreCompared() throws Exception {
    DlProcess.Result refused = DlProcess.run(folder, "compare", "studies/trial");
    refused.requireExitCode(65);
    assertThat(refused.err())
        .contains("unfinished: status: not finished in studies/trial/cells/missing-seed1");

    DlProcess.Result forced = DlProcess.run(folder, "compare", "--force", "studies/trial");
    forced.requireExitCode(0);
    assertThat(forced.out())
        .containsPattern("conv +2 ")
        .containsPattern("dense +2 ")
        .contains("Budget: 2 epochs each.")
        .contains("dense is the baseline");
  }

  @Test
  void aStudyThatIsKilledGoesOnInsideOfItsCellsAndDoesEachOnce() throws Exception {
    String[] command = {"study", "trial.yaml", "--out", "killed"};
    Path conv = folder.resolve("killed/cells/conv-seed1");
    killAt(conv, 8, "KILL", 137, command);
    killAt(conv, 36, "KILL", 137, command);
    killAt(folder.resolve("killed/cells/conv-seed2"), 8, "INT", 130, command);
    byte[] before = Files.readAllBytes(conv.resolve("summary.json"));
    assertThat(json("killed/cells/conv-seed2/summary.json").get("status").asText())
        .isEqualTo("interrupted");

    DlProcess.run(folder, command).requireExitCode(6);

    for (String name : GOOD) {
      Path cell = folder.resolve("killed/cells").resolve(name);
      assertThat(RunResult.of(cell))
          .as(name)
          .isEqualTo(RunResult.of(folder.resolve("studies/trial/cells").resolve(name)));
      assertThat(ends(cell)).as("ends of %s", name).isEqualTo(1);
    }
    assertThat(conv.resolve("summary.json")).hasBinaryContent(before);
  }

  @Test
  void twoProcessesShareTheCellsOfAStudy() throws Exception {
    String[] command = {"study", "trial.yaml", "--out", "shared"};
    List<String> trained = new ArrayList<>();
    try (DlProcess first = DlProcess.start(folder, command);
        DlProcess second = DlProcess.start(folder, command)) {
      for (DlProcess process : List.of(first, second)) {
        DlProcess.Result result = process.await().requireExitCode(6);
        List<String> own =
            GOOD.stream().filter(name -> result.err().contains(name + "  test.")).toList();
        assertThat(own).as(result.err()).isNotEmpty();
        trained.addAll(own);
      }
    }

    assertThat(trained).containsExactlyInAnyOrderElementsOf(GOOD);
    for (String name : GOOD) {
      Path cell = folder.resolve("shared/cells").resolve(name);
      assertThat(ends(cell)).as("ends of %s", name).isEqualTo(1);
      assertThat(RunResult.of(cell))
          .isEqualTo(RunResult.of(folder.resolve("studies/trial/cells").resolve(name)));
    }
  }

  @Test
  void tellsWhatIsToBeTrainedWithoutTraining() throws Exception {
    DlProcess.Result plan =
        DlProcess.run(
                folder,
                "study",
                "trial.yaml",
                "budget={multiply-adds: 3e7}",
                "--plan",
                "--out",
                "no")
            .requireExitCode(0);

    // 144 * 8 + 8 * 3 products, as many again for each gradient: 3e7 / (3 * 12 * 1,176) steps of
    // 12.
    assertThat(plan.out())
        .containsPattern("dense +1,187 +1,176 +12 +709 +22\\.87")
        .contains("budget: 3.00e+07 multiply-adds each; seeds [1, 2]; 6 runs");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  private static void killAt(Path cell, long step, String signal, int exitCode, String... command)
      throws Exception {
    try (DlProcess dl = DlProcess.start(folder, command)) {
      dl.awaitUntil(() -> RunResult.newestStep(cell) >= step);
      dl.signal(signal);
      dl.await().requireExitCode(exitCode);
    }
  }

  /** How often a run came to its end. */
  private static long ends(Path cell) throws IOException {
    try (Stream<String> lines = Files.lines(new RunFiles(cell).log())) {
      return lines.filter(line -> line.contains("ended after step 62: completed")).count();
    }
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
