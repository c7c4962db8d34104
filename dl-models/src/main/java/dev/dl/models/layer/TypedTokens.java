package dev.dl.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
        // Half an id more: however the quotient is rounded, it stays within its type.
        Transforms.floor(output.assign(inputs[0]).addi(0.5).divi(vocabulary), false);
        if (part == Part.ID) {
          output.muli(-vocabulary).addi(inputs[0]);
        }
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        return new INDArray[] {null};
      }
    };
  }
}
