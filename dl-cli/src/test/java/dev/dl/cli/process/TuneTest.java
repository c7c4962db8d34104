package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.RunFiles;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Searches and what looks for one setting, as processes. */
@EnabledOnOs(OS.LINUX)
class TuneTest {
  private static final String BASE =
      """
      name: base
      backend: cpu
      data: {source: idx, path: data}
      model: {layers: [flatten, {dense: 8}, relu]}
      optimizer: {learningRate: 0.000001}
      training: {epochs: 4, batchSize: 20, checkpoint: {everySteps: 3}}
      """;

  private static final String TUNE =
      """
      name: search
      base: base.yaml
      space:
        optimizer.learningRate: {logUniform: [0.0001, 0.1]}
        optimizer.name: {choice: [adamw, sgd]}
        optimizer.momentum: {uniform: [0.5, 0.95], when: {optimizer.name: [sgd]}}
      trials: 9
      halving: {reduction: 3, minimumEpochs: 1}
      budget: {epochs: 40}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeConfigurations() throws IOException {
    SmallData.idx(folder.resolve("data"), 200, 60);
    Files.writeString(folder.resolve("base.yaml"), BASE);
    Files.writeString(folder.resolve("tune.yaml"), TUNE);
  }

  @Test
  void aSearchThatIsKilledGoesOnAsIfNothingHadBeen() throws Exception {
    DlProcess.Result unbroken =
        DlProcess.run(folder, "tune", "tune.yaml", "--out", "unbroken").requireExitCode(0);
    kill(2);
    kill(9);
    DlProcess.Result resumed =
        DlProcess.run(folder, "tune", "tune.yaml", "--out", "killed").requireExitCode(0);

    assertThat(journal("killed")).isEqualTo(journal("unbroken")).hasSizeGreaterThan(20);
    assertThat(weights("killed")).isEqualTo(weights("unbroken")).hasSize(10);
    assertThat(resumed.lastLine()).isEqualTo("killed/best.yaml");
    assertThat(unbroken.out())
        .contains("optimizer.learningRate=")
        .contains("by the base (9 trials");
    RunSpec best = ConfigReader.read(folder.resolve("killed/best.yaml"), List.of(), RunSpec.class);
    assertThat(best.name()).isEqualTo("base-tuned");
    assertThat(best.optimizer().learningRate()).isGreaterThan(0.00001);
    assertThat(best.training().epochs()).isEqualTo(4);
    for (int trial = 0; trial < 10; trial++) {
      assertThat(
              new RunFiles(folder.resolve("killed/trials/trial-000" + trial)).readSummary().test())
          .as("measured on the test split")
          .isEmpty();
    }
  }

  @Test
  void anotherSearchOrOneThatNoTrialFitsIsRefused() throws Exception {
    DlProcess.Result refused =
        DlProcess.run(
                folder,
                "tune",
                "tune.yaml",
                "space={optimizer.learningrate: {uniform: [0.1, 1]}}",
                "budget.epochs=2")
            .requireExitCode(2);
    assertThat(refused.err())
        .contains("optimizer.learningrate: got an unknown key")
        .contains("budget.epochs: got 2, expected at least 4");
    assertThat(folder.resolve("tunes")).doesNotExist();

    DlProcess.run(folder, "tune", "tune.yaml", "trials=1", "--quiet").requireExitCode(0);
    DlProcess.Result another =
        DlProcess.run(folder, "tune", "tune.yaml", "seed=2").requireExitCode(2);
    assertThat(another.err()).contains("--out: got a search other than that in ");
  }

  @Test
  void lookingForARateOrABatchLeavesNothing() throws Exception {
    List<Path> before = files();
    DlProcess.Result rate = DlProcess.run(folder, "find-lr", "base.yaml").requireExitCode(0);
    assertThat(rate.lastLine()).startsWith("optimizer: {learningRate: ");
    DlProcess.Result batch =
        DlProcess.run(folder, "find-batch", "base.yaml", "--most", "32", "--seconds", "1")
            .requireExitCode(0);
    assertThat(batch.out())
        .contains("asked for no more than 32")
        .contains("training: {batchSize: ");
    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().matches("\\.(out|err)-.*"))
          .sorted()
          .toList();
    }
  }

  /** Kills a search as soon as its journal has so many lines, in the middle of a trial. */
  private void kill(int lines) throws Exception {
    try (DlProcess dl = DlProcess.start(folder, "tune", "tune.yaml", "--out", "killed")) {
      dl.awaitUntil(() -> Files.exists(journalOf("killed")) && lines("killed").size() >= lines);
      dl.signal("KILL");
      dl.await().requireExitCode(137);
    }
  }

  /** Without the seconds that each took. */
  private List<String> journal(String search) {
    return lines(search).stream()
        .map(line -> line.replaceFirst("\"seconds\":[0-9.E-]+", ""))
        .toList();
  }

  private List<String> lines(String search) {
    try {
      return Files.readAllLines(journalOf(search));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path journalOf(String search) {
    return folder.resolve(search).resolve("trials.jsonl");
  }

  private List<String> weights(String search) throws IOException {
    try (Stream<Path> trials = Files.list(folder.resolve(search).resolve("trials"))) {
      return trials
          .sorted()
          .map(
              trial -> {
                try {
                  RunResult result = RunResult.of(trial);
                  return result.lastWeights() + result.metrics();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
