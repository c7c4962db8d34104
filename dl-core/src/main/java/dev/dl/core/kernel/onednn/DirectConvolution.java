package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by oneDNN's direct and implicit-gemm algorithms, whichever it ranks first for the
 * shape: of a whole batch at once, or image by image where {@link ImageByImage} says so.
 */
final class DirectConvolution implements ConvolutionKernel {
  private static final int BATCH_SIZES = 6;

  private final ConvolutionGeometry geometry;
  private final Elementwise elementwise;
  private final PerSize<ConvolutionPrimitives> whole;
  private final ImageByImage images;

  DirectConvolution(
      OneDnnEngine engine,
      ConvolutionGeometry geometry,
      Elementwise elementwise,
      Parallel parallel) {
    this(engine, geometry, elementwise, parallel, OneDnnEngine.attributes(geometry.activation()));
  }

  /** One whose activation passes a NaN on, for forward passes alone. */
  static DirectConvolution keepingNan(
      OneDnnEngine engine,
      ConvolutionGeometry geometry,
      Elementwise elementwise,
      Parallel parallel) {
    return new DirectConvolution(
        engine,
        geometry,
        elementwise,
        parallel,
        OneDnnEngine.attributesKeepingNan(geometry.activation()));
  }

  private DirectConvolution(
      OneDnnEngine engine,
      ConvolutionGeometry geometry,
      Elementwise elementwise,
      Parallel parallel,
      primitive_attr attributes) {
    this.geometry = geometry;
    this.elementwise = elementwise;
    this.whole =
        new PerSize<>(
            BATCH_SIZES, batch -> new ConvolutionPrimitives(engine, geometry, attributes, batch));
    this.images =
        new ImageByImage(
            parallel, geometry, () -> new ConvolutionPrimitives(engine, geometry, attributes, 1));
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    long batch = input.size(0);
    if (images.paysForward(batch)) {
      images.forward(input, weights, bias, output);
      return;
    }
    ConvolutionPrimitives primitives = whole.get(batch);
    primitives.setForwardWeights(weights, bias);
    primitives.forward(DenseArrays.address(input), DenseArrays.address(output));
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
    long batch = input.size(0);
    if (inputGradient != null && weightGradient != null && images.paysBackward(batch)) {
      images.backward(input, weights, outputGradient, inputGradient, weightGradient);
      return;
    }
    ConvolutionPrimitives primitives = whole.get(batch);
    long gradient = DenseArrays.address(outputGradient);
    if (inputGradient != null) {
      primitives.setBackwardWeights(weights);
      primitives.backwardData(gradient, DenseArrays.address(inputGradient));
    }
    if (weightGradient != null) {
      primitives.backwardWeights(
          DenseArrays.address(input), gradient, weightGradient, biasGradient);
    }
  }
}
