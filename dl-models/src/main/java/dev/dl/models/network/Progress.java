package dev.dl.models.network;

import dev.dl.models.layer.Past;
import java.util.function.Supplier;

/** Where training is; shared by all nodes of a network. */
final class Progress {
  final long seed;
  long step;
  int firstSample;
  StepProfile profile;

  /** {@code null} unless the step is looked through for values that are not finite. */
  FiniteCheck check;

  /** Of the text that is read part by part, {@code null} for none. */
  Past past;

  Progress(long seed) {
    this.seed = seed;
  }

  private long inside;

  /** The result of {@code work}, which the profile is told about if there is one. */
  <T> T timed(StepProfile.Part part, String node, String layer, Supplier<T> work) {
    if (profile == null) {
      return work.get();
    }
    long start = System.nanoTime();
    T result = work.get();
    long time = System.nanoTime() - start;
    inside += time;
    profile.took(part, node, layer, time);
    return result;
  }

  /** The same for what is left of the time of {@code work} when its operations are taken away. */
  <T> T timedAround(Supplier<T> work) {
    if (profile == null) {
      return work.get();
    }
    inside = 0;
    long start = System.nanoTime();
    T result = work.get();
    long time = System.nanoTime() - start - inside;
    profile.took(StepProfile.Part.GRAPH, "graph", "ComputationGraph", time);
    return result;
  }
}
