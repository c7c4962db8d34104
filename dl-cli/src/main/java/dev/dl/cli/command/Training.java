package dev.dl.cli.command;

import dev.dl.core.backend.Backend;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * A training to do.
 *
 * @param spec what to train
 * @param directory where the run lives
 * @param resume continue from the newest checkpoint in the directory
 * @param backend what it computes on
 * @param commandLine words as given, for provenance
 */
public record Training(
    RunSpec spec, Path directory, boolean resume, Backend backend, List<String> commandLine) {

  /**
   * How it ended.
   *
   * @param reason why it ended
   * @param finishedBefore whether a resumed run had nothing left to do
   * @param summary what to tell the user, line by line
   */
  public record Outcome(StopReason reason, boolean finishedBefore, List<String> summary) {}
}
