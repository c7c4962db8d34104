package dev.dl.training.checkpoint;

import static dev.dl.training.checkpoint.Samples.KEEP_TWO;
import static dev.dl.training.checkpoint.Samples.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.StorageException;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.training.spec.CheckpointSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir private Path folder;
  private RunDirectory run;
  private CheckpointStore store;

  @BeforeEach
  void open() throws IOException {
    run = Samples.newRun(folder.resolve("run"));
    store = CheckpointStore.open(run, KEEP_TWO);
  }

  @AfterEach
  void close() throws IOException {
    run.close();
  }

  @Test
  void restoresWhatWasSaved() throws Exception {
    save(store, 500, false);

    Checkpoint checkpoint = store.latest().checkpoint().orElseThrow();

    assertThat(checkpoint.directory()).endsWith(Path.of("checkpoints", "step-00000500"));
    assertThat(checkpoint.state()).isEqualTo(Samples.state(500));
    assertThat(checkpoint.weights()).isEqualTo(Samples.weights(500));
    assertThat(checkpoint.optimizer()).isEqualTo(Samples.optimizer(500));
    assertThat(names(checkpoint.directory()))
        .containsExactly(
            "manifest.json", "optimizer.safetensors", "state.json", "weights.safetensors");
  }

  @Test
  void restoresAStateWithoutABestButWithPlateausAndANumberThatIsNone() throws Exception {
    TrainingState sample = Samples.state(1);
    TrainingState state =
        new TrainingState(
            sample.position(),
            null,
            0,
            2,
            Map.of(),
            Map.of("loss", Double.NaN),
            0,
            sample.origin(),
            new Remedies(List.of(3, 17), 2, 16));
    store.save(state, Map.of(), Map.of(), false);

    assertThat(store.latest().checkpoint().orElseThrow().state()).isEqualTo(state);
  }

  @Test
  void findsNothingInANewRun() throws Exception {
    assertThat(store.latest().checkpoint()).isEmpty();
    assertThat(store.best().checkpoint()).isEmpty();
    assertThat(new CheckpointReader(new RunFiles(folder)).latest().checkpoint()).isEmpty();
  }

  @Test
  void keepsTheNewestAndTheBest() throws Exception {
    for (long step = 1; step <= 6; step++) {
      save(store, step, step == 1 || step == 3);
    }

    assertThat(names(folder.resolve("run/checkpoints")))
        .containsExactly("index.json", "step-00000003", "step-00000005", "step-00000006");
    assertThat(store.latest().checkpoint().orElseThrow().state().step()).isEqualTo(6);
    assertThat(store.best().checkpoint().orElseThrow().state().step()).isEqualTo(3);
  }

  @Test
  void keepsTheNewestThatItsIntervalsAskedFor() throws Exception {
    CheckpointStore store = CheckpointStore.open(run, new CheckpointSpec(1, 4, 1));
    for (long step = 3; step <= 7; step++) {
      save(store, step, false);
    }
    assertThat(names(folder.resolve("run/checkpoints")))
        .containsExactly("index.json", "step-00000004", "step-00000007");
    assertThat(store.latestScheduled().checkpoint().orElseThrow().state().step()).isEqualTo(4);

    save(store, 8, false);
    assertThat(names(folder.resolve("run/checkpoints")))
        .containsExactly("index.json", "step-00000008");
  }

  @Test
  void listsWhatItKeepsInAnIndex() throws Exception {
    save(store, 4, true);
    save(store, 8, false);

    JsonNode list =
        new ObjectMapper()
            .readTree(folder.resolve("run/checkpoints/index.json").toFile())
            .get("checkpoints");

    assertThat(list).hasSize(2);
    assertThat(list.get(0).get("step").asLong()).isEqualTo(8);
    assertThat(list.get(0).get("best").asBoolean()).isFalse();
    assertThat(list.get(0).get("metrics").get("validation.accuracy").asDouble()).isEqualTo(0.125);
    assertThat(list.get(1).get("name").asText()).isEqualTo("step-00000004");
    assertThat(list.get(1).get("best").asBoolean()).isTrue();
  }

  @Test
  void replacesACheckpointOfTheSameStep() throws Exception {
    save(store, 5, false);
    store.save(Samples.state(5), Samples.weights(6), Samples.optimizer(5), true);

    Checkpoint checkpoint = store.best().checkpoint().orElseThrow();
    assertThat(checkpoint.weights()).isEqualTo(Samples.weights(6));
    assertThat(names(folder.resolve("run/checkpoints")))
        .containsExactly("index.json", "step-00000005");
  }

  @Test
  void dropsCheckpointsOfStepsThatTheRunHasNotReachedAgain() throws Exception {
    save(store, 5, false);
    save(store, 9, true);
    save(store, 6, false);

    assertThat(store.latest().checkpoint().orElseThrow().state().step()).isEqualTo(6);
    assertThat(names(folder.resolve("run/checkpoints")))
        .containsExactly("index.json", "step-00000005", "step-00000006");
  }

  @Test
  void clearsAwayWhatAKillInsideASaveLeft() throws Exception {
    save(store, 5, false);
    Path checkpoints = folder.resolve("run/checkpoints");
    Path half = Files.createDirectory(checkpoints.resolve(".step-00000006.tmp"));
    Files.writeString(half.resolve("weights.safetensors"), "half");
    Files.writeString(checkpoints.resolve(".index.json.tmp"), "half");
    Files.move(
        checkpoints.resolve("step-00000005"), checkpoints.resolve(".step-00000005.replaced"));

    CheckpointStore reopened = CheckpointStore.open(run, KEEP_TWO);

    assertThat(names(checkpoints)).containsExactly("index.json", "step-00000005");
    assertThat(reopened.latest().checkpoint()).isPresent();
  }

  @Test
  void doesNotRecreateARunThatVanished() throws Exception {
    Files.move(folder.resolve("run"), folder.resolve("moved"));

    assertThatThrownBy(() -> save(store, 5, false)).isInstanceOf(IOException.class);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void tellsAFailedSave() throws Exception {
    save(store, 5, false);
    FaultyFileSystem full = new FaultyFileSystem(6, true);
    run.close();
    try (RunDirectory opened = RunDirectory.open(folder.resolve("run"), full)) {
      CheckpointStore failing = CheckpointStore.open(opened, KEEP_TWO);
      assertThatThrownBy(() -> save(failing, 6, false))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("--resume");
    }
  }

  @Test
  void hashesWeightsInTheOrderOfTheirNames() {
    Map<String, Tensor> weights =
        Map.of(
            "b", new Tensor(List.of(1L), new float[] {2}),
            "a", new Tensor(List.of(2L), new float[] {1, -0.5f}));

    // python3: hashlib.sha256(struct.pack('<3f', 1, -0.5, 2)).hexdigest()
    assertThat(Weights.sha256(weights))
        .isEqualTo("eff09d193b5c7d5aafd99285cf9b155f1111bdba696fadea93fa3c137551e4b9");
  }

  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
