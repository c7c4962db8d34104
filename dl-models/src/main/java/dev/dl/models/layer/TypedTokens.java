package dev.dl.models.layer;

import dev.dl.core.kernel.DenseArrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of the two things that tokens of pairs of texts say, {@code id + type · vocabulary} each:
 * {@code [length]} to {@code [length]}. No gradient passes.
 *
 * @param vocabulary number of ids
 */
public record TypedTokens(int vocabulary, Part part) implements Layer {

  /** What a token says. */
  public enum Part {
    ID,
    TYPE
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).ids());
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].shape());
        float[] values = DenseArrays.read(inputs[0]);
        for (int i = 0; i < values.length; i++) {
          int token = (int) values[i];
          values[i] = part == Part.ID ? token % vocabulary : token / vocabulary;
        }
        DenseArrays.write(values, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        return new INDArray[] {null};
      }
    };
  }
}
