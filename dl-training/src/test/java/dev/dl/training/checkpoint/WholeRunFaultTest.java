package dev.dl.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.RunNotWritableException;
import dev.dl.core.run.StorageException;
import dev.dl.core.run.Summary;
import dev.dl.models.KnownModels;
import dev.dl.training.TrainingRun;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails each storage operation of a training in turn, from its directory to its summary. */
class WholeRunFaultTest {
  private static final String CONFIG =
      """
      name: sweep
      data: {source: iris, testFraction: 0.2}
      model: {layers: [{dense: 4}, relu, {dropout: 0.2}]}
      schedule: {name: plateau, patience: 1}
      training: {epochs: 2, batchSize: 60, emaDecay: 0.9, checkpoint: {everySteps: 2, keep: 1}}
      """;

  @TempDir private Path folder;

  /** What a run comes to. */
  private record Result(
      String weights, Checkpoint last, List<Map<String, Object>> metrics, String predictions) {

    static Result of(Path root) throws IOException {
      RunFiles files = RunFiles.of(root);
      assertThat(files.report()).isNotEmptyFile();
      Checkpoint last = new CheckpointReader(files).latest().checkpoint().orElseThrow();
      List<Map<String, Object>> metrics = files.readMetrics();
      metrics.forEach(
          line -> Stream.of("samplesPerSecond", "dataWaitShare", "seconds").forEach(line::remove));
      return new Result(
          files.readSummary().weightsSha256(),
          last,
          metrics,
          Files.readString(files.predictions("validation"))
              + Files.readString(files.predictions("test")));
    }

    void assertSame(Result other) {
      assertThat(other.weights).isEqualTo(weights);
      assertThat(other.metrics).isEqualTo(metrics);
      assertThat(other.predictions).isEqualTo(predictions).hasLineCount(1 + 12 + 1 + 30);
      assertThat(other.last.state().position()).isEqualTo(last.state().position());
      assertThat(other.last.state().best()).isEqualTo(last.state().best());
      assertThat(other.last.weights()).isEqualTo(last.weights());
      assertThat(other.last.optimizer()).isEqualTo(last.optimizer());
    }
  }

  @Test
  void whateverFailsOnceTheRunGoesOnToTheSameResult() throws Exception {
    failEach(false);
  }

  @Test
  @Tag("slow")
  void whateverFailsForGoodTheRunGoesOnToTheSameResult() throws Exception {
    failEach(true);
  }

  private void failEach(boolean forGood) throws Exception {
    FaultyFileSystem counting = FaultyFileSystem.none();
    Path root = Files.createDirectory(folder.resolve("case")).resolve("run");
    goOn(root, counting);
    Result expected = Result.of(root);
    List<String> operations = counting.operations();
    for (String operation : operations) {
      FileSystem.local().deleteTree(root.getParent());
      Files.createDirectory(root.getParent());
      try {
        assertThat(failure(root, new FaultyFileSystem(operation, forGood)))
            .isInstanceOfAny(StorageException.class, RunNotWritableException.class)
            .hasMessageContaining("No space left on device");
        assertNothingHalfDone(root);
        goOn(root, FaultyFileSystem.none());
        expected.assertSame(Result.of(root));
      } catch (AssertionError | IOException | RuntimeException e) {
        throw new AssertionError(operation + " failed", e);
      }
    }
    System.out.printf(
        "%d storage operations of a run failed %s%n",
        operations.size(), forGood ? "for good" : "once");
    assertThat(operations).hasSizeGreaterThan(150).doesNotHaveDuplicates();
  }

  @Test
  void whereverItsDirectoryVanishesTheRunEndsAndDoesNotMakeItAgain() throws Exception {
    vanishBefore(7);
  }

  @Test
  @Tag("slow")
  void whereverItsDirectoryVanishesTheRunEndsAndDoesNotMakeItAgainAnywhere() throws Exception {
    vanishBefore(1);
  }

  /**
   * Moves the directory away before operations, one every so many, so that it is missing to what is
   * read between them too.
   */
  private void vanishBefore(int every) throws Exception {
    FaultyFileSystem counting = FaultyFileSystem.none();
    Path root = Files.createDirectory(folder.resolve("case")).resolve("run");
    goOn(root, counting);
    Result expected = Result.of(root);
    Path elsewhere = root.resolveSibling("elsewhere");
    List<String> operations = counting.operations();
    int told = 0;
    for (int i = 0; i < operations.size(); i += every) {
      String operation = operations.get(i);
      FileSystem.local().deleteTree(root.getParent());
      Files.createDirectory(root.getParent());
      try {
        IOException failure =
            failure(root, FaultyFileSystem.before(operation, () -> move(root, elsewhere)));
        boolean vanished = Files.exists(elsewhere);
        assertThat(Files.exists(root)).isEqualTo(!vanished);
        if (failure != null) {
          assertThat(failure)
              .isInstanceOfAny(StorageException.class, RunNotWritableException.class)
              .hasMessageContaining(root.toString());
          told++;
        }
        if (vanished) {
          move(elsewhere, root);
        }
        goOn(root, FaultyFileSystem.none());
        expected.assertSame(Result.of(root));
      } catch (AssertionError | IOException | RuntimeException e) {
        throw new AssertionError("vanished before " + operation, e);
      }
    }
    System.out.printf("%d times the directory vanished, and the run told%n", told);
    assertThat(told).isGreaterThan(operations.size() / every * 9 / 10);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (NoSuchFileException notYetThere) {
      // nothing has vanished
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IOException failure(Path root, FileSystem storage) {
    try {
      goOn(root, storage);
      return null;
    } catch (UncheckedIOException e) {
      return e.getCause();
    } catch (IOException e) {
      return e;
    }
  }

  /** As the command line does: begins the run, or goes on with it unless it is finished. */
  private static void goOn(Path root, FileSystem storage) throws IOException {
    RunSpec spec = ConfigReader.parse(CONFIG, "sweep.yaml", List.of(), RunSpec.class);
    TrainingRun.Start start =
        new TrainingRun.Start(
            spec, KnownModels.shipped(), Backend.cpu("test"), List.of(), Path.of(""), null);
    RunFiles files = new RunFiles(root);
    if (Files.exists(files.summary()) && isFinished(files.readSummary())) {
      return;
    }
    if (Files.exists(files.spec())) {
      try (RunDirectory run = RunDirectory.open(root, storage)) {
        TrainingRun.resume(start, run, List.of());
      }
    } else {
      try (RunDirectory run = RunDirectory.create(root, storage)) {
        TrainingRun.begin(start, run, List.of());
      }
    }
  }

  private static boolean isFinished(Summary summary) {
    return summary.status().equals("completed");
  }

  private static void assertNothingHalfDone(Path root) throws IOException {
    RunFiles files = new RunFiles(root);
    CheckpointReader reader = new CheckpointReader(files);
    assertThat(reader.latest().skipped()).isEmpty();
    assertThat(reader.best().skipped()).isEmpty();
    if (Files.exists(files.summary())) {
      assertThat(files.readSummary().status()).isEqualTo("completed");
    }
  }
}
