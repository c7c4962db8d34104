package dev.dl.models.layer;

import dev.dl.core.kernel.DenseArrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first vector of a sequence, {@code [length, features]} to {@code [features]}: where BERT has
 * a token that stands for the whole.
 */
public record FirstToken() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    inputs.get(0).length();
    return Shape.of(inputs.get(0).features());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray onlyFirst;
      private long[] shape;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        shape = inputs[0].shape();
        onlyFirst = onlyFirst(memory);
        INDArray output = memory.activation(shape[0], shape[2]);
        context.kernels().lastStep(inputs[0], onlyFirst, false, output);
        return output;
      }

      /** The mask with which a sequence ends where it begins. */
      private INDArray onlyFirst(Memory memory) {
        int length = Math.toIntExact(shape[1]);
        float[] mask = new float[Math.toIntExact(shape[0]) * length];
        for (int start = 0; start < mask.length; start += length) {
          mask[start] = 1;
        }
        INDArray array = memory.activation(shape[0], length);
        DenseArrays.write(mask, array);
        return array;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(shape);
        context.kernels().lastStepGradient(outputGradient, onlyFirst, false, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
