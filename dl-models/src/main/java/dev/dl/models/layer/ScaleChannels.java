package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Each channel of an image, the first input, times a factor of the vector that is the second: the
 * end of a squeeze-and-excitation block (Hu et al. 2017, https://arxiv.org/abs/1709.01507).
 */
public record ScaleChannels() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ImageShape image = inputs.get(0).image();
    if (inputs.size() != 2 || !inputs.get(1).equals(Shape.of(image.channels()))) {
      throw new IllegalArgumentException(
          "got inputs " + inputs + ", expected an image and a factor for each of its channels");
    }
    return inputs.get(0);
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape image = context.inputs().get(0).image();
    return new Operation() {
      private INDArray input;
      private INDArray factors;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        factors = inputs[1];
        INDArray output = memory.activation(input.shape());
        context.kernels().scaleChannels(image, input, factors, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(input.shape());
        INDArray factorGradient = memory.gradient(factors.shape());
        context
            .kernels()
            .scaleChannelsGradient(
                image, input, factors, outputGradient, inputGradient, factorGradient);
        return new INDArray[] {inputGradient, factorGradient};
      }
    };
  }
}
