package dev.dl.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of this Java and class path. */
final class JavaProcess {
  /** Hides the start-up lines of the libraries, not their errors. */
  private static final List<String> QUIET =
      List.of("-Dslf4j.internal.verbosity=ERROR", "-Dorg.bytedeco.javacpp.logger=slf4j");

  private JavaProcess() {}

  /** Runs a class to its end and returns the last line that it printed. */
  static String run(Class<?> main, Contender.Settings settings, int threads, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUIET);
    command.addAll(settings.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().putAll(settings.environment());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "%s %s: the process failed, see its messages above"
              .formatted(main.getSimpleName(), String.join(" ", arguments)));
    }
    String[] lines = output.strip().split("\n", -1);
    return lines[lines.length - 1];
  }
}
