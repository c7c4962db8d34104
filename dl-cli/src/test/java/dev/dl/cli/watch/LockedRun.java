package dev.dl.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that is at a run, as a training is, until it is closed. */
public final class LockedRun implements AutoCloseable {
  private final Process process;

  private LockedRun(Process process) {
    this.process = process;
  }

  /** Starts one and waits until it has the run. */
  public static LockedRun hold(Path run) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockedRun.class.getName(),
                run.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("held");
    return new LockedRun(process);
  }

  /** Holds the run that is named until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (RunDirectory run = RunDirectory.open(Path.of(arguments[0]))) {
      System.out.println(run.files().spec().toFile().exists() ? "held" : "no run");
      while (System.in.read() >= 0) {
        // until it is closed
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
