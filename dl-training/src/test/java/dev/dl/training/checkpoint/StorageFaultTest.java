package dev.dl.training.checkpoint;

import static dev.dl.training.checkpoint.Samples.KEEP_TWO;
import static dev.dl.training.checkpoint.Samples.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fails each storage operation of a run in turn, until a run has none left to fail. */
class StorageFaultTest {
  private static final Summary SUMMARY =
      new Summary("completed", 1, 4, null, Map.of(), Map.of(), 1, "a", 1, 1, "cpu", null, null);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noFailureLosesACheckpoint(boolean forGood) throws Exception {
    int failing = 1;
    for (boolean failed = true; failed; failing++) {
      Path root = folder.resolve("run-" + failing);
      try (RunDirectory run = Samples.newRun(root, FaultyFileSystem.none())) {
        CheckpointStore store = CheckpointStore.open(run, KEEP_TWO);
        save(store, 1, true);
        save(store, 2, false);
      }

      FaultyFileSystem storage = new FaultyFileSystem(failing, forGood);
      long saved = saveUntilFailure(root, storage);

      assertNothingLost(root, saved);
      failed = storage.failed();
      assertThat(failed).isEqualTo(saved < 4);
      FileSystem.local().deleteTree(root);
    }
    assertThat(failing).isGreaterThan(80);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noFailureLeavesARunThatCannotBeContinued(boolean forGood) throws Exception {
    int failing = 1;
    for (boolean failed = true; failed; failing++) {
      Path root = folder.resolve("run-" + failing);
      FaultyFileSystem storage = new FaultyFileSystem(failing, forGood);
      try (RunDirectory run = Samples.newRun(root, storage)) {
        run.appendMetrics(Map.of("step", 1));
        run.appendMetrics(Map.of("step", 2));
        run.cutMetrics(1, 1);
        run.writeSummary(SUMMARY);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left on device");
      }
      failed = storage.failed();

      if (Files.exists(root.resolve("spec.yaml"))) {
        assertContinues(root);
      } else {
        Samples.newRun(root, FaultyFileSystem.none()).close();
      }
      if (Files.exists(root.resolve("summary.json"))) {
        assertThat(new RunFiles(root).readSummary()).isEqualTo(SUMMARY);
      }
    }
    assertThat(failing).isGreaterThan(25);
  }

  /** Saves steps 3, 3 again and 4; the last step whose save did not fail. */
  private static long saveUntilFailure(Path root, FileSystem storage) throws IOException {
    long saved = 2;
    try (RunDirectory run = RunDirectory.open(root, storage)) {
      CheckpointStore store = CheckpointStore.open(run, KEEP_TWO);
      save(store, 3, false);
      saved = 3;
      save(store, 3, true);
      save(store, 4, false);
      saved = 4;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
    return saved;
  }

  private static void assertNothingLost(Path root, long saved) throws IOException {
    try (RunDirectory run = RunDirectory.open(root, FaultyFileSystem.none())) {
      CheckpointStore store = CheckpointStore.open(run, KEEP_TWO);
      assertThat(CheckpointStoreTest.names(run.files().checkpoints()))
          .allMatch(name -> name.equals("index.json") || name.startsWith("step-"));

      Restored latest = store.latest();
      assertThat(latest.skipped()).isEmpty();
      Checkpoint checkpoint = latest.checkpoint().orElseThrow();
      long step = checkpoint.state().step();
      assertThat(step).isBetween(saved, 4L);
      assertThat(checkpoint.state()).isEqualTo(Samples.state(step));
      assertThat(checkpoint.weights()).isEqualTo(Samples.weights(step));
      assertThat(checkpoint.optimizer()).isEqualTo(Samples.optimizer(step));

      Restored best = store.best();
      assertThat(best.skipped()).isEmpty();
      assertThat(best.checkpoint().orElseThrow().state().step()).isIn(1L, 3L);

      save(store, 5, false);
      assertThat(store.latest().checkpoint().orElseThrow().state().step()).isEqualTo(5);
    }
  }

  private static void assertContinues(Path root) throws IOException {
    try (RunDirectory run = RunDirectory.open(root, FaultyFileSystem.none())) {
      List<Map<String, Object>> before = run.files().readMetrics();
      run.appendMetrics(Map.of("step", 3));
      assertThat(run.files().readMetrics()).hasSize(before.size() + 1);
    }
  }
}
