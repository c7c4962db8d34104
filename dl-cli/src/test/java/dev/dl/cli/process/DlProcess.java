package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.backend.Compute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code dl}; closing it kills it if it has not ended. */
final class DlProcess implements AutoCloseable {
  private static final int LONGEST_SECONDS = 120;

  /** Enough for small networks, and no waste where many tests run. */
  private static final Map<String, String> ONE_THREAD =
      Map.of("OMP_NUM_THREADS", "1", "OMP_WAIT_POLICY", "PASSIVE");

  private final Process process;
  private final Path out;
  private final Path err;

  /** How a process ended. */
  record Result(int exitCode, String out, String err) {

    Result requireExitCode(int expected) {
      assertThat(exitCode).as("%s%s", out, err).isEqualTo(expected);
      return this;
    }

    /** Standard output's last line: after a training, the run directory. */
    String lastLine() {
      List<String> lines = out.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  private DlProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code dl} on this test's class path, with the options that the launcher gives the JVM.
   */
  static DlProcess start(Path workingDirectory, String... arguments) throws IOException {
    return start(workingDirectory, List.of(), arguments);
  }

  /**
   * Starts {@code dl} with more options for the JVM.
   *
   * @param jvmOptions such as {@code -Duser.language=tr}
   */
  static DlProcess start(Path workingDirectory, List<String> jvmOptions, String... arguments)
      throws IOException {
    return start(workingDirectory, new ProcessBuilder(command(jvmOptions, arguments)));
  }

  /** Starts a program that ends up in {@code dl}; whatever its parent ignores, signals reach it. */
  static DlProcess start(Path workingDirectory, ProcessBuilder program) throws IOException {
    program.command().addAll(0, List.of("env", "--default-signal"));
    program.environment().putAll(ONE_THREAD);
    Path out = Files.createTempFile(workingDirectory, ".out-", ".txt");
    Path err = Files.createTempFile(workingDirectory, ".err-", ".txt");
    Process process =
        program
            .directory(workingDirectory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new DlProcess(process, out, err);
  }

  /** Runs {@code dl} to its end. */
  static Result run(Path workingDirectory, String... arguments) throws Exception {
    try (DlProcess dl = start(workingDirectory, arguments)) {
      return dl.await();
    }
  }

  static List<String> command(List<String> jvmOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launcherOptions());
    // These processes end before the better compiler would pay.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    String kernels = System.getProperty(Compute.KERNELS_PROPERTY);
    if (kernels != null) {
      command.add("-D" + Compute.KERNELS_PROPERTY + "=" + kernels);
    }
    command.addAll(jvmOptions);
    command.add("dev.dl.cli.Main");
    command.addAll(List.of(arguments));
    return command;
  }

  /** What {@code ./dl} gives the JVM, read from it. */
  private static List<String> launcherOptions() throws IOException {
    Matcher options =
        Pattern.compile("^jvm_options='([^']+)'", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("..", "dl")));
    assertThat(options.find()).isTrue();
    return List.of(options.group(1).split("\\s+"));
  }

  long pid() {
    return process.pid();
  }

  /** Waits until something is so; fails if the process ends before. */
  void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!condition.getAsBoolean()) {
      if (process.waitFor(2, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new AssertionError("not before the process ended or the time was up: " + text(err));
      }
    }
  }

  /** What came on standard output so far. */
  String out() {
    return text(out);
  }

  /** What came on standard error so far. */
  String err() {
    return text(err);
  }

  Result await() throws InterruptedException {
    return await(LONGEST_SECONDS);
  }

  Result await(int seconds) throws InterruptedException {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("ended in time").isTrue();
    return new Result(process.exitValue(), text(out), text(err));
  }

  /** Sends a signal: {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
