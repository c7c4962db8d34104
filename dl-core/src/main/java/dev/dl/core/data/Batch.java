package dev.dl.core.data;

/**
 * Samples that go through the network together.
 *
 * @param inputs {@code [size, channels, height, width]}, dense
 * @param labels {@code [size]}, class indices
 * @param samples {@code [size]}, positions of the samples in their split
 */
public record Batch(float[] inputs, int[] labels, int[] samples) {

  /** Number of samples. */
  public int size() {
    return labels.length;
  }
}
