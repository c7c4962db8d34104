package dev.dl.training.checkpoint;

import static dev.dl.training.checkpoint.Samples.KEEP_TWO;
import static dev.dl.training.checkpoint.Samples.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two checkpoints, the newer one damaged: the damage is found and the older one used. */
class CheckpointDamageTest {
  @TempDir private Path folder;
  private CheckpointReader reader;
  private Path older;
  private Path newer;

  @BeforeEach
  void saveTwo() throws IOException {
    try (RunDirectory run = Samples.newRun(folder.resolve("run"))) {
      CheckpointStore store = CheckpointStore.open(run, KEEP_TWO);
      save(store, 1, true);
      save(store, 2, true);
    }
    RunFiles files = RunFiles.of(folder.resolve("run"));
    reader = new CheckpointReader(files);
    older = files.checkpoints().resolve("step-00000001");
    newer = files.checkpoints().resolve("step-00000002");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weights.safetensors", "optimizer.safetensors", "state.json", "manifest.json"})
  void findsTruncationAndFlippedBits(String name) throws Exception {
    Path file = newer.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 4096) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertOlderIsUsed();
    }
    int stride = Math.max(1, whole.length / 300);
    for (int at = 0; at < whole.length; at += stride) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at / stride % 8));
      Files.write(file, flipped);
      assertThat(reader.latest().skipped()).as("bit in byte %d", at).hasSize(1);
    }
    Files.delete(file);
    assertOlderIsUsed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weights.safetensors", "optimizer.safetensors", "state.json", "manifest.json"})
  void findsFilesSwappedBetweenCheckpoints(String name) throws Exception {
    Files.copy(older.resolve(name), newer.resolve(name), StandardCopyOption.REPLACE_EXISTING);

    assertOlderIsUsed();
  }

  @Test
  void findsDirectoriesSwapped() throws Exception {
    FileSystem.local().deleteTree(newer);
    Files.createDirectory(newer);
    for (String name : CheckpointStoreTest.names(older)) {
      Files.copy(older.resolve(name), newer.resolve(name));
    }

    assertOlderIsUsed();
  }

  @Test
  void skipsAFormatThatItDoesNotKnow() throws Exception {
    try (RunDirectory run = RunDirectory.open(folder.resolve("run"))) {
      Path state = newer.resolve("state.json");
      String future =
          Files.readString(state).replace("\"formatVersion\" : 1", "\"formatVersion\" : 99");
      Path manifest = newer.resolve("manifest.json");
      CheckpointManifest.Fingerprint before = CheckpointManifest.Fingerprint.of(state);
      Files.writeString(state, future);
      CheckpointManifest.Fingerprint after = CheckpointManifest.Fingerprint.of(state);
      Files.writeString(
          manifest,
          Files.readString(manifest)
              .replace(before.sha256(), after.sha256())
              .replace(": " + before.bytes() + ",", ": " + after.bytes() + ","));

      Restored restored = CheckpointStore.open(run, KEEP_TWO).latest();
      assertThat(restored.skipped()).singleElement().asString().contains("format version 99");
      assertThat(restored.checkpoint().orElseThrow().directory()).isEqualTo(older);
    }
  }

  private void assertOlderIsUsed() throws IOException {
    for (Restored restored : new Restored[] {reader.latest(), reader.best()}) {
      Checkpoint checkpoint = restored.checkpoint().orElseThrow();
      assertThat(checkpoint.state()).isEqualTo(Samples.state(1));
      assertThat(checkpoint.weights()).isEqualTo(Samples.weights(1));
    }
    assertThat(reader.latest().skipped())
        .singleElement()
        .satisfies(
            skipped -> {
              assertThat(skipped.directory()).isEqualTo(newer);
              assertThat(skipped.reason()).isNotBlank().doesNotContain("\n");
            });
  }
}
