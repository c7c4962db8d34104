package dev.dl.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.training.TrainingRun;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.DispensableSink;
import dev.dl.training.loop.StepResult;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import dev.dl.training.tensorboard.EventFiles.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final String CONFIG =
      """
      name: trial
      data: {source: iris}
      model: {layers: [{dense: 4}, relu]}
      training: {epochs: 3, batchSize: 45, checkpoint: {everySteps: 1}}
      report: {tensorboard: true}
      """;

  @TempDir private Path folder;

  @Test
  void holdsWhatMetricsHoldAlsoWhereARunGoesOn() throws Exception {
    Path run = folder.resolve("run");
    train(run, stopAfter(4));
    train(run);

    assertThat(EventFiles.in(run)).hasSize(2);
    assertSameAsMetrics(run);
  }

  /** A kill after an epoch was told of, and before it was saved: the epoch is told of again. */
  @Test
  void tellsOfAnEpochOnceThatIsEvaluatedAgain() throws Exception {
    Path run = folder.resolve("run");
    train(run, stopAfter(3)); // saved with its evaluation to come
    RunFiles files = new RunFiles(run);
    try (RunDirectory directory = RunDirectory.open(run)) {
      EventLog log = EventLog.begin(directory, 3);
      log.write(Map.of("kind", "epoch", "epoch", 1, "step", 3, "validation.loss", 9.0));
      log.write(Map.of("kind", "step", "step", 4, "train.loss", 9.0));
    }
    train(run);

    assertThat(files.readSummary().status()).isEqualTo("completed");
    assertThat(EventFiles.read(run)).noneMatch(point -> point.value() == 9);
    assertSameAsMetrics(run);
  }

  @Test
  void forgetsWhatARunWentBackFrom() throws Exception {
    try (RunDirectory directory = RunDirectory.create(folder.resolve("run"))) {
      EventLog log = EventLog.begin(directory, 0);
      for (long step : List.of(1, 2, 3, 2, 3)) {
        log.write(Map.of("kind", "step", "step", step, "train.loss", 0.5));
      }
    }
    assertThat(EventFiles.read(folder.resolve("run")))
        .extracting(Point::step)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void isWrittenToOrLeftOutWithinOneRun() throws Exception {
    Path run = folder.resolve("run");
    train(List.of("report.tensorboard=false"), run, FileSystem.local(), stopAfter(4));
    assertThat(EventFiles.in(run)).isEmpty();

    train(run);
    assertSameAsMetrics(run);
  }

  @Test
  void aSinkThatFailsIsGivenUpAndTrainingGoesOn() {
    List<Object> written = new ArrayList<>();
    DispensableSink sink =
        DispensableSink.open(
            "sink",
            () ->
                line -> {
                  written.add(line);
                  throw new IOException("the disk is full");
                });
    sink.write(Map.of());
    sink.write(Map.of());
    assertThat(written).hasSize(1);

    DispensableSink.open(
            "sink",
            () -> {
              throw new IllegalStateException("broken");
            })
        .write(Map.of());
  }

  @Test
  void aRunWhoseEventsCannotBeWrittenEndsAsAnyOther() throws Exception {
    Path run = folder.resolve("run");
    train(List.of(), run, new NoEvents());

    assertThat(new RunFiles(run).readSummary().status()).isEqualTo("completed");
    assertThat(new RunFiles(run).readMetrics()).hasSize(12);
  }

  /** All but wall times, which alone are not in metrics.jsonl. */
  private static void assertSameAsMetrics(Path run) throws IOException {
    List<Point> expected = new ArrayList<>();
    for (Map<String, Object> line : new RunFiles(run).readMetrics()) {
      long step = ((Number) line.get("step")).longValue();
      line.forEach(
          (name, value) -> {
            if (value instanceof Number number && !name.equals("step") && !name.equals("epoch")) {
              expected.add(new Point(line.get("kind") + "/" + name, step, number.floatValue()));
            }
          });
    }
    assertThat(expected).hasSizeGreaterThan(60);
    assertThat(EventFiles.read(run)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Callback stopAfter(long step) {
    return new Callback() {
      @Override
      public Optional<StopReason> afterStep(StepResult result) {
        return result.step() == step ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
      }
    };
  }

  private static void train(Path run, Callback... callbacks) throws IOException {
    train(List.of(), run, FileSystem.local(), callbacks);
  }

  private static void train(
      List<String> overrides, Path run, FileSystem storage, Callback... callbacks)
      throws IOException {
    RunSpec spec = ConfigReader.parse(CONFIG, "trial.yaml", overrides, RunSpec.class);
    TrainingRun.Start start =
        new TrainingRun.Start(
            spec, KnownModels.shipped(), Backend.cpu("test"), List.of(), Path.of(""), null);
    if (Files.exists(run)) {
      try (RunDirectory directory = RunDirectory.open(run, storage)) {
        TrainingRun.resume(start, directory, List.of(callbacks));
      }
    } else {
      try (RunDirectory directory = RunDirectory.create(run, storage)) {
        TrainingRun.begin(start, directory, List.of(callbacks));
      }
    }
  }

  /** Storage that refuses event files after their first bytes. */
  private static final class NoEvents implements FileSystem {
    private final FileSystem storage = FileSystem.local();

    @Override
    public OutputFile append(Path file) throws IOException {
      if (file.toString().contains("tfevents")) {
        throw new IOException("no space left on device");
      }
      return storage.append(file);
    }

    @Override
    public OutputFile create(Path file) throws IOException {
      return storage.create(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
      storage.createDirectory(directory);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
      storage.truncate(file, size);
    }

    @Override
    public void move(Path source, Path target) throws IOException {
      storage.move(source, target);
    }

    @Override
    public void delete(Path path) throws IOException {
      storage.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      storage.syncDirectory(directory);
    }
  }
}
