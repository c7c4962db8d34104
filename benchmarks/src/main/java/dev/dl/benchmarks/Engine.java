package dev.dl.benchmarks;

import java.util.OptionalDouble;
import java.util.Set;

/** Something that trains. */
public interface Engine {
  /** What it can train. */
  Set<Workload> workloads();

  /** Name and version of the libraries that do the work. */
  String version();

  /** Builds the network and whatever else is not part of a step. */
  void prepare(Workload workload);

  /** Trains on one batch, optimizer included, and returns when it is done. */
  void step();

  /** Computes the logits of one batch without training. */
  void infer();

  /** Number of values of all weights, to see that engines train the same network. */
  long parameterCount();

  /** Share of the time of all steps so far that the optimizer took, where an engine can tell. */
  default OptionalDouble optimizerShare() {
    return OptionalDouble.empty();
  }
}
