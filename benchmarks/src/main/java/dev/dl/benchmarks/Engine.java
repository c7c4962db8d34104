package dev.dl.benchmarks;

/** Something that trains. */
public interface Engine {
  /** Builds the network and whatever else is not part of a step. */
  void prepare(Workload workload);

  /** Trains on one batch, optimizer included, and returns when it is done. */
  void step();

  /** Number of trained values, to see that engines train the same network. */
  long parameterCount();
}
