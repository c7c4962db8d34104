package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of the vectors of a sequence, weighted by the softmax of their scores. */
record AttentionPooling(Parallel parallel) {

  void forward(INDArray input, INDArray scores, INDArray mask, INDArray output) {
    int length = Math.toIntExact(input.size(1));
    int features = Math.toIntExact(input.size(2));
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    parallel.run(
        Math.toIntExact(input.size(0)),
        sample -> {
          float[] weights = weights(scores, mask, sample, length);
          float[] vector = new float[features];
          float[] sum = new float[features];
          for (int position = 0; position < length; position++) {
            if (weights[position] > 0) {
              from.get((sample * length + position) * features, vector);
              for (int i = 0; i < features; i++) {
                sum[i] += weights[position] * vector[i];
              }
            }
          }
          to.put(sample * features, sum);
        });
  }

  /**
   * With weights {@code w} and {@code d} the products of the vectors and the gradient of the
   * output, scores have the gradient {@code w · (d - Σ w·d)}.
   */
  void backward(
      INDArray input,
      INDArray scores,
      INDArray mask,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scoreGradient) {
    int length = Math.toIntExact(input.size(1));
    int features = Math.toIntExact(input.size(2));
    FloatBuffer values = DenseArrays.buffer(input);
    FloatBuffer from = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    FloatBuffer toScores = DenseArrays.buffer(scoreGradient);
    parallel.run(
        Math.toIntExact(input.size(0)),
        sample -> {
          float[] weights = weights(scores, mask, sample, length);
          float[] gradient = new float[features];
          float[] vector = new float[features];
          double[] products = new double[length];
          double mean = 0;
          from.get(sample * features, gradient);
          for (int position = 0; position < length; position++) {
            int place = (sample * length + position) * features;
            values.get(place, vector);
            for (int i = 0; i < features; i++) {
              products[position] += (double) vector[i] * gradient[i];
              vector[i] = weights[position] * gradient[i];
            }
            mean += weights[position] * products[position];
            to.put(place, vector);
          }
          for (int position = 0; position < length; position++) {
            weights[position] *= (float) (products[position] - mean);
          }
          toScores.put(sample * length, weights);
        });
  }

  /** The softmax of the scores that are counted, zeros elsewhere. */
  private static float[] weights(INDArray scores, INDArray mask, int sample, int length) {
    float[] weights = new float[length];
    float[] counted = new float[length];
    DenseArrays.buffer(scores).get(sample * length, weights);
    if (mask == null) {
      Arrays.fill(counted, 1);
    } else {
      DenseArrays.buffer(mask).get(sample * length, counted);
    }
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      largest = counted[i] > 0 ? Math.max(largest, weights[i]) : largest;
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      weights[i] = counted[i] > 0 ? (float) Math.exp(weights[i] - largest) : 0;
      sum += weights[i];
    }
    for (int i = 0; i < length && sum != 0; i++) {
      weights[i] /= (float) sum;
    }
    return weights;
  }
}
