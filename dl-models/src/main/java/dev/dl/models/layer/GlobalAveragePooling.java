package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of each channel over all pixels (Lin et al. 2013, https://arxiv.org/abs/1312.4400): an
 * image to a vector.
 */
public record GlobalAveragePooling() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).image().channels());
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape image = context.inputs().get(0).image();
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].size(0), image.channels());
        context.kernels().averageOverPixels(image, inputs[0], output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient =
            memory.gradient(context.kernels().layout().arrayShape(outputGradient.size(0), image));
        context.kernels().averageOverPixelsGradient(image, outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
