package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The maximum of each feature of a sequence where a mask counts it, and its gradient. */
record SequenceMaximum(Parallel parallel) {
  private static final int NOWHERE = -1;

  void forward(INDArray input, INDArray mask, INDArray output) {
    int features = Math.toIntExact(input.size(2));
    FloatBuffer to = DenseArrays.buffer(output);
    parallel.run(
        Math.toIntExact(input.size(0)),
        sample -> {
          float[] largest = new float[features];
          positions(input, mask, sample, largest);
          to.put(sample * features, largest);
        });
  }

  void backward(INDArray input, INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    int length = Math.toIntExact(input.size(1));
    int features = Math.toIntExact(input.size(2));
    FloatBuffer from = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    parallel.run(
        Math.toIntExact(input.size(0)),
        sample -> {
          int[] positions = positions(input, mask, sample, new float[features]);
          float[] gradient = new float[features];
          from.get(sample * features, gradient);
          to.put(sample * length * features, new float[length * features]);
          for (int i = 0; i < features; i++) {
            if (positions[i] != NOWHERE) {
              to.put((sample * length + positions[i]) * features + i, gradient[i]);
            }
          }
        });
  }

  /**
   * The first position of the largest value of each feature; a NaN is larger than all.
   *
   * @param largest zeros, replaced by those values
   */
  private static int[] positions(INDArray input, INDArray mask, int sample, float[] largest) {
    int length = Math.toIntExact(input.size(1));
    FloatBuffer from = DenseArrays.buffer(input);
    float[] counted = new float[length];
    if (mask == null) {
      Arrays.fill(counted, 1);
    } else {
      DenseArrays.buffer(mask).get(sample * length, counted);
    }
    int[] positions = new int[largest.length];
    Arrays.fill(positions, NOWHERE);
    float[] vector = new float[largest.length];
    for (int position = 0; position < length; position++) {
      if (counted[position] != 0) {
        from.get((sample * length + position) * vector.length, vector);
        for (int i = 0; i < vector.length; i++) {
          if (positions[i] == NOWHERE || vector[i] > largest[i] || Float.isNaN(vector[i])) {
            largest[i] = vector[i];
            positions[i] = position;
          }
        }
      }
    }
    return positions;
  }
}
