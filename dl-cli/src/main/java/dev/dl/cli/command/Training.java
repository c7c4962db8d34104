package dev.dl.cli.command;

import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.nio.file.Path;

/**
 * A training to do.
 *
 * @param spec what to train
 * @param directory where the run lives
 * @param resume continue from the newest checkpoint in the directory
 * @param backend what it runs on: {@code cpu} or {@code cuda}
 */
public record Training(RunSpec spec, Path directory, boolean resume, String backend) {

  /**
   * How it ended.
   *
   * @param reason why it ended
   * @param finishedBefore whether a resumed run had nothing left to do
   */
  public record Outcome(StopReason reason, boolean finishedBefore) {}
}
