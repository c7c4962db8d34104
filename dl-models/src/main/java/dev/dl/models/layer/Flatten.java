package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An image as a vector, channels first, as PyTorch orders it. */
public record Flatten() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).image().size());
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape image = context.inputs().get(0).image();
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].size(0), image.size());
        context.kernels().flatten(image, inputs[0], output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        if (!context.inputGradientNeeded()) {
          return new INDArray[] {null};
        }
        INDArray inputGradient =
            memory.gradient(context.kernels().layout().arrayShape(outputGradient.size(0), image));
        context.kernels().unflatten(image, outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
