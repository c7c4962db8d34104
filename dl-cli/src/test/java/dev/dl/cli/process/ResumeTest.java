package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are interrupted come to the same as one that is not, to the bit. */
@EnabledOnOs(OS.LINUX)
class ResumeTest {
  /**
   * Everything on that a resumed run has to find again; 31 steps an epoch, the last of one sample.
   */
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data:
        source: idx
        path: data
        augmentation: {randomCropPadding: 2, horizontalFlip: true}
      model: {name: convnet}
      optimizer: {name: adamw, learningRate: 0.01}
      schedule: {name: cosine, warmupEpochs: 0.5}
      training:
        epochs: 4
        batchSize: 12
        microBatchSize: 5
        emaDecay: 0.9
        loss: {labelSmoothing: 0.1, classWeights: balanced}
        maximumGradientNorm: 1
        checkpoint: {everySteps: 4}
        earlyStopping: {metric: validation.accuracy, mode: max, patience: 2, minimumChange: 0.9}
      fineTuning: {layerDecay: 0.9, unfreezeEpochs: 0.4, freeze: [stage1.0.conv.weight]}
      """;

  @TempDir private static Path folder;
  private static RunResult uninterrupted;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    SmallData.idx(folder.resolve("data"), 402, 60);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
    DlProcess.run(folder, "train", "trial.yaml", "--run", "uninterrupted").requireExitCode(0);
    uninterrupted = RunResult.of(folder.resolve("uninterrupted"));
  }

  @Test
  void endsEarlySoThatPatienceIsPartOfWhatIsResumed() {
    assertThat(uninterrupted.status()).isEqualTo("early-stopped");
    assertThat(uninterrupted.steps()).isEqualTo(93);
    assertThat(uninterrupted.metrics()).hasSize(3);
  }

  @Test
  void resumesToTheSameWeightsAfterTwoKillsInsideEpochs() throws Exception {
    resumeAfterKills(8, 44);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"4, 4", "28, 32", "64, 76", "84, 88"})
  void resumesToTheSameWeightsAfterTwoKillsAnywhere(int first, int second) throws Exception {
    resumeAfterKills(first, second);
  }

  private static void resumeAfterKills(int first, int second) throws Exception {
    String run = "killed-" + first + "-" + second;
    killAt(first, "train", "trial.yaml", "--run", run);
    killAt(second, "train", "--resume", "--run", run);

    DlProcess.run(folder, "train", "--resume", "--run", run).requireExitCode(0);

    assertThat(RunResult.of(folder.resolve(run))).isEqualTo(uninterrupted);
  }

  @Test
  void beginsAgainWhenKilledBeforeTheFirstCheckpoint() throws Exception {
    Path run = folder.resolve("killed-early");
    try (DlProcess dl = DlProcess.start(folder, "train", "trial.yaml", "--run", run.toString())) {
      dl.awaitUntil(() -> Files.exists(new RunFiles(run).spec()));
      dl.signal("KILL");
      dl.await().requireExitCode(137);
    }
    assertThat(RunResult.newestStep(run)).isZero();

    DlProcess.run(folder, "train", "--resume", "--run", run.toString()).requireExitCode(0);

    assertThat(RunResult.of(run)).isEqualTo(uninterrupted);
    assertThat(new RunFiles(run).preprocessing()).isNotEmptyFile();
    assertThat(new RunFiles(run).provenance()).isNotEmptyFile();
  }

  @Test
  void endsAndChangesNothingWhenNoCheckpointIsWhole() throws Exception {
    killAt(8, "train", "trial.yaml", "--run", "damaged");
    List<Path> checkpoints = checkpoints("damaged");
    for (Path checkpoint : checkpoints) {
      damage(checkpoint);
    }
    byte[] metrics = Files.readAllBytes(folder.resolve("damaged/metrics.jsonl"));

    DlProcess.Result result = DlProcess.run(folder, "train", "--resume", "--run", "damaged");

    result.requireExitCode(65);
    String told = result.err().lines().reduce("", (first, second) -> second);
    assertThat(told)
        .startsWith("dl: ")
        .containsPattern("step-\\d{8}/weights.safetensors: got other bytes.*step-\\d{8}/weights")
        .contains("put a copy of one back, or train in a new run directory");
    assertThat(folder.resolve("damaged/metrics.jsonl")).hasBinaryContent(metrics);
    assertThat(checkpoints("damaged")).isEqualTo(checkpoints);
  }

  @Test
  void goesOnFromTheCheckpointBeforeADamagedOneAndNamesIt() throws Exception {
    killAt(8, "train", "trial.yaml", "--run", "half-damaged");
    List<Path> checkpoints = checkpoints("half-damaged");
    Path newest = checkpoints.get(checkpoints.size() - 1);
    damage(newest);

    DlProcess.Result result =
        DlProcess.run(folder, "train", "--resume", "--run", "half-damaged").requireExitCode(0);

    assertThat(result.err()).contains(newest + " is not whole and was passed over: ");
    assertThat(RunResult.of(folder.resolve("half-damaged"))).isEqualTo(uninterrupted);
  }

  private static void damage(Path checkpoint) throws IOException {
    Files.writeString(checkpoint.resolve("weights.safetensors"), "x", StandardOpenOption.APPEND);
  }

  private static List<Path> checkpoints(String run) throws IOException {
    try (Stream<Path> children = Files.list(folder.resolve(run).resolve("checkpoints"))) {
      return children
          .filter(child -> child.getFileName().toString().startsWith("step-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void resumesToTheSameWeightsAfterAnInterrupt() throws Exception {
    DlProcess.Result stopped = stop("INT", "the run").requireExitCode(130);
    assertThat(stopped.err()).contains("to resume: ./dl train --resume --run 'the run'\n");
    requireSaved(stopped, "the run");

    DlProcess.run(folder, "train", "--resume", "--run", "the run").requireExitCode(0);

    assertThat(RunResult.of(folder.resolve("the run"))).isEqualTo(uninterrupted);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void savesBeforeASignalEndsIt(String signal, int exitCode) throws Exception {
    DlProcess.Result stopped = stop(signal, signal).requireExitCode(exitCode);
    assertThat(stopped.err()).contains("to resume: ./dl train --resume --run " + signal + "\n");
    requireSaved(stopped, signal);
  }

  private static DlProcess.Result stop(String signal, String run) throws Exception {
    try (DlProcess dl = DlProcess.start(folder, "train", "trial.yaml", "--run", run)) {
      dl.awaitUntil(() -> RunResult.newestStep(folder.resolve(run)) >= 4);
      dl.signal(signal);
      return dl.await();
    }
  }

  private static void requireSaved(DlProcess.Result stopped, String run) throws IOException {
    assertThat(stopped.lastLine()).isEqualTo(run);
    RunResult interrupted = RunResult.of(folder.resolve(run));
    assertThat(interrupted.status()).isEqualTo("interrupted");
    assertThat(RunResult.newestStep(folder.resolve(run))).isEqualTo(interrupted.steps());
  }

  private static void killAt(int step, String... arguments) throws Exception {
    Path run = folder.resolve(arguments[arguments.length - 1]);
    try (DlProcess dl = DlProcess.start(folder, arguments)) {
      dl.awaitUntil(() -> RunResult.newestStep(run) >= step);
      dl.signal("KILL");
      dl.await().requireExitCode(137);
    }
    assertThat(run.resolve("summary.json")).doesNotExist();
  }
}
