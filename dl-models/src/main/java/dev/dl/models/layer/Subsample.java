package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every second pixel of each row and column, with channels of zeros appended: the shortcut without
 * parameters where a residual network halves its images (He et al. 2015,
 * https://arxiv.org/abs/1512.03385, option A).
 *
 * @param outputs channels after appending
 */
public record Subsample(int outputs) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ImageShape image = inputs.get(0).image();
    if (outputs < image.channels()) {
      throw new IllegalArgumentException(
          "got " + image.channels() + " channels, expected at most " + outputs);
    }
    return Shape.of(outputs, (image.height() + 1) / 2, (image.width() + 1) / 2);
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape input = context.inputs().get(0).image();
    ImageShape output = outputShape(context.inputs()).image();
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray result =
            memory.activation(context.kernels().layout().arrayShape(inputs[0].size(0), output));
        context.kernels().subsample(input, outputs, inputs[0], result);
        return result;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient =
            memory.gradient(context.kernels().layout().arrayShape(outputGradient.size(0), input));
        context.kernels().subsampleGradient(input, outputs, outputGradient, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
