package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseArrays;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution of a whole batch by oneDNN's direct and implicit-gemm algorithms, whichever it ranks
 * first for the shape.
 */
final class DirectConvolution implements ConvolutionKernel {
  private static final int BATCH_SIZES = 6;

  private final ConvolutionGeometry geometry;
  private final Elementwise elementwise;
  private final PerSize<ConvolutionPrimitives> primitives;

  DirectConvolution(
      OneDnnEngine engine,
      ConvolutionGeometry geometry,
      primitive_attr attributes,
      Elementwise elementwise) {
    this.geometry = geometry;
    this.elementwise = elementwise;
    this.primitives =
        new PerSize<>(
            BATCH_SIZES, batch -> new ConvolutionPrimitives(engine, geometry, attributes, batch));
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    ConvolutionPrimitives ofBatch = primitives.get(input.size(0));
    ofBatch.setForwardWeights(weights, bias);
    ofBatch.forward(DenseArrays.address(input), DenseArrays.address(output));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    elementwise.gradient(geometry.activation(), output, outputGradient, outputGradient);
    ConvolutionPrimitives ofBatch = primitives.get(input.size(0));
    long gradient = DenseArrays.address(outputGradient);
    if (inputGradient != null) {
      ofBatch.setBackwardWeights(weights);
      ofBatch.backwardData(gradient, DenseArrays.address(inputGradient));
    }
    if (weightGradient != null) {
      ofBatch.backwardWeights(DenseArrays.address(input), gradient, weightGradient, biasGradient);
    }
  }
}
