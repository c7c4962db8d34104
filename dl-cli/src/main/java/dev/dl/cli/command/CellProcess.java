package dev.dl.cli.command;

import dev.dl.cli.terminal.Terminal;
import dev.dl.training.study.Cell;
import dev.dl.training.study.CellFailure;
import dev.dl.training.study.CellState;
import dev.dl.training.study.CellTrainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Trains each cell in a process of its own, as {@code ./dl train} would: what one cell leaves in
 * memory, or a crash of it, is nothing to the next, and none is faster for what ran before it.
 */
final class CellProcess implements CellTrainer {
  private static final String PROGRAM = "dev.dl.cli.Main";
  private static final Set<Integer> STOPPED =
      Set.of(ExitCode.HANGUP.number(), ExitCode.INTERRUPT.number(), ExitCode.TERMINATED.number());
  private static final long ASK_MILLISECONDS = 200;

  private final Path study;
  private final List<String> options;
  private final BiConsumer<Cell, String> messages;
  private volatile Process running;

  /**
   * @param study where the cells are
   * @param options of training, such as those that name plugins
   * @param messages what a cell says, line by line; on a thread of its own
   */
  CellProcess(Path study, List<String> options, BiConsumer<Cell, String> messages) {
    this.study = study;
    this.options = List.copyOf(options);
    this.messages = messages;
  }

  @Override
  public Result train(Cell cell, BooleanSupplier stop) throws IOException {
    Process process =
        new ProcessBuilder(command(cell)).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    running = process;
    LastLine last = new LastLine();
    Thread reader = new Thread(() -> read(cell, process, last), "messages of " + cell.name());
    reader.setDaemon(true);
    reader.start();
    try {
      while (!process.waitFor(ASK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        if (stop.getAsBoolean()) {
          process.getOutputStream().close(); // which asks it to stop
        }
      }
      reader.join();
    } catch (InterruptedException stopped) {
      process.getOutputStream().close();
      Thread.currentThread().interrupt();
      return Result.of(End.STOPPED);
    } finally {
      running = null;
    }
    return result(cell, process.exitValue(), last.text, stop.getAsBoolean());
  }

  /** Ends the cell in training at once, without saving. */
  void kill() {
    Process process = running;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static Result result(Cell cell, int exitCode, String lastLine, boolean stopped)
      throws IOException {
    if (exitCode == ExitCode.LOCKED.number()) {
      return Result.of(End.BUSY);
    }
    CellState state = cell.state();
    if (state == CellState.DONE || state == CellState.DIVERGED) {
      return Result.of(End.ENDED);
    }
    if (stopped) {
      return Result.of(End.STOPPED);
    }
    return Result.failed(new CellFailure(exitCode, message(exitCode, lastLine)));
  }

  private static String message(int exitCode, String lastLine) {
    if (STOPPED.contains(exitCode)) {
      return "stopped by somebody else, and saved";
    }
    String said = lastLine.isEmpty() ? "it said nothing" : lastLine;
    return exitCode > 128 ? "ended by signal " + (exitCode - 128) + " (" + said + ")" : said;
  }

  /**
   * The virtual machine as this one is, but for the terminal, which is not the cell's to draw on.
   */
  private List<String> command(Cell cell) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + Terminal.WIDTH_PROPERTY + "=");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM, "train"));
    command.addAll(List.of("--resume", "--run", cell.directory().toString(), "--quiet"));
    command.addAll(List.of("--cell-of", study.toString()));
    command.addAll(options);
    return command;
  }

  private void read(Cell cell, Process process, LastLine last) {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String message = line.replaceFirst("^dl: ", "");
        last.text = message;
        messages.accept(cell, message);
      }
    } catch (IOException gone) {
      // with the process; its exit code is told
    }
  }

  private static final class LastLine {
    private volatile String text = "";
  }
}
