package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which samples are held out for validation, stratified: the same share of each class. A function
 * of the seed; both parts keep the order of the whole.
 *
 * @param rest what is left for training
 */
record HoldOut(int[] rest, int[] held) {

  /** Holds out {@code fraction} of each class, rounded, but never a whole class. */
  static HoldOut of(int size, IntUnaryOperator classOf, int classes, double fraction, long seed) {
    boolean[] held = new boolean[size];
    int[][] byClass = samplesByClass(size, classOf, classes);
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
        IntStream.range(0, size).filter(i -> !held[i]).toArray(),
        IntStream.range(0, size).filter(i -> held[i]).toArray());
  }

  /**
   * The splits with one for validation: the source's own, or what is held out of training.
   *
   * @param target what the samples' targets are; only of classes is the same share held out. {@code
   *     null}: nothing that samples could be told apart by
   * @throws ConfigException if the share holds out nothing
   */
  static <T> Map<Split, Dataset<T>> validation(
      Map<Split, Dataset<T>> splits, TargetEncoding target, DataSpec spec) {
    Map<Split, Dataset<T>> all = new EnumMap<>(splits);
    if (all.containsKey(Split.VALIDATION) || spec.validationFraction() == 0) {
      return all;
    }
    Dataset<T> train = all.get(Split.TRAIN);
    boolean stratified = target instanceof ClassEncoding;
    HoldOut cut =
        of(
            train.size(),
            sample -> stratified ? (int) train.target(sample)[0] : 0,
            stratified ? target.outputs().size() : 1,
            spec.validationFraction(),
            spec.splitSeed());
    cut.requireAny(spec);
    all.put(Split.TRAIN, new Subset<>(train, cut.rest));
    all.put(Split.VALIDATION, new Subset<>(train, cut.held));
    return all;
  }

  /** Refuses a share that holds out nothing. */
  void requireAny(DataSpec spec) {
    if (held.length == 0) {
      throw new ConfigException(
          "data.validationFraction",
          String.valueOf(spec.validationFraction()),
          "a share that holds out at least one of " + rest.length + " training samples",
          "use more data, a larger share, or 0 for no validation");
    }
  }

  private static int[][] samplesByClass(int size, IntUnaryOperator classOf, int classes) {
    int[] counts = new int[classes];
    for (int i = 0; i < size; i++) {
      counts[classOf.applyAsInt(i)]++;
    }
    int[][] samples = new int[classes][];
    for (int label = 0; label < classes; label++) {
      samples[label] = new int[counts[label]];
    }
    for (int i = size - 1; i >= 0; i--) {
      int label = classOf.applyAsInt(i);
      samples[label][--counts[label]] = i;
    }
    return samples;
  }
}
