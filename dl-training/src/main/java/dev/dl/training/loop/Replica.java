package dev.dl.training.loop;

import dev.dl.core.data.Batch;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.models.network.Network;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network on one device, which computes the gradient of samples in as many passes as needed. */
final class Replica {
  private final Network network;
  private final Function<Batch, float[]> targets;
  private INDArray accumulated;

  /**
   * @param targets of a batch, as the loss of the network has them
   */
  Replica(Network network, Function<Batch, float[]> targets) {
    this.network = network;
    this.targets = targets;
  }

  /**
   * What samples give.
   *
   * @param sum of the gradients of all of them
   */
  record Gradient(LossResult loss, INDArray sum) {}

  Network network() {
    return network;
  }

  /**
   * The gradient of samples.
   *
   * @param firstSample the place of the first in its batch
   * @param atOnce samples of one pass
   */
  Gradient gradient(Batch samples, long step, int firstSample, int atOnce) {
    if (samples.size() <= atOnce) {
      return new Gradient(pass(samples, step, firstSample), network.gradients());
    }
    if (accumulated == null) {
      accumulated =
          OutOfNativeMemoryError.told(
              () ->
                  DenseArrays.allocate(
                      network.gradients().dataType(), network.gradients().length()));
    }
    LossResult total = LossResult.NOTHING;
    Batch next = samples.part(0, atOnce);
    for (int start = 0; start < samples.size(); start += atOnce) {
      Batch part = next;
      int end = start + atOnce;
      if (end < samples.size()) {
        next = samples.part(end, Math.min(samples.size(), end + atOnce));
        network.announce(next.inputs(), next.inputCount());
      }
      total = total.plus(pass(part, step, firstSample + start));
      if (start == 0) {
        accumulated.assign(network.gradients());
      } else {
        accumulated.addi(network.gradients());
      }
    }
    return new Gradient(total, accumulated);
  }

  /** One pass over samples, the first of which has this place in its batch. */
  LossResult pass(Batch samples, long step, int firstSample) {
    return network.gradient(
        samples.inputs(),
        samples.inputCount(),
        targets.apply(samples),
        step,
        firstSample * samples.inputsOfSample());
  }
}
