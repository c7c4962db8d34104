package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dl.core.run.RunFiles;
import dev.dl.training.checkpoint.CheckpointReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Run directories that cannot be written: from the beginning, from some step on, or gone. */
@EnabledOnOs(OS.LINUX)
class UnwritableRunTest {
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data}
      model: {name: mlp}
      training: {epochs: 100000, batchSize: 20, checkpoint: {everySteps: 5}}
      """;

  @TempDir private Path folder;
  private final List<Path> protectedFolders = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    SmallData.idx(folder.resolve("data"), 60, 12);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
  }

  @AfterEach
  void release() throws IOException {
    for (Path path : protectedFolders) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void isRefusedBeforeDataIsReadWhereNothingCanBeWritten() throws Exception {
    Path readOnly = Files.createDirectory(folder.resolve("read-only"));
    protect(readOnly);

    DlProcess.Result none =
        run("train", "trial.yaml", "data.path=missing", "--run", "read-only/run");

    none.requireExitCode(73);
    assertThat(none.err()).contains("read-only").hasLineCount(1);
    assertThat(readOnly).isEmptyDirectory();
  }

  @Test
  void endsARunWhoseDirectoryBecomesReadOnly() throws Exception {
    Path checkpoints = folder.resolve("run/checkpoints");
    try (DlProcess dl = start("train", "trial.yaml", "--run", "run")) {
      dl.awaitUntil(() -> RunResult.newestStep(folder.resolve("run")) >= 10);
      protect(checkpoints);

      DlProcess.Result ended = dl.await().requireExitCode(74);

      assertThat(lastLine(ended.err())).contains("run/checkpoints/").contains("--resume");
    }
    CheckpointReader reader = new CheckpointReader(RunFiles.of(folder.resolve("run")));
    assertThat(reader.latest().skipped()).isEmpty();
    long step = RunResult.newestStep(folder.resolve("run"));
    assertThat(step).isGreaterThanOrEqualTo(10);

    release();
    run("train", "--resume", "--run", "run", "training.maximumDuration=2s").requireExitCode(0);
    assertThat(RunResult.newestStep(folder.resolve("run"))).isGreaterThan(step);
  }

  @Test
  void endsARunWhoseDirectoryVanishesAndDoesNotMakeItAgain() throws Exception {
    try (DlProcess dl = start("train", "trial.yaml", "--run", "run")) {
      dl.awaitUntil(() -> RunResult.newestStep(folder.resolve("run")) >= 10);
      Files.move(folder.resolve("run"), folder.resolve("elsewhere"));

      DlProcess.Result ended = dl.await().requireExitCode(74);

      assertThat(lastLine(ended.err())).contains("/run");
      assertThat(folder.resolve("run")).doesNotExist();
    }
    DlProcess.run(folder, "train", "--resume", "--run", "elsewhere", "training.maximumDuration=1ms")
        .requireExitCode(0);
  }

  private DlProcess.Result run(String... arguments) throws Exception {
    try (DlProcess dl = start(arguments)) {
      return dl.await();
    }
  }

  /** For root, permissions count only without the capabilities to pass over them. */
  private DlProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      Path setpriv = Path.of("/usr/bin/setpriv");
      if (!Files.isExecutable(setpriv)) {
        System.out.println("NOT TESTED: read-only run directories, as root without setpriv");
      }
      assumeTrue(Files.isExecutable(setpriv), "root can give its capabilities up");
      command.addAll(List.of(setpriv.toString(), "--bounding-set=-dac_override,-dac_read_search"));
    }
    command.addAll(DlProcess.command(List.of(), arguments));
    return DlProcess.start(folder, new ProcessBuilder(command));
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(folder, "unix:uid").equals(0);
  }

  private void protect(Path path) throws IOException {
    protectedFolders.add(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  private static String lastLine(String text) {
    return Stream.of(text.split("\n")).reduce("", (before, line) -> line);
  }
}
