package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scaled dot-product attention of a sequence to itself, {@code softmax(Q·Kᵀ/√size)·V} for each head
 * (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762). Queries, keys and values come as one
 * array {@code [batch, length, 3 · features]}, in that order; the output is {@code [batch, length,
 * features]}. Probabilities are not kept: the backward pass computes them again, block by block.
 */
public interface AttentionKernel {

  /**
   * @param mask {@code [batch, length]}: one for each key that may be attended to, zero for others;
   *     {@code null} for all. A sample without any key attends evenly to all
   * @param dropout of the probabilities; row {@code r} of {@link AttentionGeometry#row} has the
   *     blocks from {@code r · blocksPerRow} on
   */
  void forward(INDArray queriesKeysValues, INDArray mask, DropoutMask dropout, INDArray output);

  /** The gradient of a forward pass with the same arguments. */
  void backward(
      INDArray queriesKeysValues,
      INDArray mask,
      DropoutMask dropout,
      INDArray outputGradient,
      INDArray inputGradient);
}
