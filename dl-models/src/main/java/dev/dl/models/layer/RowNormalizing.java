package dev.dl.models.layer;

import dev.dl.core.kernel.RowNormalizationKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The operation of layers that normalize each vector by itself. */
final class RowNormalizing implements Operation {
  private final OperationContext context;
  private final RowNormalizationKernel normalization;
  private final boolean bias;
  private INDArray input;

  RowNormalizing(OperationContext context, RowNormalizationKernel normalization, boolean bias) {
    this.context = context;
    this.normalization = normalization;
    this.bias = bias;
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
    input = inputs[0];
    INDArray output = memory.activationOver(input, training);
    INDArray shift = bias ? context.parameter("bias") : null;
    normalization.forward(input, context.parameter("weight"), shift, output);
    return output;
  }

  @Override
  public INDArray[] backward(INDArray outputGradient, Memory memory) {
    INDArray gradient = memory.gradientFrom(outputGradient);
    normalization.backward(
        input,
        context.parameter("weight"),
        gradient,
        gradient,
        context.gradient("weight"),
        bias ? context.gradient("bias") : null);
    return new INDArray[] {gradient};
  }
}
