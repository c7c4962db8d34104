package dev.dl.models.layer;

import dev.dl.core.kernel.DenseArrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds sines and cosines of each position (Vaswani et al. 2017, section 3.5): features {@code 2i}
 * and {@code 2i + 1} are sine and cosine of {@code position / 10000^(2i / features)}.
 */
public record SinusoidalPositions() implements Layer {
  private static final double LONGEST = 10_000;

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).length(), inputs.get(0).features());
  }

  private static float[] waves(int length, int features) {
    float[] waves = new float[length * features];
    for (int position = 0; position < length; position++) {
      for (int i = 0; i < features; i++) {
        double angle = position / Math.pow(LONGEST, (double) (i - i % 2) / features);
        waves[position * features + i] =
            (float) (i % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
      }
    }
    return waves;
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    Shape shape = context.inputs().get(0);
    INDArray rows =
        DenseArrays.allocate(context.kernels().dataType(), shape.length(), shape.features());
    DenseArrays.write(waves(shape.length(), shape.features()), rows);
    return new Operation() {
      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        INDArray output = memory.activation(inputs[0].shape());
        long from = context.past().map(Past::length).orElse(0);
        INDArray added = AddedRows.rows(rows, from, output.size(1));
        context.kernels().addRows(inputs[0], added, output);
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(outputGradient.shape());
        inputGradient.assign(outputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
