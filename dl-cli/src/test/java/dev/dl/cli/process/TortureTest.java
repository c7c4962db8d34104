package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/torture} through the launcher; with more kills it is started by hand. */
@EnabledOnOs(OS.LINUX)
class TortureTest {
  private static final int LONGEST_SECONDS = 300;

  @TempDir private Path folder;

  @Test
  void twentyKillsAtRandomInstantsChangeNothing() throws Exception {
    Path script = Path.of("..", "scripts", "torture").toAbsolutePath();
    ProcessBuilder torture = new ProcessBuilder(script.toString(), "20");
    BuiltProject.script(folder, "");
    torture.environment().putAll(BuiltProject.environment(folder));
    torture
        .environment()
        .putAll(
            Map.of(
                "DL",
                folder.resolve("dl").toString(),
                "DL_JAVA_OPTIONS",
                "-Xmx1g -XX:TieredStopAtLevel=1",
                "TORTURE_DIR",
                folder.resolve("runs").toString()));
    try (DlProcess process = DlProcess.start(folder, torture)) {
      String out = process.await(LONGEST_SECONDS).requireExitCode(0).out();
      assertThat(out)
          .containsPattern(
              "2\\d kills \\(.*\\), \\d+ runs, 0 differences, 0 unreadable run directories")
          .containsPattern("[1-9]\\d* with a save half done");
    }
    String metrics = Files.readString(folder.resolve("runs/unbroken/metrics.jsonl"));
    assertThat(metrics).as("rates before and after plateaus").contains(":0.01,", ":0.005,");
  }
}
