package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.RowNormalizationKernel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalization by the root mean square in own loops: the backward pass of oneDNN 3.11 gives wrong
 * gradients of the input. Sums are in double precision, over fixed parts of the rows.
 */
final class RmsNormalization implements RowNormalizationKernel {
  private static final int PARTS = 16;

  private final Parallel parallel;
  private final int features;
  private final double epsilon;

  RmsNormalization(Parallel parallel, int features, double epsilon) {
    this.parallel = parallel;
    this.features = features;
    this.epsilon = epsilon;
  }

  @Override
  public void forward(INDArray input, INDArray weight, INDArray bias, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    float[] scale = DenseArrays.read(weight);
    eachPart(
        from,
        (part, start, end) -> {
          float[] row = new float[features];
          for (int place = start; place < end; place += features) {
            from.get(place, row);
            float inverse = (float) (1 / rootMeanSquare(row));
            for (int i = 0; i < features; i++) {
              row[i] *= inverse * scale[i];
            }
            to.put(place, row);
          }
        });
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weight,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer gradients = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    float[] scale = DenseArrays.read(weight);
    double[][] sums = new double[parts(from)][features];
    eachPart(
        from,
        (part, start, end) -> {
          float[] row = new float[features];
          float[] gradient = new float[features];
          for (int place = start; place < end; place += features) {
            from.get(place, row);
            gradients.get(place, gradient);
            rowGradient(row, gradient, scale, sums[part]);
            to.put(place, gradient);
          }
        });
    if (weightGradient != null) {
      DenseArrays.write(total(sums), weightGradient);
    }
  }

  private float[] total(double[][] sums) {
    float[] total = new float[features];
    for (int i = 0; i < features; i++) {
      double sum = 0;
      for (double[] partSums : sums) {
        sum += partSums[i];
      }
      total[i] = (float) sum;
    }
    return total;
  }

  /** Turns the gradient of an output row into that of the input row, and adds to the weights'. */
  private void rowGradient(float[] row, float[] gradient, float[] scale, double[] weightSums) {
    double inverse = 1 / rootMeanSquare(row);
    double product = 0;
    for (int i = 0; i < features; i++) {
      double normalized = row[i] * inverse;
      weightSums[i] += gradient[i] * normalized;
      gradient[i] *= scale[i];
      product += gradient[i] * normalized;
    }
    double mean = product / features;
    for (int i = 0; i < features; i++) {
      gradient[i] = (float) ((gradient[i] - row[i] * inverse * mean) * inverse);
    }
  }

  private double rootMeanSquare(float[] row) {
    double sum = 0;
    for (int i = 0; i < features; i++) {
      sum += (double) row[i] * row[i];
    }
    return Math.sqrt(sum / features + epsilon);
  }

  private int parts(FloatBuffer values) {
    return Math.min(PARTS, values.capacity() / features);
  }

  @FunctionalInterface
  private interface Part {
    void run(int part, int start, int end);
  }

  private void eachPart(FloatBuffer values, Part work) {
    int parts = parts(values);
    long rows = values.capacity() / features;
    parallel.run(
        parts,
        part ->
            work.run(
                part,
                (int) (rows * part / parts) * features,
                (int) (rows * (part + 1) / parts) * features));
  }
}
