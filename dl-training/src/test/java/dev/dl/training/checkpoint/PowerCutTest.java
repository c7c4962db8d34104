package dev.dl.training.checkpoint;

import static dev.dl.training.checkpoint.Samples.KEEP_TWO;
import static dev.dl.training.checkpoint.Samples.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.core.tensorfile.SafeTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After each operation of a run the power goes: what was there before, or what was new, is. */
class PowerCutTest {
  @TempDir private Path folder;
  private Path place;
  private RecordingFileSystem storage;
  private int tried;

  /** Checks what is left in a folder after a power cut. */
  @FunctionalInterface
  private interface Check {
    void of(Path left, int operations) throws IOException;
  }

  /** A checkpoint that had been saved when so many operations were done. */
  private record Saved(int operations, long step, long best) {}

  @BeforeEach
  void record() throws IOException {
    place = Files.createDirectory(folder.resolve("recorded"));
    storage = new RecordingFileSystem(place);
  }

  @Test
  void leavesTheCheckpointBeforeOrTheNewOne() throws Exception {
    List<Saved> history = new ArrayList<>();
    int begun;
    try (RunDirectory run = Samples.newRun(place.resolve("runs/a"), storage)) {
      begun = storage.operations().size();
      history.add(new Saved(begun, 0, 0));
      CheckpointStore store = CheckpointStore.open(run, KEEP_TWO);
      for (long[] step : new long[][] {{1, 1}, {2, 0}, {2, 0}, {3, 1}, {4, 0}}) {
        run.appendMetrics(Map.of("step", step[0]));
        save(store, step[0], step[1] == 1);
        long best = step[1] == 1 ? step[0] : history.get(history.size() - 1).best;
        history.add(new Saved(storage.operations().size(), step[0], best));
      }
    }
    cutEverywhere(
        (left, operations) -> {
          if (operations >= begun) {
            assertThat(left.resolve("runs/a/spec.yaml")).isNotEmptyFile();
          }
          if (Files.exists(left.resolve("runs/a/spec.yaml"))) {
            assertOldOrNew(left.resolve("runs/a"), history, operations);
          }
        });
    System.out.println(tried + " states of storage after power cuts tried");
    assertThat(tried).isGreaterThan(500);
  }

  private static void assertOldOrNew(Path root, List<Saved> history, int operations)
      throws IOException {
    int done = 0;
    while (done + 1 < history.size() && history.get(done + 1).operations <= operations) {
      done++;
    }
    Saved before = history.get(done);
    Saved after = history.get(Math.min(done + 1, history.size() - 1));
    try (RunDirectory run = RunDirectory.open(root, FaultyFileSystem.none())) {
      CheckpointStore store = CheckpointStore.open(run, KEEP_TWO);
      Restored latest = store.latest();
      assertThat(latest.skipped()).isEmpty();
      long step = latest.checkpoint().map(found -> found.state().step()).orElse(0L);
      assertThat(step).isIn(before.step, after.step);
      if (step > 0) {
        Checkpoint checkpoint = latest.checkpoint().orElseThrow();
        assertThat(checkpoint.weights()).isEqualTo(Samples.weights(step));
        assertThat(checkpoint.optimizer()).isEqualTo(Samples.optimizer(step));
      }
      Restored best = store.best();
      assertThat(best.skipped()).isEmpty();
      assertThat(best.checkpoint().map(found -> found.state().step()).orElse(0L))
          .isIn(before.best, after.best);
      assertThat(run.files().readMetrics().stream().map(line -> ((Number) line.get("step"))))
          .as("lines of steps that were saved")
          .hasSizeGreaterThanOrEqualTo((int) step);
    }
  }

  @Test
  void leavesTheFilesOfARunAsTheyWereOrAsTheyAre() throws Exception {
    Summary first = summary("interrupted");
    Summary second = summary("completed");
    int written;
    try (RunDirectory run = Samples.newRun(place.resolve("run"), storage)) {
      run.writeSummary(first);
      written = storage.operations().size();
      run.writeSummary(second);
    }
    int replaced = storage.operations().size();
    cutEverywhere(
        (left, operations) -> {
          RunFiles files = new RunFiles(left.resolve("run"));
          if (operations >= written) {
            assertThat(files.readSummary()).isIn(first, second);
          } else if (Files.exists(files.summary())) {
            assertThat(files.readSummary()).isEqualTo(first);
          }
          if (operations >= replaced) {
            assertThat(files.readSummary()).isEqualTo(second);
          }
        });
  }

  private static Summary summary(String status) {
    return new Summary(status, 1, 4, null, Map.of(), Map.of(), 1, "a", 1, 1, "cpu", null, null);
  }

  @Test
  void leavesAnExportAsItWasOrAsItIs() throws Exception {
    Path file = place.resolve("weights.safetensors");
    FileSystem.Content content =
        output -> SafeTensors.write(output, Samples.weights(7), Map.of("format", "pt"));
    byte[] old = "old".getBytes(StandardCharsets.UTF_8);
    storage.replace(file, output -> output.write(old));
    int written = storage.operations().size();
    storage.replace(file, content);
    byte[] exported = Files.readAllBytes(file);
    int replaced = storage.operations().size();
    cutEverywhere(
        (left, operations) -> {
          Path found = left.resolve("weights.safetensors");
          if (operations >= written || Files.exists(found)) {
            assertThat(Files.readAllBytes(found)).isIn(old, exported);
          }
          if (operations >= replaced) {
            assertThat(Files.readAllBytes(found)).isEqualTo(exported);
          }
        });
  }

  private void cutEverywhere(Check check) throws IOException {
    PowerCuts cuts = new PowerCuts(storage.operations());
    for (int operations = 0; operations <= storage.operations().size(); operations++) {
      for (Map<Path, byte[]> state : cuts.after(operations)) {
        Path left = Files.createDirectory(folder.resolve("left"));
        PowerCuts.write(state, left);
        try {
          check.of(left, operations);
        } catch (AssertionError | IOException e) {
          throw new AssertionError(
              "after %d operations, of which the last %s, left with %s"
                  .formatted(
                      operations,
                      storage.operations().get(Math.max(0, operations - 1)),
                      state.keySet()),
              e);
        }
        FileSystem.local().deleteTree(left);
        tried++;
      }
    }
  }
}
