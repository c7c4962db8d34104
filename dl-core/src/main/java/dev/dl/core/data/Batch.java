package dev.dl.core.data;

import java.util.Arrays;

/**
 * Samples that go through the network together.
 *
 * @param inputs the values of each sample in turn: {@code [size, channels, height, width]} for
 *     images, {@code [size, length]} for token ids
 * @param labels class indices: {@code [size]}, or as many for each sample
 * @param samples {@code [size]}, positions of the samples in their split
 */
public record Batch(float[] inputs, int[] labels, int[] samples) {

  /** Number of samples. */
  public int size() {
    return samples.length;
  }

  /** The samples from {@code start} up to but not including {@code end}. */
  public Batch part(int start, int end) {
    int inputSize = inputs.length / size();
    int labelSize = labels.length / size();
    return new Batch(
        Arrays.copyOfRange(inputs, start * inputSize, end * inputSize),
        Arrays.copyOfRange(labels, start * labelSize, end * labelSize),
        Arrays.copyOfRange(samples, start, end));
  }
}
