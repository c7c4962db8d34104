package dev.dl.models.network;

import java.util.function.Supplier;

/** Where training is; shared by all nodes of a network. */
final class Progress {
  final long seed;
  long step;
  int microBatch;
  StepProfile profile;

  Progress(long seed) {
    this.seed = seed;
  }

  /** The result of {@code work}, which the profile is told about if there is one. */
  <T> T timed(StepProfile.Part part, String node, String layer, Supplier<T> work) {
    if (profile == null) {
      return work.get();
    }
    long start = System.nanoTime();
    T result = work.get();
    profile.took(part, node, layer, System.nanoTime() - start);
    return result;
  }
}
