package dev.dl.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Another process of this Java and class path, which answers questions, a line each. It is stopped
 * between them: threads that spin while they wait would take the cores from others.
 */
final class JavaProcess implements AutoCloseable {
  /** Tells an answer from what libraries print. */
  private static final String ANSWER = "answer: ";

  /** Hides the start-up lines of the libraries, not their errors. */
  private static final List<String> QUIET =
      List.of("-Dslf4j.internal.verbosity=ERROR", "-Dorg.bytedeco.javacpp.logger=slf4j");

  private final Process process;
  private final String name;
  private final BufferedReader answers;

  private JavaProcess(Process process, String name) {
    this.process = process;
    this.name = name;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a class whose main method calls {@link #answer}. */
  static JavaProcess start(
      Class<?> main, Contender.Settings settings, int threads, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUIET);
    command.addAll(settings.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().putAll(settings.environment());
    return new JavaProcess(
        builder.redirectError(ProcessBuilder.Redirect.INHERIT).start(),
        main.getSimpleName() + " " + String.join(" ", arguments));
  }

  /** Lets the process go on until it has answered. */
  String ask(String question) throws IOException, InterruptedException {
    signal("CONT");
    process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(ANSWER)) {
        signal("STOP");
        return line.substring(ANSWER.length());
      }
    }
    throw new IOException(name + ": the process failed, see its messages above");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** In the other process: answers until nobody asks any more. */
  static void answer(UnaryOperator<String> answers) {
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        System.out.println(ANSWER + answers.apply(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.exit(0);
  }
}
