package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An image as a vector, channels first, as PyTorch orders it; or a sequence, vector after vector.
 */
public record Flatten() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return Shape.of(input.isSequence() ? input.size() : input.image().size());
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape input = context.inputs().get(0);
    return input.isSequence() ? ofSequence(input) : ofImage(context, input.image());
  }

  private static Operation ofSequence(Shape shape) {
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].size(0), shape.size());
        output.assign(inputs[0].reshape(output.shape()));
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(shape.arrayShape(outputGradient.size(0)));
        inputGradient.assign(outputGradient.reshape(inputGradient.shape()));
        return new INDArray[] {inputGradient};
      }
    };
  }

  private static Operation ofImage(OperationContext context, ImageShape image) {
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
