package dev.dl.models.layer;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Several vectors one after the other as one. All of them have to depend on something trained. */
public record Concatenate() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.stream().anyMatch(shape -> shape.sizes().size() != 1)) {
      throw new IllegalArgumentException("got inputs %s, expected vectors".formatted(inputs));
    }
    return Shape.of(inputs.stream().mapToInt(Shape::features).sum());
  }

  @Override
  public Operation operation(OperationContext context) {
    int features = outputShape(context.inputs()).features();
    return new Operation() {
      private long[][] shapes;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        shapes = Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
        INDArray output = memory.activation(inputs[0].size(0), features);
        context.kernels().join(inputs, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray[] gradients = Arrays.stream(shapes).map(memory::gradient).toArray(INDArray[]::new);
        context.kernels().split(outputGradient, gradients);
        return gradients;
      }
    };
  }
}
