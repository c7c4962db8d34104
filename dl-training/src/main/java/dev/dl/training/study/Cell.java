package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.RunLock;
import dev.dl.core.run.RunLockedException;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One run among many that belong together. Its directory is that of an ordinary run, and all that
 * is known of it: a cell that was interrupted, in whatever way, goes on from there.
 *
 * @param spec what to train; the candidate is its name, and the seed its seed
 * @param directory of the run, below one that exists
 */
public record Cell(RunSpec spec, Path directory) {
  /** Held by the process that sees to the cell, while another one, its child, trains it. */
  private static final String CLAIM = ".claim";

  private static final String FAILURE = "failure.json";

  /** What tells this cell from the others. */
  public String name() {
    return directory.getFileName().toString();
  }

  public RunFiles files() {
    return new RunFiles(directory);
  }

  /**
   * Makes the run directory, ready to be resumed from its beginning, unless it is there.
   *
   * @throws ConfigException if another run is there
   */
  public void prepare() throws IOException {
    if (!Files.exists(files().spec())) {
      try (RunDirectory run = RunDirectory.create(directory)) {
        run.writeSpec(spec);
      }
      return;
    }
    RunSpec there = ConfigReader.read(files().spec(), List.of(), RunSpec.class);
    if (!there.withoutLimits().equals(spec.withoutLimits())) {
      throw new ConfigException(
          directory.toString(),
          "a run with other settings",
          "the cell as it is configured now",
          "take another --out, or the configuration as it was");
    }
  }

  /** Where the cell stands. */
  public CellState state() throws IOException {
    if (Files.exists(files().summary())) {
      String status = files().readSummary().status();
      if (status.equals(StopReason.COMPLETED.label())
          || status.equals(StopReason.EARLY_STOPPED.label())) {
        return CellState.DONE;
      }
      if (status.equals(StopReason.DIVERGED.label())) {
        return CellState.DIVERGED;
      }
    }
    return Files.exists(directory.resolve(FAILURE)) ? CellState.FAILED : CellState.OPEN;
  }

  /**
   * Takes the right to see to the cell, until it is closed; the operating system gives it back when
   * this process ends.
   *
   * @return empty if another process has it
   */
  public Optional<RunLock> claim() throws IOException {
    try {
      return Optional.of(RunLock.take(directory, CLAIM));
    } catch (RunLockedException taken) {
      return Optional.empty();
    }
  }

  /** Notes that the cell ended without a result. */
  void fail(CellFailure failure) throws IOException {
    FileSystem.local()
        .replace(directory.resolve(FAILURE), output -> output.write(JsonFile.bytes(failure)));
  }

  /** Why the cell ended without a result; empty if it did not. */
  public Optional<CellFailure> failure() throws IOException {
    Path file = directory.resolve(FAILURE);
    return Files.exists(file)
        ? Optional.of(JsonFile.read(file, CellFailure.class))
        : Optional.empty();
  }

  /** Lets a cell that failed be tried again. */
  public void reopen() throws IOException {
    Files.deleteIfExists(directory.resolve(FAILURE));
  }
}
