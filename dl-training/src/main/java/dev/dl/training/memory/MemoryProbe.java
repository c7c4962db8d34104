package dev.dl.training.memory;

import dev.dl.core.data.Batch;
import dev.dl.core.kernel.NativeMemory;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.memory.MemoryDemand.Line;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds out what a network takes by training passes over a few samples, twice as many the second
 * time: arrays and most workspaces grow by the same for each sample. Weights are not changed.
 */
public final class MemoryProbe {
  /** Few, but so many that convolutions choose the algorithms that they do for large batches. */
  private static final int MOST_SAMPLES = 16;

  private final Network network;
  private final Learner learner;

  private MemoryProbe(Network network, Learner learner) {
    this.network = network;
    this.learner = learner;
  }

  private record Taken(long activations, long scratch) {}

  /**
   * The demand of a training that has not begun.
   *
   * @param first batch of it, not changed
   * @param batchSize samples of an update
   * @param samplesAtOnce that go through the network together
   * @throws OutOfNativeMemoryError if there is no room for some samples
   */
  public static MemoryDemand demand(
      Network network, Learner learner, Batch first, int batchSize, int samplesAtOnce) {
    int more = Math.min(MOST_SAMPLES, Math.min(samplesAtOnce, first.size()));
    int few = Math.max(1, more / 2);
    MemoryProbe probe = new MemoryProbe(network, learner);
    INDArray buffers = network.buffers().dup();
    learner.freeze(0);
    Batch stretched = stretched(first.part(0, more), network);
    try {
      long preparedBefore = NativeMemory.preparedBytes();
      Taken ofFew = probe.pass(stretched.part(0, few));
      long prepared = NativeMemory.preparedBytes() - preparedBefore;
      Taken ofMore = few == more ? ofFew : probe.pass(stretched);
      Line scratch = Line.through(few, ofFew.scratch, more, ofMore.scratch);
      long width = network.parameters().dataType().width();
      long ofParameters = network.parameters().length() * width;
      return new MemoryDemand(
          ofParameters + 2 * network.buffers().length() * width,
          ofParameters,
          learner.stateBytes(),
          Line.through(few, ofFew.activations, more, ofMore.activations),
          new Line(scratch.atNone() + prepared, scratch.perSample()),
          batchSize);
    } finally {
      network.buffers().assign(buffers);
      network.releaseMemory();
    }
  }

  private Taken pass(Batch batch) {
    network.releaseMemory();
    learner.pass(batch);
    long width = network.parameters().dataType().width();
    long outputs = (long) batch.inputCount() * network.graph().output().shape().size();
    long ofBatch = (batch.inputs().length + batch.targets().length + outputs) * width;
    return new Taken(network.activationBytes() + ofBatch, NativeMemory.scratchBytes());
  }

  /** Texts as long as the longest that the network takes: they decide what memory is needed. */
  private static Batch stretched(Batch batch, Network network) {
    int length = batch.inputs().length / batch.inputCount();
    int longest = network.inputShape().size();
    if (length >= longest) {
      return batch;
    }
    int targets = batch.targets().length / batch.inputCount();
    return new Batch(
        repeated(batch.inputs(), length, longest),
        targets == length ? repeated(batch.targets(), length, longest) : batch.targets(),
        batch.samples(),
        batch.inputsOfSample());
  }

  private static float[] repeated(float[] values, int length, int longer) {
    float[] repeated = new float[values.length / length * longer];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = values[i / longer * length + i % longer % length];
    }
    return repeated;
  }
}
