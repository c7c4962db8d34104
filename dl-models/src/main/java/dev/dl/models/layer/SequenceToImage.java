package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sequence as the pixels of an image, row by row: {@code [height · width, channels]} to {@code
 * [channels, height, width]}, the inverse of {@link ImageToSequence}.
 */
public record SequenceToImage(int height, int width) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape sequence = inputs.get(0);
    if (sequence.length() != height * width) {
      throw new IllegalArgumentException(
          "got a sequence of %d, expected the pixels of %dx%d"
              .formatted(sequence.length(), height, width));
    }
    return Shape.of(sequence.features(), height, width);
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape sequence = context.inputs().get(0);
    ImageShape image = outputShape(context.inputs()).image();
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output =
            memory.activation(context.kernels().layout().arrayShape(inputs[0].size(0), image));
        context.kernels().fromPixels(image, inputs[0], output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(sequence.arrayShape(outputGradient.size(0)));
        context.kernels().pixels(image, outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
