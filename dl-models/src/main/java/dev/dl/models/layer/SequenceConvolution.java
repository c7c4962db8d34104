package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution over the vectors of a sequence: {@code [length, features]} to {@code [length,
 * outputs]}. The window of a position begins there; after the end of the sequence it reads zeros.
 * Parameters as of PyTorch's {@code Conv2d(1, outputs, (width, features))}: {@code weight [outputs,
 * 1, width, features]} and {@code bias [outputs]}.
 *
 * @param width vectors in a window
 */
public record SequenceConvolution(int outputs, int width, Activation activation) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).length(), outputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int features = inputs.get(0).features();
    Initializer initializer = Initializer.fanIn((long) width * features);
    return List.of(
        Parameter.weight(initializer, outputs, 1, width, features),
        Parameter.vector("bias", initializer, outputs));
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) inputs.get(0).size() * width * outputs;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, this);
  }

  /** A dense layer over windows. */
  private static final class Running implements Operation {
    private final OperationContext context;
    private final SequenceConvolution layer;
    private final long windowFeatures;
    private final DenseKernel dense;
    private INDArray windows;
    private INDArray output;

    Running(OperationContext context, SequenceConvolution layer) {
      this.context = context;
      this.layer = layer;
      int features = layer.width * context.inputs().get(0).features();
      windowFeatures = features;
      dense = context.kernels().dense(features, layer.outputs, layer.activation);
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      INDArray input = inputs[0];
      windows = memory.activation(input.size(0), input.size(1), windowFeatures);
      context.kernels().windows(input, layer.width, windows);
      output = memory.activation(input.size(0), input.size(1), layer.outputs);
      dense.forward(
          windows,
          context.parametersFrom("weight", layer.outputs, windowFeatures),
          context.parameter("bias"),
          output);
      return output;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      boolean needed = context.inputGradientNeeded();
      INDArray windowGradient = needed ? memory.gradient(windows.shape()) : null;
      dense.backward(
          windows,
          context.parametersFrom("weight", layer.outputs, windowFeatures),
          output,
          outputGradient,
          windowGradient,
          context.gradientsFrom("weight", layer.outputs, windowFeatures),
          context.gradient("bias"));
      if (!needed) {
        return new INDArray[] {null};
      }
      INDArray inputGradient =
          memory.gradient(windows.size(0), windows.size(1), windowFeatures / layer.width);
      context.kernels().windowsGradient(layer.width, windowGradient, inputGradient);
      return new INDArray[] {inputGradient};
    }
  }
}
