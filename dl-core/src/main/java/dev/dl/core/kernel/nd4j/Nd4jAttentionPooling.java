package dev.dl.core.kernel.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The sum of the vectors of a sequence, weighted by the softmax of their scores. */
final class Nd4jAttentionPooling {
  /** Subtracted from scores that do not count. */
  private static final double NEVER = 1e30;

  private Nd4jAttentionPooling() {}

  static void forward(INDArray input, INDArray scores, INDArray mask, INDArray output) {
    output.assign(Nd4jSums.overSteps(input.mul(overFeatures(weights(scores, mask), input))));
  }

  static void backward(
      INDArray input,
      INDArray scores,
      INDArray mask,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scoreGradient) {
    INDArray weights = weights(scores, mask);
    INDArray gradients =
        outputGradient.reshape(input.size(0), 1, input.size(2)).broadcast(input.shape());
    inputGradient.assign(gradients.mul(overFeatures(weights, input)));
    INDArray products = Nd4jSums.ofRows(vectors(input.mul(gradients))).reshape(weights.shape());
    INDArray mean = Nd4jSums.ofRows(weights.mul(products));
    scoreGradient.assign(
        weights.mul(products.subColumnVector(mean)).reshape(scoreGradient.shape()));
  }

  /** {@code [batch, length]}. */
  private static INDArray weights(INDArray scores, INDArray mask) {
    INDArray rows = scores.dup('c').reshape(scores.size(0), scores.size(1));
    if (mask != null) {
      rows = rows.sub(mask.rsub(1).mul(NEVER));
    }
    INDArray powers = Transforms.exp(rows.subColumnVector(rows.max(true, 1)), false);
    if (mask != null) {
      powers = powers.mul(mask);
    }
    // At least 1 unless no token counts: the largest has the power 1.
    return powers.divColumnVector(Transforms.max(Nd4jSums.ofRows(powers), 1, true));
  }

  private static INDArray vectors(INDArray sequences) {
    return sequences.reshape(sequences.size(0) * sequences.size(1), sequences.size(2));
  }

  private static INDArray overFeatures(INDArray weights, INDArray input) {
    return weights.reshape(input.size(0), input.size(1), 1).broadcast(input.shape());
  }
}
