package dev.dl.training.loop;

import dev.dl.core.backend.Worker;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Replica.Gradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gradient of a batch, in passes of as many samples as fit into memory. Passes add up to what
 * one pass over the whole batch gives, but for rounding and for batch normalization, which sees the
 * samples of one pass.
 */
final class GradientPasses {
  private static final Logger LOG = LoggerFactory.getLogger(GradientPasses.class);

  private final Network network;
  private final Function<Batch, float[]> targets;
  private final Replicas replicas;
  private final INDArray buffersBefore;
  private int microBatchSize;

  /**
   * @param targets of a batch, as the loss of the network has them
   * @param workers that share each batch with the calling thread
   */
  GradientPasses(
      Network network, Function<Batch, float[]> targets, int microBatchSize, List<Worker> workers) {
    this.network = network;
    this.targets = targets;
    this.replicas = new Replicas(network, targets, workers);
    this.microBatchSize = microBatchSize;
    this.buffersBefore = network.buffers().dup();
  }

  /** Samples of one pass. */
  int microBatchSize() {
    return microBatchSize;
  }

  void setMicroBatchSize(int samples) {
    microBatchSize = samples;
  }

  /** What of a network sees the samples of one pass together, if anything does. */
  static Optional<String> seesBatches(Network network) {
    boolean normalizes =
        network.graph().nodes().stream()
            .anyMatch(node -> !node.isInput() && node.layer() instanceof BatchNormalization);
    if (normalizes) {
      return Optional.of("batch normalization");
    }
    return network.loss() instanceof Loss.Contrastive
        ? Optional.of("the contrastive loss")
        : Optional.empty();
  }

  /**
   * The gradient of a batch. Where memory runs out, passes become smaller, and the batch begins
   * anew.
   *
   * @throws OutOfNativeMemoryError if there is not even room for one sample
   */
  Gradient run(Batch batch, long step) {
    buffersBefore.assign(network.buffers());
    boolean released = false;
    while (true) {
      try {
        return replicas.gradient(batch, step, microBatchSize);
      } catch (OutOfNativeMemoryError tooMuch) {
        undo();
        if (released) { // of evaluation and of other lengths nothing is left: the batch is too
          // large
          halve(batch.size(), step, tooMuch);
        }
        replicas.change(Network::releaseMemory);
        released = true;
      }
    }
  }

  /** Says which batch the step after the next one takes, if it is known. */
  void announce(Batch batch) {
    if (replicas.share(batch.size()) == batch.size() && batch.size() <= microBatchSize) {
      network.announce(batch.inputs(), batch.inputCount());
    }
  }

  /** Has all networks train some parameters no more. */
  void freeze(Predicate<String> frozen) {
    replicas.change(network -> network.freeze(frozen));
  }

  /** Takes back what passes have done to the buffers. */
  void undo() {
    network.buffers().assign(buffersBefore);
  }

  private void halve(int batchSize, long step, OutOfNativeMemoryError tooMuch) {
    int tried = Math.min(replicas.share(batchSize), microBatchSize);
    if (tried == 1) {
      throw tooMuch;
    }
    microBatchSize = (tried + 1) / 2;
    LOG.warn(
        "step {}: memory for tensors ran out; from now on {} samples at once rather than {}, adding up the gradients"
            + " of each batch: batch size, learning rate and samples stay as they are{}",
        step + 1,
        microBatchSize,
        tried,
        seesBatches(network).map(what -> ", but " + what + " sees fewer at once").orElse(""));
  }

  private Batch part(Batch batch, int start) {
    return batch.part(start, Math.min(batch.size(), start + microBatchSize));
  }

  /** One pass over samples, the first of which has this place in its batch. */
  LossResult pass(Batch samples, long step, int firstSample) {
    return replicas.first().pass(samples, step, firstSample);
  }

  /**
   * Why a batch did not give a finite gradient, found by running it once more, which is the same to
   * the bit.
   */
  Diagnosis diagnose(Batch batch, long step) {
    Optional<String> place = Optional.empty();
    for (int start = 0; start < batch.size() && place.isEmpty(); start += microBatchSize) {
      Batch part = part(batch, start);
      place =
          network.firstNotFinite(
              part.inputs(),
              part.inputCount(),
              targets.apply(part),
              step,
              start * part.inputsOfSample());
    }
    List<Integer> alone = new ArrayList<>();
    for (int position = 0; position < batch.size(); position++) {
      LossResult loss = pass(batch.part(position, position + 1), step, position);
      if (!Double.isFinite(loss.sum()) || !DenseArrays.isFinite(network.gradients())) {
        alone.add(batch.samples()[position]);
      }
    }
    undo();
    return Diagnosis.of(place.orElse("the sum over the batch"), alone, batch.size());
  }
}
