package dev.dl.core.kernel.onednn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One way to compute the three passes of a convolution, for any batch size. */
interface ConvolutionAlgorithm {

  /** Cross-correlation, then the bias unless it is {@code null}, then the geometry's ReLU. */
  void forward(INDArray input, INDArray weights, INDArray bias, INDArray output);

  /** The gradient of the input; the output gradient is that before the ReLU. */
  void backwardData(INDArray weights, INDArray outputGradient, INDArray inputGradient);

  /** The gradients of the weights and, unless it is {@code null}, of the bias. */
  void backwardWeights(
      INDArray input, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient);
}
