package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of the vectors of each sequence that a mask counts, and its gradient. */
final class SequenceAverage {
  private final Parallel parallel;

  SequenceAverage(Parallel parallel) {
    this.parallel = parallel;
  }

  void forward(INDArray input, INDArray mask, INDArray output) {
    int length = Math.toIntExact(input.size(1));
    int features = Math.toIntExact(input.size(2));
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    parallel.run(
        Math.toIntExact(input.size(0)),
        sample -> {
          float[] shares = shares(mask, sample, length);
          float[] vector = new float[features];
          float[] mean = new float[features];
          for (int position = 0; position < length; position++) {
            float share = shares[position];
            if (share > 0) {
              from.get((sample * length + position) * features, vector);
              for (int i = 0; i < features; i++) {
                mean[i] += share * vector[i];
              }
            }
          }
          to.put(sample * features, mean);
        });
  }

  void backward(INDArray mask, INDArray outputGradient, INDArray inputGradient) {
    int length = Math.toIntExact(inputGradient.size(1));
    int features = Math.toIntExact(inputGradient.size(2));
    FloatBuffer from = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    parallel.run(
        Math.toIntExact(inputGradient.size(0)),
        sample -> {
          float[] shares = shares(mask, sample, length);
          float[] gradient = new float[features];
          float[] vector = new float[features];
          from.get(sample * features, gradient);
          for (int position = 0; position < length; position++) {
            float share = shares[position];
            for (int i = 0; i < features; i++) {
              vector[i] = share * gradient[i];
            }
            to.put((sample * length + position) * features, vector);
          }
        });
  }

  /** What each vector of a sample counts: they sum to 1 unless all are masked. */
  private static float[] shares(INDArray mask, int sample, int length) {
    float[] shares = new float[length];
    if (mask == null) {
      java.util.Arrays.fill(shares, 1);
    } else {
      DenseArrays.buffer(mask).get(sample * length, shares);
    }
    float sum = 0;
    for (float share : shares) {
      sum += share;
    }
    for (int i = 0; i < length; i++) {
      shares[i] /= Math.max(1, sum);
    }
    return shares;
  }
}
