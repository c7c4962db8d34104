package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.cli.process.DlProcess.Result;
import dev.dl.core.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which run directories are taken, which refused, and what is left of a start that failed. */
@EnabledOnOs(OS.LINUX)
class RunDirectoryTest {
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data}
      model: {name: mlp}
      training: {epochs: 1, batchSize: 20}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainARun() throws Exception {
    SmallData.idx(folder.resolve("data"), 60, 12);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
    DlProcess.run(folder, "train", "trial.yaml", "--run", "finished").requireExitCode(0);
  }

  @Test
  void namesTheProcessThatUsesARunDirectory() throws Exception {
    try (DlProcess first =
        DlProcess.start(
            folder, "train", "trial.yaml", "training.epochs=100000", "--run", "in-use")) {
      first.awaitUntil(() -> Files.exists(folder.resolve("in-use/checkpoints/index.json")));

      Result second = DlProcess.run(folder, "train", "--resume", "--run", "in-use");
      second.requireExitCode(75);
      assertThat(second.err()).contains("in use by process " + first.pid() + " on ");
      assertThat(second.out()).isEmpty();
    }
  }

  @Test
  void leavesAFinishedRunAsItIs() throws Exception {
    Map<Path, Integer> before = files(folder.resolve("finished"));

    Result again =
        DlProcess.run(folder, "train", "--resume", "--run", "finished").requireExitCode(0);

    assertThat(again.err()).contains("finished is finished already").hasLineCount(1);
    assertThat(again.lastLine()).isEqualTo("finished");
    assertThat(files(folder.resolve("finished"))).containsExactlyEntriesOf(before);
  }

  @Test
  void recordsWhyAutoTookTheCpu() throws Exception {
    Result result =
        DlProcess.run(folder, "train", "trial.yaml", "backend=auto", "--run", "of-auto")
            .requireExitCode(0);

    String reason = RunFiles.of(folder.resolve("of-auto")).readProvenance().backend().reason();
    assertThat(reason).contains("CUDA");
    assertThat(result.err()).contains("backend cpu: " + reason);
  }

  @Test
  void refusesToBeginWhereARunIs() throws Exception {
    Map<Path, Integer> before = files(folder.resolve("finished"));

    Result second = DlProcess.run(folder, "train", "trial.yaml", "--run", "finished");

    second.requireExitCode(73);
    assertThat(second.err()).contains("a directory that holds a run").contains("--resume");
    assertThat(files(folder.resolve("finished"))).containsExactlyEntriesOf(before);
  }

  @Test
  void refusesAPlaceBelowAFile() throws Exception {
    Result result = DlProcess.run(folder, "train", "trial.yaml", "--run", "trial.yaml/run");

    result.requireExitCode(73);
    assertThat(lastLine(result.err())).contains("trial.yaml/run");
  }

  @Test
  void createsNothingForAConfigurationWithMistakes(@TempDir Path empty) throws Exception {
    String config = Path.of("..", "configs", "quickstart.yaml").toAbsolutePath().toString();

    Result result =
        DlProcess.run(empty, "train", config, "training.optimzer=x", "training.epochs=-1");

    result.requireExitCode(2);
    assertThat(result.err())
        .hasLineCount(2)
        .containsPattern("dl: training\\.optimzer: got .*, expected .*")
        .contains("dl: training.epochs: got -1, expected a whole number of at least 1");
    assertThat(empty.resolve("runs")).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhenTheDataIsMissing() throws Exception {
    Result result =
        DlProcess.run(folder, "train", "trial.yaml", "data.path=none", "--run", "of-nothing");

    result.requireExitCode(66);
    assertThat(lastLine(result.err())).contains("none: no train-images-idx3-ubyte");
    assertThat(folder.resolve("of-nothing")).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhenTheMetricIsUnknown() throws Exception {
    Result result =
        DlProcess.run(
            folder,
            "train",
            "trial.yaml",
            "training.earlyStopping={metric: validation.acuracy}",
            "--run",
            "of-unknown");

    result.requireExitCode(2);
    assertThat(lastLine(result.err()))
        .contains("training.earlyStopping.metric: got validation.acuracy");
    assertThat(folder.resolve("of-unknown")).doesNotExist();
  }

  @Test
  void tellsWhichDataFileIsDamaged(@TempDir Path damaged) throws Exception {
    Path images = SmallData.idx(damaged, 30, 6).resolve("train-images-idx3-ubyte");
    byte[] content = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(content, content.length / 2));

    Result result =
        DlProcess.run(folder, "train", "trial.yaml", "data.path=" + damaged, "--run", "of-half");

    result.requireExitCode(65);
    assertThat(lastLine(result.err())).contains("train-images-idx3-ubyte");
    assertThat(folder.resolve("of-half")).doesNotExist();
  }

  @Test
  void saysWhyThereIsNoCuda() throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
            DlProcess.command(
                List.of(), "train", "trial.yaml", "--backend", "cuda", "--run", "on-cuda"));
    program.environment().put("CUDA_VISIBLE_DEVICES", "");
    try (DlProcess dl = DlProcess.start(folder, program)) {
      Result result = dl.await().requireExitCode(69);
      assertThat(result.err()).hasLineCount(1).contains("backend cuda: ").contains("--backend cpu");
    }
    assertThat(folder.resolve("on-cuda")).doesNotExist();
  }

  @Test
  void stopsWhenTheLossIsNoNumberAndKeepsTheLastGoodCheckpoint() throws Exception {
    Result result =
        DlProcess.run(
            folder,
            "train",
            "trial.yaml",
            "optimizer={name: sgd, learningRate: 1e30}",
            "training.checkpoint.everySteps=1",
            "--run",
            "diverged");

    result.requireExitCode(4);
    assertThat(result.err()).containsPattern("step \\d+: loss .* the update was not made");
    assertThat(result.lastLine()).isEqualTo("diverged");
    RunResult diverged = RunResult.of(folder.resolve("diverged"));
    assertThat(diverged.status()).isEqualTo("diverged");
    assertThat(diverged.steps()).isPositive();
  }

  @Test
  void finishesTheFilesOfARunThatNobodyListensTo() throws Exception {
    String dl = String.join(" ", DlProcess.command(List.of(), "train", "trial.yaml"));
    try (DlProcess shell =
        DlProcess.start(
            folder, new ProcessBuilder("sh", "-c", dl + " --run unheard 2>&1 | head -n 1"))) {
      assertThat(shell.await().requireExitCode(0).out()).hasLineCount(1);
    }
    RunResult unheard = RunResult.of(folder.resolve("unheard"));
    assertThat(unheard).isEqualTo(RunResult.of(folder.resolve("finished")));
    assertThat(new RunFiles(folder.resolve("unheard")).report()).isNotEmptyFile();
  }

  @Test
  void numbersTheRunsOfAName() throws Exception {
    for (int number = 1; number <= 2; number++) {
      Result result = DlProcess.run(folder, "train", "trial.yaml", "--quiet").requireExitCode(0);
      assertThat(result.out()).isEqualTo("runs/trial-" + number + "\n");
      assertThat(result.err()).isEmpty();
    }
  }

  private static String lastLine(String text) {
    List<String> lines = text.lines().toList();
    return lines.get(lines.size() - 1);
  }

  /** What is in a directory: a hash of each file. */
  private static Map<Path, Integer> files(Path root) throws IOException {
    Map<Path, Integer> contents = new LinkedHashMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        contents.put(file, Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
