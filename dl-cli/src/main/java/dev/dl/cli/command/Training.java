package dev.dl.cli.command;

import dev.dl.core.backend.Backend;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.util.List;

/**
 * A training to do.
 *
 * @param spec what to train
 * @param models that the spec may name
 * @param directory of the run, locked
 * @param resume continue from the newest checkpoint in the directory
 * @param recorded the run that is to be reproduced, null for none
 * @param backend what it computes on
 * @param commandLine words as given, for provenance
 */
public record Training(
    RunSpec spec,
    KnownModels models,
    RunDirectory directory,
    boolean resume,
    RunFiles recorded,
    Backend backend,
    List<String> commandLine) {

  /**
   * How it ended.
   *
   * @param reason why it ended
   * @param summary what to tell the user, line by line
   */
  public record Outcome(StopReason reason, List<String> summary) {}
}
