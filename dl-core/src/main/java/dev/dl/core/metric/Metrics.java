package dev.dl.core.metric;

/** Gathers what a network does, batch by batch, in constant memory; used by one thread. */
public interface Metrics {
  /**
   * Adds a batch.
   *
   * @param outputs of the network, as many for each sample
   * @param targets as many for each sample
   * @param samples positions in the split
   */
  void add(float[] outputs, float[] targets, int[] samples);

  /** What has been gathered so far. */
  Evaluation result();
}
