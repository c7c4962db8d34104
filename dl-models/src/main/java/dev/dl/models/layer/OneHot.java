package dev.dl.models.layer;

import dev.dl.core.kernel.DenseArrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Codes as vectors of zeros with a single one: {@code [length]} to {@code [length, categories]}.
 * Code 1 has its one at the beginning, and so on; code 0, which stands for none of the categories,
 * has none. Other codes are refused with an IllegalArgumentException.
 */
public record OneHot(int categories) implements Layer {

  public OneHot {
    if (categories < 1) {
      throw new IllegalArgumentException("vectors of " + categories + " categories");
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).ids(), categories);
  }

  @Override
  public Operation operation(OperationContext context) {
    INDArray table =
        DenseArrays.allocate(context.kernels().dataType(), categories + 1L, categories);
    DenseArrays.write(vectors(), table);
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].size(0), inputs[0].size(1), categories);
        context.kernels().embed(table, inputs[0], output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        return new INDArray[] {null};
      }
    };
  }

  /** Zeros, then the unit vectors. */
  private float[] vectors() {
    float[] vectors = new float[(categories + 1) * categories];
    for (int code = 1; code <= categories; code++) {
      vectors[code * categories + code - 1] = 1;
    }
    return vectors;
  }
}
