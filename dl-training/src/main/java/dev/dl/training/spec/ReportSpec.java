package dev.dl.training.spec;

import dev.dl.core.config.Default;

/**
 * In what forms a run is reported besides those that every run has. Nothing that is trained depends
 * on it.
 *
 * @param tensorboard whether metrics are also written to event files, which TensorBoard reads
 */
public record ReportSpec(@Default("false") boolean tensorboard) {
  static final ReportSpec USUAL = new ReportSpec(false);
}
