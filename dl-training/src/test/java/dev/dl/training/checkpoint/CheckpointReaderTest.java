package dev.dl.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunDirectory;
import dev.dl.training.spec.CheckpointSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CheckpointReaderTest {
  private static final CheckpointSpec KEEP_ONE = new CheckpointSpec(1, null, 1);
  private static final int SAVES = 300;

  @TempDir private Path folder;
  private RunDirectory run;
  private CheckpointStore store;

  @BeforeEach
  void open() throws IOException {
    run = Samples.newRun(folder.resolve("run"), FaultyFileSystem.none());
    store = CheckpointStore.open(run, KEEP_ONE);
    Samples.save(store, 1, true);
  }

  /** Every save drops the checkpoint before, which a reader may just have begun to read. */
  @Test
  @Timeout(120)
  void findsTheBestAndTheNewestWhileTheyAreDropped() throws Exception {
    CompletableFuture<Void> training = CompletableFuture.runAsync(this::saveBetterAndBetter);
    CheckpointReader reader = new CheckpointReader(run.files());
    long before = 0;
    long read = 0;
    while (!training.isDone()) {
      for (Restored found : new Restored[] {reader.best(), reader.latest()}) {
        assertThat(found.skipped()).isEmpty();
        Checkpoint checkpoint = found.checkpoint().orElseThrow();
        long step = checkpoint.state().step();
        assertThat(step).isGreaterThanOrEqualTo(before);
        assertThat(checkpoint.weights()).isEqualTo(Samples.weights(step));
        before = step;
        read++;
      }
    }
    training.get();
    assertThat(read).isGreaterThan(20);
    run.close();
  }

  private void saveBetterAndBetter() {
    try {
      for (long step = 2; step <= SAVES; step++) {
        Samples.save(store, step, true);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Timeout(20)
  void passesOverWhatIsNoDirectory() throws Exception {
    Path folderOfAll = run.files().checkpoints();
    Files.createSymbolicLink(folderOfAll.resolve("step-00000009"), folder.resolve("nowhere"));
    Files.writeString(folderOfAll.resolve("step-00000008"), "a file");

    Restored latest = new CheckpointReader(run.files()).latest();

    assertThat(latest.checkpoint().orElseThrow().state().step()).isEqualTo(1);
    assertThat(latest.skipped()).hasSize(2);
    run.close();
  }
}
