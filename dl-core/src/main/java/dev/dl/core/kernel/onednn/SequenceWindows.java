package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Neighbouring vectors of each sequence side by side: in memory, they are so already. */
record SequenceWindows(Parallel parallel, int width) {

  void forward(INDArray input, INDArray output) {
    int length = Math.toIntExact(input.size(1));
    int features = Math.toIntExact(input.size(2));
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    parallel.run(
        Math.toIntExact(input.size(0)),
        sample -> {
          float[] window = new float[width * features];
          for (int position = 0; position < length; position++) {
            int row = sample * length + position;
            int filled = Math.min(width, length - position) * features;
            from.get(row * features, window, 0, filled);
            java.util.Arrays.fill(window, filled, window.length, 0);
            to.put(row * window.length, window);
          }
        });
  }

  void backward(INDArray outputGradient, INDArray inputGradient) {
    int length = Math.toIntExact(inputGradient.size(1));
    int features = Math.toIntExact(inputGradient.size(2));
    FloatBuffer from = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    parallel.run(
        Math.toIntExact(inputGradient.size(0)),
        sample -> {
          float[] part = new float[features];
          float[] sum = new float[features];
          for (int position = 0; position < length; position++) {
            java.util.Arrays.fill(sum, 0);
            for (int i = 0; i < width && i <= position; i++) {
              int window = sample * length + position - i;
              from.get((window * width + i) * features, part);
              for (int feature = 0; feature < features; feature++) {
                sum[feature] += part[feature];
              }
            }
            to.put((sample * length + position) * features, sum);
          }
        });
  }
}
