package dev.dl.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints of every format version that was ever written load. The folders {@code format-N} hold
 * {@link Samples} of step 3 as that version saved them, and never change.
 */
class CheckpointFormatTest {

  @Test
  void loadsEveryFormatVersion() throws Exception {
    List<Integer> versions = IntStream.rangeClosed(1, StateFile.FORMAT_VERSION).boxed().toList();
    for (int version : versions) {
      Path run = Path.of(CheckpointFormatTest.class.getResource("format-" + version).toURI());

      Restored restored = new CheckpointReader(new RunFiles(run)).best();

      assertThat(restored.skipped()).isEmpty();
      Checkpoint checkpoint = restored.checkpoint().orElseThrow();
      assertThat(checkpoint.state()).isEqualTo(Samples.state(3));
      assertThat(checkpoint.weights()).isEqualTo(Samples.weights(3));
      assertThat(checkpoint.optimizer()).isEqualTo(Samples.optimizer(3));
    }
    assertThat(versions).isNotEmpty();
  }

  @Test
  void stillWritesTheBytesOfItsFormatVersion(@TempDir Path folder) throws Exception {
    Path fixture =
        Path.of(
            CheckpointFormatTest.class
                .getResource("format-" + StateFile.FORMAT_VERSION + "/checkpoints/step-00000003")
                .toURI());
    try (RunDirectory run = Samples.newRun(folder.resolve("run"))) {
      Samples.save(CheckpointStore.open(run, Samples.KEEP_TWO), 3, true);
      for (String name : CheckpointStoreTest.names(fixture)) {
        assertThat(run.files().checkpoints().resolve("step-00000003").resolve(name))
            .hasSameBinaryContentAs(fixture.resolve(name));
      }
    }
  }
}
