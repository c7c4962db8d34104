package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunFiles;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings on a table with one row whose gradient overflows: the only one of its class, which
 * counts 1e300 in the loss.
 */
@EnabledOnOs(OS.LINUX)
class NonFiniteTest {
  private static final int ROWS = 80;
  private static final int POISONED_LINE = 30;

  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: table, train: table.csv, validationFraction: 0}
      model: {name: mlp-bn}
      training:
        epochs: 3
        batchSize: 8
        emaDecay: 0.9
        loss: {classWeights: [1, 1, 1e300]}
        checkpoint: {everySteps: 3, keep: 50}
      """;

  /** Whose second step is not finite, by no sample alone. */
  private static final String[] ASTRAY = {
    "training.loss.classWeights=null",
    "optimizer={name: sgd, learningRate: 1e30}",
    "model.name=mlp",
    "training.onNonFinite={action: rollback, atMost: 2}"
  };

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    StringBuilder csv = new StringBuilder("x,y,label\n");
    for (int i = 0; i < ROWS; i++) {
      int line = i + 2;
      String label = line == POISONED_LINE ? "rare" : i % 2 == 0 ? "even" : "odd";
      csv.append(String.format(Locale.ROOT, "%d,%d,%s%n", i * 37 % 101, i * 11 % 7, label));
    }
    Files.writeString(folder.resolve("table.csv"), csv);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
  }

  @Test
  void stopsBeforeTheStepAndGoesOnFromThereWhenAsked() throws Exception {
    DlProcess.Result stopped = train("stopped", "training.onNonFinite=stop").requireExitCode(4);

    assertThat(stopped.err())
        .containsPattern(
            "dl: step \\d+: loss .*; first not finite is the gradient of .*, by"
                + " table.csv:"
                + POISONED_LINE
                + " alone; the update was not made, the state before it is saved\\. Lower ");
    RunFiles files = RunFiles.of(folder.resolve("stopped"));
    assertThat(files.readSummary().status()).isEqualTo("diverged");
    long step = newest("stopped").state().step();
    assertThat(stopped.err()).contains("dl: step " + (step + 1) + ": loss ");
    assertThat(files.readSummary().steps()).isEqualTo(step);

    resume("stopped").requireExitCode(4);
    assertThat(newest("stopped").state().step()).isEqualTo(step);
    resume("stopped", "training.onNonFinite=skip").requireExitCode(0);

    train("skipped", "training.onNonFinite=skip").requireExitCode(0);
    assertThat(RunResult.of(folder.resolve("stopped")))
        .isEqualTo(RunResult.of(folder.resolve("skipped")));
  }

  @Test
  void passesOverTheSampleFromThenOnAlsoAfterAKill() throws Exception {
    DlProcess.Result whole = train("whole", "training.onNonFinite=skip").requireExitCode(0);
    assertThat(whole.err())
        .containsOnlyOnce("; the update was not made, passing over the samples from now on (1 of")
        .containsOnlyOnce("first not finite");
    assertThat(newest("whole").state().remedies().passedOver()).hasSize(1);
    assertThat(newest("whole").state().remedies().nonFinite()).isEqualTo(1);
    assertThat(newest("whole").state().step()).isEqualTo(29); // of 30 batches, but for one

    Path killed = folder.resolve("killed");
    try (DlProcess dl =
        DlProcess.start(
            folder, "train", "trial.yaml", "training.onNonFinite=skip", "--run", "killed")) {
      dl.awaitUntil(() -> stepOf(killed) >= 12);
      dl.signal("KILL");
      dl.await().requireExitCode(137);
    }
    assertThat(killed.resolve("summary.json")).doesNotExist();
    resume("killed").requireExitCode(0);

    assertThat(RunResult.of(killed)).isEqualTo(RunResult.of(folder.resolve("whole")));
  }

  @Test
  void goesBackToTheLastCheckpointAndPassesOverTheSample() throws Exception {
    DlProcess.Result back = train("back", "training.onNonFinite=rollback").requireExitCode(0);

    assertThat(back.err())
        .containsPattern(
            "update was not made(, back to step \\d+)?, passing over the samples from");
    assertThat(newest("back").state().remedies().passedOver()).hasSize(1);
    assertThat(newest("back").state().step()).isEqualTo(30); // the rest of its batch is trained
    List<Object> steps =
        RunFiles.of(folder.resolve("back")).readMetrics().stream()
            .filter(line -> "step".equals(line.get("kind")))
            .map(line -> line.get("step"))
            .toList();
    assertThat(steps).doesNotHaveDuplicates().hasSizeGreaterThan(20);
  }

  @Test
  void stopsAfterAsManyTimesAsAllowed() throws Exception {
    DlProcess.Result stopped = train("astray", ASTRAY).requireExitCode(4);

    assertThat(stopped.err())
        .contains("back to step 0, passing over all batches since (1 of at most 2 times)")
        .contains("back to step 0, passing over all batches since (2 of at most 2 times)")
        .contains(", by no sample alone of table.csv:")
        .containsOnlyOnce("Lower optimizer.learningRate");
    assertThat(stopped.err().lines().filter(line -> line.contains("first not finite"))).hasSize(3);
    assertThat(newest("astray").weights().values())
        .allSatisfy(
            tensor -> {
              for (float value : tensor.values()) {
                assertThat(value).isFinite();
              }
            });
  }

  @Test
  void goesBackAsFarAfterAnInterruption() throws Exception {
    String[] interrupted = Arrays.copyOf(ASTRAY, ASTRAY.length + 1);
    interrupted[ASTRAY.length] = "training.maximumDuration=1ms";
    train("interrupted", interrupted).requireExitCode(0);
    assertThat(newest("interrupted").state().step()).isEqualTo(1);

    assertThat(resume("interrupted", ASTRAY).requireExitCode(4).err())
        .contains("back to step 0, passing over all batches since (1 of at most 2 times)");
  }

  private static DlProcess.Result train(String run, String... overrides) throws Exception {
    return DlProcess.run(folder, arguments(List.of("train", "trial.yaml"), run, overrides));
  }

  private static DlProcess.Result resume(String run, String... overrides) throws Exception {
    return DlProcess.run(
        folder, arguments(List.of("train", "trial.yaml", "--resume"), run, overrides));
  }

  private static String[] arguments(List<String> verb, String run, String... overrides) {
    return Stream.of(verb, List.of("--run", run), List.of(overrides))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  private static Checkpoint newest(String run) throws IOException {
    return new CheckpointReader(RunFiles.of(folder.resolve(run)))
        .latest()
        .checkpoint()
        .orElseThrow();
  }

  private static long stepOf(Path run) {
    try {
      return new CheckpointReader(new RunFiles(run))
          .latest()
          .checkpoint()
          .map(checkpoint -> checkpoint.state().step())
          .orElse(0L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
