package dev.dl.training.loop;

import dev.dl.core.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run as an interrupt does once somebody puts a file called {@code stop} into its directory:
 * from another terminal, another machine, or the page of {@code ./dl watch}.
 */
public final class StopFile implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(StopFile.class);

  private final Path file;
  private boolean asked;

  public StopFile(RunDirectory run) {
    this.file = run.files().stop();
  }

  @Override
  public Optional<StopReason> afterStep(StepResult result) {
    return reason();
  }

  @Override
  public Optional<StopReason> duringEvaluation() {
    return reason();
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    return reason();
  }

  private Optional<StopReason> reason() {
    if (!asked && Files.exists(file)) {
      asked = true;
      LOG.warn("asked to stop by {}", file);
    }
    return asked ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
  }
}
