package dev.dl.core.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a Java program of this class path in a process of its own, for a limited time and in a
 * folder that is removed afterwards.
 *
 * @param options of its JVM
 * @param program its main class, and its first arguments
 */
public record ChildProcess(List<String> options, List<String> program) {
  private static final int LONGEST_TEXT = 1 << 16;
  private static final long SECONDS_TO_DIE = 5;
  private static final String CRASH_FILE = "crash.log";

  public ChildProcess {
    options = List.copyOf(options);
    program = List.copyOf(program);
  }

  /**
   * How a program ended.
   *
   * @param exitCode 128 and the number of the signal where one ended it
   * @param inTime whether it ended by itself; a hanging one is killed
   * @param out the end of its standard output
   * @param err the end of its standard error
   * @param crash where the JVM says that it crashed; {@code null} if it does not
   */
  public record End(int exitCode, boolean inTime, String out, String err, String crash) {}

  /**
   * Runs the program to its end, or to that of the time.
   *
   * @throws IOException if no process can be started
   */
  public End run(Duration limit, String... arguments) throws IOException {
    Path folder = Files.createTempDirectory("dl-probe-");
    try {
      return run(folder, limit, List.of(arguments));
    } finally {
      remove(folder);
    }
  }

  /**
   * To be called by the program: it ends when the process that started it does, were it inside a
   * driver that hangs.
   */
  public static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException gone) {
                // as its end
              }
              Runtime.getRuntime().halt(1);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private End run(Path folder, Duration limit, List<String> arguments) throws IOException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command(folder, arguments))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean inTime = false;
    try {
      inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      kill(process);
    }
    int exitCode = process.isAlive() ? -1 : process.exitValue();
    return new End(exitCode, inTime, tail(out), tail(err), crash(folder.resolve(CRASH_FILE)));
  }

  private List<String> command(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve(CRASH_FILE),
            "-Djava.io.tmpdir=" + folder,
            "-Djna.tmpdir=" + folder,
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.bytedeco.javacpp.logger=slf4j"));
    command.addAll(options);
    for (String name : List.of("cachedir", "platform", "platform.extension")) {
      String property = "org.bytedeco.javacpp." + name;
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }

  /** One that the system cannot kill, inside a driver, is left to it. */
  private static void kill(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(Math.max(0, bytes.length() - LONGEST_TEXT));
      byte[] text = new byte[LONGEST_TEXT];
      int length = Math.max(0, bytes.read(text));
      return new String(text, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** The frame that the JVM's crash report names: {@code C [libcuda.so.1+0x1234]}. */
  private static String crash(Path report) throws IOException {
    if (!Files.exists(report)) {
      return null;
    }
    List<String> lines = Files.readString(report, StandardCharsets.ISO_8859_1).lines().toList();
    int heading = lines.indexOf("# Problematic frame:");
    Optional<String> frame =
        heading < 0 ? Optional.empty() : lines.stream().skip(heading + 1L).findFirst();
    return frame.map(line -> line.replaceAll("^# *|(?<= ) +", "").strip()).orElse("somewhere");
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
