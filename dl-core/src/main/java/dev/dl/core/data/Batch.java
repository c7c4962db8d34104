package dev.dl.core.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Samples that go through the network together.
 *
 * @param inputs the values of each sample in turn: {@code [size, channels, height, width]} for
 *     pictures, {@code [size, length]} for token ids, {@code [size, features]} for rows of a table
 * @param targets what the network is to answer, as many values for each sample
 * @param samples {@code [size]}, positions of the samples in their split
 * @param inputsOfSample how many inputs of the network a sample is: 2 of pairs whose texts it reads
 *     each by itself, one after the other; 1 of all others
 */
public record Batch(float[] inputs, float[] targets, int[] samples, int inputsOfSample) {

  /** Samples of one input each. */
  public Batch(float[] inputs, float[] targets, int[] samples) {
    this(inputs, targets, samples, 1);
  }

  /** A batch whose targets are class indices. */
  public static Batch labelled(float[] inputs, int[] labels, int[] samples) {
    float[] targets = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      targets[i] = labels[i];
    }
    return new Batch(inputs, targets, samples);
  }

  /** The targets as class indices. */
  public int[] labels() {
    int[] labels = new int[targets.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) targets[i];
    }
    return labels;
  }

  /** Number of samples. */
  public int size() {
    return samples.length;
  }

  /** Number of inputs of the network. */
  public int inputCount() {
    return samples.length * inputsOfSample;
  }

  /** The batch without some samples; itself where it has none of them. */
  public Batch without(Collection<Integer> left) {
    int[] kept =
        IntStream.range(0, size()).filter(position -> !left.contains(samples[position])).toArray();
    if (kept.length == size()) {
      return this;
    }
    int inputSize = inputs.length / size();
    int targetSize = targets.length / size();
    Batch rest =
        new Batch(
            new float[kept.length * inputSize],
            new float[kept.length * targetSize],
            new int[kept.length],
            inputsOfSample);
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(inputs, kept[i] * inputSize, rest.inputs, i * inputSize, inputSize);
      System.arraycopy(targets, kept[i] * targetSize, rest.targets, i * targetSize, targetSize);
      rest.samples[i] = samples[kept[i]];
    }
    return rest;
  }

  /** The samples from {@code start} up to but not including {@code end}. */
  public Batch part(int start, int end) {
    int inputSize = inputs.length / size();
    int targetSize = targets.length / size();
    return new Batch(
        Arrays.copyOfRange(inputs, start * inputSize, end * inputSize),
        Arrays.copyOfRange(targets, start * targetSize, end * targetSize),
        Arrays.copyOfRange(samples, start, end),
        inputsOfSample);
  }
}
