package dev.dl.models.layer;

import dev.dl.core.kernel.Layout;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Several vectors, or the channels of several images of one size, one after the other as one. All
 * of them have to depend on something trained.
 */
public record Concatenate() implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    List<Integer> first = inputs.get(0).sizes();
    List<Integer> size = first.subList(1, first.size());
    boolean alike =
        inputs.stream()
            .map(Shape::sizes)
            .allMatch(sizes -> sizes.subList(1, sizes.size()).equals(size));
    if (!alike || inputs.get(0).isSequence()) {
      throw new IllegalArgumentException(
          "got inputs %s, expected vectors, or images of one size".formatted(inputs));
    }
    int together = inputs.stream().mapToInt(shape -> shape.sizes().get(0)).sum();
    return size.isEmpty() ? Shape.of(together) : Shape.of(together, size.get(0), size.get(1));
  }

  @Override
  public Operation operation(OperationContext context) {
    Layout layout = context.kernels().layout();
    Shape whole = outputShape(context.inputs());
    return new Operation() {
      private long[][] shapes;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        shapes = Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
        long batch = inputs[0].size(0);
        INDArray output =
            memory.activation(
                whole.isImage()
                    ? layout.arrayShape(batch, whole.image())
                    : whole.arrayShape(batch));
        context.kernels().join(rows(inputs), rows(output));
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray[] gradients = Arrays.stream(shapes).map(memory::gradient).toArray(INDArray[]::new);
        context.kernels().split(rows(outputGradient), rows(gradients));
        return gradients;
      }

      private INDArray[] rows(INDArray[] arrays) {
        return Arrays.stream(arrays).map(this::rows).toArray(INDArray[]::new);
      }

      /** What lies together in memory: a vector, the channels of a pixel or a whole image. */
      private INDArray rows(INDArray array) {
        long batch = array.size(0);
        long rows = whole.isImage() ? layout.rows(batch, whole.image()) : batch;
        return array.reshape(rows, array.length() / rows);
      }
    };
  }
}
