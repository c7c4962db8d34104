package dev.dl.core.data;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A dataset cut in two, stratified: the same share of each class is held out. Which samples is a
 * function of the seed; both parts keep the dataset's order.
 */
record HoldOut(Dataset rest, Dataset held) {

  /** Holds out {@code fraction} of each class, rounded, but never a whole class. */
  static HoldOut of(Dataset dataset, int classes, double fraction, long seed) {
    boolean[] held = new boolean[dataset.size()];
    int[][] byClass = samplesByClass(dataset, classes);
    for (int label = 0; label < classes; label++) {
      int[] samples = byClass[label];
      int count = (int) Math.min(Math.round(samples.length * fraction), samples.length - 1);
      int[] order =
          CounterRandom.permutation(seed, RandomStream.HOLD_OUT.at(label), samples.length);
      for (int i = 0; i < count; i++) {
        held[samples[order[i]]] = true;
      }
    }
    return new HoldOut(
        new Subset(dataset, IntStream.range(0, held.length).filter(i -> !held[i]).toArray()),
        new Subset(dataset, IntStream.range(0, held.length).filter(i -> held[i]).toArray()));
  }

  private static int[][] samplesByClass(Dataset dataset, int classes) {
    int[] counts = new int[classes];
    for (int i = 0; i < dataset.size(); i++) {
      counts[dataset.label(i)]++;
    }
    int[][] samples = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
    for (int i = dataset.size() - 1; i >= 0; i--) {
      int label = dataset.label(i);
      samples[label][--counts[label]] = i;
    }
    return samples;
  }
}
