package dev.dl.training;

import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.RunFiles;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.Restored;
import dev.dl.training.checkpoint.TrainingState.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which checkpoint a run goes on from, and when it does not go on. */
final class ResumePoint {
  private static final Logger LOG = LoggerFactory.getLogger(ResumePoint.class);

  private ResumePoint() {}

  /**
   * The newest whole checkpoint; those before it are told.
   *
   * @param now what the run is started with
   * @param needed whether the run cannot begin again without one
   * @return empty if none was saved yet, so that the run begins again
   * @throws DamagedFileException if none of those that were saved is whole
   */
  static Optional<Checkpoint> of(Restored restored, RunFiles files, Origin now, boolean needed)
      throws IOException {
    List<Restored.Skipped> skipped = restored.skipped();
    if (restored.checkpoint().isEmpty() && !(skipped.isEmpty() && !needed)) {
      throw new DamagedFileException(
          files.checkpoints(),
          skipped.isEmpty()
              ? "no whole checkpoint"
              : skipped.stream()
                  .map(Restored.Skipped::reason)
                  .collect(Collectors.joining("; ", "no whole checkpoint (", ")")),
          "one to go on from; put a copy of one back, or train in a new run directory."
              + " Nothing was changed");
    }
    skipped.forEach(
        damaged ->
            LOG.warn(
                "{} is not whole and was passed over: {}", damaged.directory(), damaged.reason()));
    if (restored.checkpoint().isPresent()) {
      restored.checkpoint().get().state().origin().requireSame(now, files.spec());
    }
    return restored.checkpoint();
  }
}
