package dev.dl.training.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a search for a checkpoint came to.
 *
 * @param checkpoint empty when none is whole
 * @param skipped those tried before it, in the order tried
 */
public record Restored(Optional<Checkpoint> checkpoint, List<Skipped> skipped) {

  /** A checkpoint that cannot be used, and why. */
  public record Skipped(Path directory, String reason) {}
}
