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
    INDArray output = memory.activation(input.shape());
    INDArray shift = bias ? context.parameter("bias") : null;
    normalization.forward(input, context.parameter("weight"), shift, output);
    return output;
  }

  @Override
  public INDArray[] backward(INDArray outputGradient, Memory memory) {
    INDArray inputGradient = memory.gradient(input.shape());
    normalization.backward(
        input,
        context.parameter("weight"),
        outputGradient,
        inputGradient,
        context.gradient("weight"),
        bias ? context.gradient("bias") : null);
    return new INDArray[] {inputGradient};
  }
}
