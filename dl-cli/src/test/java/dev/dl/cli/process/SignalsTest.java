package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** Signals at the moments of a run in which no step is made, and a crash. */
@EnabledOnOs(OS.LINUX)
class SignalsTest {
  /** Evaluated sample by sample, so that it takes a while; the held out part is the larger one. */
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data, validationFraction: 0.9}
      model: {name: convnet}
      training: {epochs: 2, batchSize: 20, emaDecay: 0.5}
      evaluation: {batchSize: 1}
      """;

  private static final int STEPS_OF_AN_EPOCH = 15;
  private static final Duration MOST_TIME = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static RunResult uninterrupted;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    SmallData.idx(folder.resolve("data"), 3_000, 3_000);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
    DlProcess.run(folder, "train", "trial.yaml", "--run", "uninterrupted").requireExitCode(0);
    uninterrupted = RunResult.of(folder.resolve("uninterrupted"));
    assertThat(uninterrupted.steps()).isEqualTo(2 * STEPS_OF_AN_EPOCH);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void stopsInAnEvaluationAndMeasuresWhenItIsResumed(String signal, int exitCode) throws Exception {
    Path run = folder.resolve("evaluating-" + signal);
    DlProcess.Result stopped =
        stop(run, signal, () -> has(run, "\"step\":" + STEPS_OF_AN_EPOCH + ","));

    stopped.requireExitCode(exitCode);
    assertThat(has(run, "\"kind\":\"epoch\"")).isFalse();
    assertThat(RunResult.newestStep(run)).isEqualTo(STEPS_OF_AN_EPOCH);
    requireResumes(run);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void stopsInTheLastEvaluationAndOnlyMeasuresWhenItIsResumed(String signal, int exitCode)
      throws Exception {
    Path run = folder.resolve("at-last-" + signal);
    DlProcess.Result stopped =
        stop(run, signal, () -> RunResult.newestStep(run) == 2 * STEPS_OF_AN_EPOCH);

    stopped.requireExitCode(exitCode);
    assertThat(stopped.err()).contains("interrupted and saved; to resume: ");
    assertThat(RunResult.of(run).status()).isEqualTo("interrupted");
    byte[] metrics = Files.readAllBytes(new RunFiles(run).metrics());
    requireResumes(run);
    assertThat(new RunFiles(run).metrics()).hasBinaryContent(metrics);
  }

  @Test
  void stopsInASave() throws Exception {
    Path run = folder.resolve("saving");
    DlProcess.Result stopped =
        stop(
            run,
            "TERM",
            () -> isSaving(run),
            "training.checkpoint.everySteps=1",
            "model={layers: [flatten, dense: 4000, dense: 2000]}");

    stopped.requireExitCode(143);
    assertThat(RunResult.newestStep(run)).isEqualTo(RunResult.of(run).steps()).isPositive();
    assertThat(isSaving(run)).isFalse();
  }

  @Test
  void stopsAtItsStart() throws Exception {
    Path run = folder.resolve("starting");
    try (DlProcess dl = DlProcess.start(folder, "train", "trial.yaml", "--run", "" + run)) {
      dl.signal("TERM");
      dl.await().requireExitCode(143);
    }
    assertThat(run).doesNotExist();
  }

  @Test
  void stopsWhileItsDataIsRead() throws Exception {
    Path run = folder.resolve("reading");
    stop(run, "TERM", () -> Files.exists(new RunFiles(run).spec())).requireExitCode(143);

    requireResumes(run);
  }

  @Test
  void leavesAtOnceAtTheSecondInterrupt() throws Exception {
    Path run = folder.resolve("in-a-hurry");
    try (DlProcess dl = start(run, longSteps())) {
      dl.awaitUntil(() -> Files.exists(new RunFiles(run).preprocessing()));
      dl.signal("INT");
      dl.awaitUntil(() -> dl.err().contains("again to leave at once"));
      dl.signal("INT");
      dl.await().requireExitCode(130);
    }
    assertThat(new RunFiles(run).summary()).doesNotExist();
    assertThat(RunResult.newestStep(run)).isZero();
  }

  @Tag("slow")
  @Test
  void leavesInTimeThoughAStepTakesLonger() throws Exception {
    Path run = folder.resolve("in-a-long-step");
    stop(run, "TERM", () -> Files.exists(new RunFiles(run).preprocessing()), longSteps())
        .requireExitCode(143);

    assertThat(new RunFiles(run).summary()).doesNotExist();
  }

  @Test
  void leavesTheReportOfACrashInTheRun(@TempDir Path project) throws Exception {
    String script = "ulimit -c 0; exec ./dl train trial.yaml training.epochs=100000 --run run";
    ProcessBuilder shell =
        new ProcessBuilder("sh", BuiltProject.script(project, script).toString());
    shell.environment().putAll(BuiltProject.environment(project));
    Files.writeString(
        project.resolve("trial.yaml"), CONFIG.replace(", validationFraction: 0.9", ""));
    SmallData.idx(project.resolve("data"), 60, 12);
    Path run = project.resolve("run");

    try (DlProcess dl = DlProcess.start(project, shell)) {
      dl.awaitUntil(() -> RunResult.newestStep(run) > 0);
      dl.signal("SEGV");
      dl.await().requireExitCode(134);
      assertThat(run.resolve("hs_err_pid" + dl.pid() + ".log"))
          .content()
          .contains("SIGSEGV")
          .contains("dev.dl.cli.Main");
    }
    assertThat(names(project)).noneMatch(name -> name.startsWith("hs_err"));
  }

  /** More than a minute of micro-batches for each step. */
  private static String[] longSteps() {
    return new String[] {
      "model={layers: [conv: 256, conv: 256, conv: 256, conv: 256, global-average-pool]}",
      "data.validationFraction=0.01",
      "training.batchSize=2900",
      "training.microBatchSize=20"
    };
  }

  private static DlProcess start(Path run, String... settings) throws IOException {
    String[] words =
        Stream.concat(Stream.of("train", "trial.yaml", "--run", "" + run), Stream.of(settings))
            .toArray(String[]::new);
    return DlProcess.start(folder, words);
  }

  /** Sends a signal as soon as something is so, and waits for the end. */
  private static DlProcess.Result stop(
      Path run, String signal, java.util.function.BooleanSupplier moment, String... settings)
      throws Exception {
    try (DlProcess dl = start(run, settings)) {
      dl.awaitUntil(moment);
      long start = System.nanoTime();
      dl.signal(signal);
      DlProcess.Result result = dl.await();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST_TIME);
      return result;
    }
  }

  private static void requireResumes(Path run) throws Exception {
    DlProcess.run(folder, "train", "--resume", "--run", "" + run).requireExitCode(0);
    assertThat(RunResult.of(run)).isEqualTo(uninterrupted);
  }

  private static boolean has(Path run, String text) {
    try {
      Path metrics = new RunFiles(run).metrics();
      return Files.exists(metrics) && Files.readString(metrics).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether something in the checkpoints' folder has no final name. */
  private static boolean isSaving(Path run) {
    Path checkpoints = new RunFiles(run).checkpoints();
    return Files.isDirectory(checkpoints)
        && names(checkpoints).stream().anyMatch(name -> !name.matches("step-\\d+|index\\.json"));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
