package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which training samples are held out for the test and the validation split, stratified: the same
 * share of each class. A function of the seed; all parts keep the order of the whole.
 */
final class HoldOut {
  private HoldOut() {}

  /**
   * What is held out for a split.
   *
   * @param setting that says which share
   */
  private record Share(Split split, double fraction, String setting, RandomStream stream) {}

  /** For the splits that are not given; validation of what the test split leaves. */
  private static List<Share> shares(Set<Split> given, DataSpec spec) {
    return List.of(
            new Share(
                Split.TEST,
                spec.testFraction(),
                "data.testFraction",
                RandomStream.HOLD_OUT_FOR_TEST),
            new Share(
                Split.VALIDATION,
                spec.validationFraction(),
                "data.validationFraction",
                RandomStream.HOLD_OUT))
        .stream()
        .filter(share -> share.fraction > 0 && !given.contains(share.split))
        .toList();
  }

  /**
   * The training samples by the split that they are for.
   *
   * @param given splits that the source has
   * @param size number of training samples
   * @throws ConfigException if a share holds out nothing
   */
  static Map<Split, int[]> of(
      Set<Split> given, int size, IntUnaryOperator classOf, int classes, DataSpec spec) {
    Map<Split, int[]> parts = new EnumMap<>(Split.class);
    int[] rest = IntStream.range(0, size).toArray();
    for (Share share : shares(given, spec)) {
      int[] samples = rest;
      boolean[] held =
          held(samples.length, i -> classOf.applyAsInt(samples[i]), classes, share, spec);
      parts.put(share.split, chosen(samples, held, true));
      rest = chosen(samples, held, false);
      requireAny(parts.get(share.split), share, rest.length);
    }
    parts.put(Split.TRAIN, rest);
    return parts;
  }

  private static int[] chosen(int[] samples, boolean[] held, boolean which) {
    return IntStream.range(0, samples.length)
        .filter(i -> held[i] == which)
        .map(i -> samples[i])
        .toArray();
  }

  /** A share of each class, rounded, but never a whole class. */
  private static boolean[] held(
      int size, IntUnaryOperator classOf, int classes, Share share, DataSpec spec) {
    boolean[] held = new boolean[size];
    int[][] byClass = samplesByClass(size, classOf, classes);
    for (int label = 0; label < classes; label++) {
      int[] samples = byClass[label];
      int count = (int) Math.min(Math.round(samples.length * share.fraction), samples.length - 1);
      int[] order =
          CounterRandom.permutation(spec.splitSeed(), share.stream.at(label), samples.length);
      for (int i = 0; i < count; i++) {
        held[samples[order[i]]] = true;
      }
    }
    return held;
  }

  /**
   * The splits of a source with those that are held out of its training split.
   *
   * @param target what the samples' targets are; only of classes is the same share held out. {@code
   *     null}: nothing that samples could be told apart by
   * @throws ConfigException if a share holds out nothing
   */
  static <T> Map<Split, Dataset<T>> of(
      Map<Split, Dataset<T>> splits, TargetEncoding target, DataSpec spec) {
    Map<Split, Dataset<T>> all = new EnumMap<>(splits);
    Dataset<T> train = splits.get(Split.TRAIN);
    boolean stratified = target instanceof ClassEncoding;
    Map<Split, int[]> parts =
        of(
            splits.keySet(),
            train.size(),
            sample -> stratified ? (int) train.target(sample)[0] : 0,
            stratified ? target.outputs().size() : 1,
            spec);
    if (parts.size() > 1) {
      parts.forEach((split, samples) -> all.put(split, new Subset<>(train, samples)));
    }
    return all;
  }

  private static void requireAny(int[] held, Share share, int rest) {
    if (held.length == 0) {
      throw new ConfigException(
          share.setting,
          String.valueOf(share.fraction),
          "a share that holds out at least one of " + rest + " training samples",
          "use more data, a larger share, or 0 for no " + share.split.label());
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
