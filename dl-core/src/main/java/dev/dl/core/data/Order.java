package dev.dl.core.data;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.stream.IntStream;

/** In which order an epoch takes the samples: a function of (seed, epoch). */
final class Order {
  /** Samples that lie side by side in files stay together in runs of this many. */
  private static final int RUN = 64;

  /** Runs that are mixed with each other: the samples of a buffer of 16,384. */
  private static final int RUNS_MIXED = 256;

  private Order() {}

  /**
   * All samples in random order; where neighbours are read faster, almost: runs of neighbours in
   * random order, and the samples of a few hundred of them mixed, as a shuffle buffer does.
   */
  static int[] shuffled(Dataset<?> dataset, long seed, int epoch) {
    long stream = RandomStream.ORDER.at(epoch);
    if (dataset.access() != Access.NEIGHBOURS) {
      return CounterRandom.permutation(seed, stream, dataset.size());
    }
    int size = dataset.size();
    int[] runs = CounterRandom.permutation(seed, stream, (size + RUN - 1) / RUN);
    int[] order =
        IntStream.of(runs)
            .flatMap(run -> IntStream.range(run * RUN, Math.min(size, (run + 1) * RUN)))
            .toArray();
    int window = RUN * RUNS_MIXED;
    for (int from = 0, part = 1; from < size; from += window, part++) {
      mix(order, from, Math.min(size, from + window), seed, RandomStream.ORDER.at(epoch, part));
    }
    return order;
  }

  private static void mix(int[] order, int from, int to, long seed, long stream) {
    int[] places = CounterRandom.permutation(seed, stream, to - from);
    int[] mixed = new int[to - from];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = order[from + places[i]];
    }
    System.arraycopy(mixed, 0, order, from, mixed.length);
  }
}
