package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pixels of an image as a sequence, row by row: {@code [channels, height, width]} to {@code
 * [height · width, channels]}.
 */
public record ImageToSequence() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ImageShape image = inputs.get(0).image();
    return Shape.of(image.height() * image.width(), image.channels());
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape image = context.inputs().get(0).image();
    Shape sequence = outputShape(context.inputs());
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(sequence.arrayShape(inputs[0].size(0)));
        context.kernels().pixels(image, inputs[0], output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient =
            memory.gradient(context.kernels().layout().arrayShape(outputGradient.size(0), image));
        context.kernels().fromPixels(image, outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
