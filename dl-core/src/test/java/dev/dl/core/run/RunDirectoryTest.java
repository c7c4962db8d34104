package dev.dl.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.kernel.ConvolutionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  private record Spec(String name, int seed) {}

  private static final Spec SPEC = new Spec("a", 1);

  @TempDir private Path folder;

  @Test
  void holdsARunOnceItsSpecIsWritten() throws Exception {
    Path root = folder.resolve("runs/some where/\u00e4");
    try (RunDirectory run = RunDirectory.create(root)) {
      assertThatThrownBy(() -> RunFiles.of(root)).isInstanceOf(NoSuchFileException.class);
      run.writeSpec(SPEC);
      assertThat(RunFiles.of(root).spec()).hasContent("name: a\nseed: 1\n");
    }
  }

  @Test
  void readsBackItsRecords() throws Exception {
    Summary summary =
        new Summary(
            "completed",
            2,
            20,
            new Best(1, 10, Map.of("validation.accuracy", 0.9)),
            Map.of("accuracy", 0.9),
            Map.of(),
            42,
            "ab",
            1234.5,
            6.25,
            "cpu",
            1_000_000L,
            2_000_000_000L);
    Provenance provenance =
        new Provenance(
            "2026-01-01T00:00:00Z",
            List.of("train", "a b.yaml"),
            Provenance.Software.running("1.0", null, Map.of("nd4j", "2")),
            Provenance.Machine.current(2),
            new Provenance.Backend("cpu", "no CUDA", null, 1, "onednn", ConvolutionRule.LEAST_COST),
            "cd",
            new Provenance.Plugin("mine.jar", "ef", "my-model"),
            new Provenance.Pretrained("weights.safetensors", "01"),
            new Provenance.Teacher("runs/teacher", "23"));
    try (RunDirectory run = create()) {
      run.writeSummary(summary);
      run.writeProvenance(provenance);

      assertThat(run.files().readSummary()).isEqualTo(summary);
      assertThat(run.files().readProvenance()).isEqualTo(provenance);
      assertThat(provenance.machine().processor()).isNotBlank();
      assertThat(names())
          .containsExactlyInAnyOrder(
              ".lock", "metrics.jsonl", "provenance.json", "spec.yaml", "summary.json");
    }
  }

  @Test
  void readsProvenanceFromBeforeConvolutionsHadAChoice() throws Exception {
    try (RunDirectory run = create()) {
      Files.writeString(
          run.files().provenance(),
          """
          {"startedAt": "2026-01-01T00:00:00Z", "commandLine": [],
           "backend": {"name": "cpu", "reason": "asked for", "kernels": "onednn"}}
          """);

      assertThat(run.files().readProvenance().backend().convolutions())
          .isEqualTo(ConvolutionRule.DIRECT);
    }
  }

  @Test
  void readsASummaryFromBeforeCostsWereRecorded() throws Exception {
    try (RunDirectory run = create()) {
      Files.writeString(
          run.files().summary(),
          """
          {"status": "completed", "epochs": 1, "steps": 2, "best": null, "validation": {},
           "test": {"accuracy": 0.5}, "parameters": 3, "weightsSha256": "ab",
           "samplesPerSecond": 4.0, "wallSeconds": 5.0, "backend": "cpu"}
          """);

      Summary summary = run.files().readSummary();
      assertThat(summary.test()).containsEntry("accuracy", 0.5);
      assertThat(summary.multiplyAdds()).isNull();
      assertThat(summary.peakMemoryBytes()).isNull();
    }
  }

  @Test
  void leavesThePredictionsBeforeWhereWritingStops() throws Exception {
    try (RunDirectory run = create()) {
      run.writePredictions("test", output -> output.write("whole".getBytes(UTF_8)));
      assertThatThrownBy(
              () ->
                  run.writePredictions(
                      "test",
                      output -> {
                        output.write("half".getBytes(UTF_8));
                        throw new IllegalStateException("stopped");
                      }))
          .hasMessage("stopped");

      assertThat(run.files().predictions("test")).hasContent("whole");
      assertThat(run.files().root().resolve("predictions"))
          .isDirectoryContaining("glob:**test.csv")
          .isDirectoryNotContaining("glob:**tmp");
    }
  }

  @Test
  void takesTheSmallestFreeNumber() throws Exception {
    Path runs = folder.resolve("runs");
    for (int n = 1; n <= 3; n++) {
      try (RunDirectory run = RunDirectory.createNext(runs, "quick start")) {
        assertThat(run.files().root()).isEqualTo(runs.resolve("quick start-" + n));
      }
    }
    try (Stream<Path> second = Files.walk(runs.resolve("quick start-2"))) {
      for (Path path : second.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
    try (RunDirectory run = RunDirectory.createNext(runs, "quick start")) {
      assertThat(run.files().root()).endsWith(Path.of("quick start-2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "/", ".hidden", "../a"})
  void refusesNamesThatLeaveTheRunsFolder(String name) {
    assertThatThrownBy(() -> RunDirectory.createNext(folder.resolve("runs"), name))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("name: ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesAPlaceThatIsTaken() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.createFile(home.resolve("thesis.tex"));
    create().close();

    assertNotWritable(file, "file");
    assertNotWritable(file.resolve("below"), "file");
    assertNotWritable(home, "thesis.tex");
    assertThat(home).isDirectoryNotContaining("glob:**/.lock");
    assertNotWritable(folder.resolve("run"), "--resume");
  }

  @Test
  void takesWhatAKilledStartLeft() throws Exception {
    RunDirectory.create(folder.resolve("run")).close();

    try (RunDirectory run = RunDirectory.create(folder.resolve("run"))) {
      run.writeSpec(SPEC);
    }
  }

  @Test
  void refusesASecondWriterAndNamesTheFirst() throws Exception {
    RunDirectory run = create();
    assertThatThrownBy(() -> RunDirectory.open(folder.resolve("run")))
        .isInstanceOf(RunLockedException.class)
        .hasMessageContaining("this process");
    run.close();

    RunDirectory.open(folder.resolve("run")).close();
  }

  @Test
  void namesTheOtherProcessAndTakesItsLockOnceItIsKilled() throws Exception {
    create().close();
    Path root = folder.resolve("run");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      assertThat(new RunFiles(root).isInUse()).isTrue();
      assertThatThrownBy(() -> RunDirectory.open(root))
          .isInstanceOf(RunLockedException.class)
          .hasMessageContaining("process " + other.pid() + " on ");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(new RunFiles(root).isInUse()).isFalse();
    RunDirectory.open(root).close();
  }

  @Test
  void forgetsThatAnEarlierProcessWasAskedToStop() throws Exception {
    Path root;
    try (RunDirectory run = create()) {
      root = run.files().root();
      run.files().askToStop();
      run.files().askToStop();
      assertThat(run.files().stop()).exists();
    }
    try (RunDirectory run = RunDirectory.open(root)) {
      assertThat(run.files().stop()).doesNotExist();
    }
  }

  @Test
  void isNotInUseWhateverItsLockSays() throws Exception {
    Path root = Files.createDirectories(folder.resolve("run"));
    assertThat(new RunFiles(root).isInUse()).isFalse();
    for (String holder : List.of("", "process 1 on elsewhere", "process x", "x".repeat(100_000))) {
      Files.writeString(root.resolve(".lock"), holder);
      assertThat(new RunFiles(root).isInUse()).isFalse();
    }
  }

  @Test
  void readsMetricsWhileALineIsBeingWritten() throws Exception {
    try (RunDirectory run = create()) {
      run.appendMetrics(Map.of("step", 1));
      appendRaw("{\"step\":2,\"note\":\"\u00e4".getBytes(UTF_8), 21);

      assertThat(run.files().readMetrics()).containsExactly(Map.of("step", 1));
    }
  }

  @Test
  void removesATornLineBeforeItGoesOn() throws Exception {
    try (RunDirectory run = create()) {
      run.appendMetrics(Map.of("step", 1));
      appendRaw("{\"step\":2".getBytes(UTF_8), 9);
    }
    try (RunDirectory run = RunDirectory.open(folder.resolve("run"))) {
      run.appendMetrics(Map.of("step", 2));
      assertThat(run.files().metrics()).hasContent("{\"step\":1}\n{\"step\":2}\n");
    }
  }

  @Test
  void cutsMetricsBackToAStep() throws Exception {
    try (RunDirectory run = create()) {
      for (int step = 1; step <= 5; step++) {
        run.appendMetrics(Map.of("step", step));
      }
      run.cutMetrics(3, 1);
      run.appendMetrics(Map.of("step", 4));
      run.syncMetrics();

      assertThat(run.files().readMetrics())
          .extracting(line -> line.get("step"))
          .containsExactly(1, 2, 3, 4);
    }
  }

  /** A checkpoint of the last step of an epoch is from before its evaluation. */
  @Test
  void removesTheEndOfAnEpochThatEndsAgain() throws IOException {
    try (RunDirectory run = create()) {
      run.appendMetrics(Map.of("kind", "epoch", "epoch", 1, "step", 3));
      run.appendMetrics(Map.of("kind", "step", "epoch", 2, "step", 6));
      run.appendMetrics(Map.of("kind", "epoch", "epoch", 2, "step", 6));

      run.cutMetrics(6, 3);
      assertThat(run.files().readMetrics()).hasSize(3);
      run.cutMetrics(6, 2);
      assertThat(run.files().readMetrics())
          .extracting(line -> line.get("kind") + " " + line.get("epoch"))
          .containsExactly("epoch 1", "step 2");
    }
  }

  @Test
  void doesNotRecreateADirectoryThatVanished() throws Exception {
    RunDirectory run = create();
    Path moved = folder.resolve("moved");
    Files.move(folder.resolve("run"), moved);

    assertThatThrownBy(() -> run.appendMetrics(Map.of("step", 1)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("removed?");
    assertThatThrownBy(() -> run.writeSpec(SPEC)).isInstanceOf(StorageException.class);
    assertThat(folder.resolve("run")).doesNotExist();
    run.close();
  }

  @Test
  void removesARunThatWasGivenUp() throws Exception {
    Path root = folder.resolve("runs/given up");
    try (RunDirectory run = RunDirectory.create(root)) {
      run.writeSpec(SPEC);
      run.discard();
      assertThat(root).exists();
    }
    assertThat(root).doesNotExist();
    assertThat(root.getParent()).exists();
  }

  @Test
  void tellsADamagedFileByItsPath() throws Exception {
    try (RunDirectory run = create()) {
      Files.writeString(run.files().summary(), "{\"status\": ");

      assertThatThrownBy(() -> run.files().readSummary())
          .isInstanceOf(DamagedFileException.class)
          .hasMessageContaining("summary.json")
          .hasMessageNotContaining("\n");
    }
  }

  private RunDirectory create() throws IOException {
    RunDirectory run = RunDirectory.create(folder.resolve("run"));
    run.writeSpec(SPEC);
    return run;
  }

  private void appendRaw(byte[] bytes, int count) throws IOException {
    Path metrics = folder.resolve("run/metrics.jsonl");
    Files.write(metrics, Arrays.copyOf(bytes, count), StandardOpenOption.APPEND);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> children = Files.list(folder.resolve("run"))) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }

  private static void assertNotWritable(Path root, String reason) {
    assertThatThrownBy(() -> RunDirectory.create(root))
        .isInstanceOf(RunNotWritableException.class)
        .hasMessageContaining(reason);
  }
}
