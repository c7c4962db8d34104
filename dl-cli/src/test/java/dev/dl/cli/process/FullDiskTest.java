package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dl.core.run.RunFiles;
import dev.dl.training.checkpoint.CheckpointReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training on storage of 64 MiB, of which something else takes 20, and which it fills. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  /** 16 checkpoints of 3.3 MB, and for a while one more. */
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data}
      model: {name: mlp}
      training: {epochs: 2, batchSize: 20, emaDecay: 0.9, checkpoint: {everySteps: 2, keep: 50}}
      """;

  private static final int TAKEN = 20 << 20;

  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=64m", "none", disk.toString());
    if (!mounted) {
      System.out.println("NOT TESTED: a full disk, since this user cannot mount a tmpfs");
    }
    assumeTrue(mounted, "this user can mount a tmpfs");
    SmallData.idx(folder.resolve("data"), 320, 60);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
  }

  @AfterEach
  void unmount() throws Exception {
    succeeds("umount", disk.toString());
  }

  @Test
  void endsWithTheBytesThatItNeedsAndGoesOnOnceThereIsRoom() throws Exception {
    Path other = Files.write(disk.resolve("other"), new byte[TAKEN]);

    DlProcess.Result full = DlProcess.run(folder, "train", "trial.yaml", "--run", "disk/run");

    full.requireExitCode(74);
    assertThat(lastLine(full.err()))
        .contains("/disk/run/checkpoints/step-000000")
        .containsPattern(
            "No space left on device\", expected room for 3,\\d{3},\\d{3} bytes, of which")
        .contains("continue with --resume");
    List<Path> whole = checkpoints();
    assertThat(whole).hasSizeBetween(10, 15);
    assertThat(new CheckpointReader(new RunFiles(disk.resolve("run"))).latest().skipped())
        .isEmpty();

    Files.delete(other);
    DlProcess.run(folder, "train", "--resume", "--run", "disk/run").requireExitCode(0);

    assertThat(checkpoints()).hasSizeGreaterThan(whole.size()).containsAll(whole);
    DlProcess.run(folder, "train", "trial.yaml", "--run", "elsewhere").requireExitCode(0);
    assertThat(RunResult.of(disk.resolve("run")))
        .isEqualTo(RunResult.of(folder.resolve("elsewhere")));
  }

  /** Not even a line fits, or the checkpoint of the best epoch comes before it. */
  @Test
  void tellsHowMuchIsNeededWhereNothingFits() throws Exception {
    try (DlProcess dl =
        DlProcess.start(
            folder,
            "train",
            "trial.yaml",
            "training.epochs=100000",
            "training.checkpoint={everyEpochs: 100000}",
            "--run",
            "disk/run")) {
      dl.awaitUntil(() -> disk.resolve("run/metrics.jsonl").toFile().length() > 0);
      fill(disk.resolve("other"));

      DlProcess.Result full = dl.await().requireExitCode(74);

      assertThat(lastLine(full.err()))
          .containsPattern(
              "No space left on device\", expected room for [0-9,]+ bytes, of which 0 are");
    }
  }

  private static void fill(Path file) throws IOException {
    try (var output = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      while (true) {
        output.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> children = Files.list(disk.resolve("run/checkpoints"))) {
      return children
          .filter(child -> child.getFileName().toString().startsWith("step-"))
          .sorted()
          .toList();
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  private static String lastLine(String text) {
    List<String> lines = text.lines().toList();
    return lines.get(lines.size() - 1);
  }
}
