package dev.dl.training.memory;

import java.util.Locale;

/**
 * The memory for tensors that a training takes, in bytes.
 *
 * @param samplesAtOnce of a micro-batch
 * @param parameters buffers too
 * @param gradients twice where micro-batches are added up
 * @param optimizer its state, and moving averages
 * @param activations what layers are given for a micro-batch, both ways
 * @param workspace what kernels take beside that
 */
public record MemoryEstimate(
    int samplesAtOnce,
    long parameters,
    long gradients,
    long optimizer,
    long activations,
    long workspace) {

  /** All of it. */
  public long total() {
    return parameters + gradients + optimizer + activations + workspace;
  }

  /** On one line, in millions of bytes. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f MB with %d samples at once: parameters %.0f, gradients %.0f, optimizer %.0f,"
            + " activations %.0f, workspace %.0f",
        total() / 1e6,
        samplesAtOnce,
        parameters / 1e6,
        gradients / 1e6,
        optimizer / 1e6,
        activations / 1e6,
        workspace / 1e6);
  }
}
