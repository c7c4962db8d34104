package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The square of the difference between the cosine of each pair of vectors and its target. */
final class CosineLoss {
  private CosineLoss() {}

  static LossResult run(INDArray outputs, INDArray targets, INDArray gradient) {
    int features = Math.toIntExact(outputs.size(-1));
    float[] values = DenseArrays.read(outputs);
    float[] wanted = DenseArrays.read(targets);
    float[] gradients = new float[values.length];
    double sum = 0;
    for (int pair = 0; pair < wanted.length; pair++) {
      int first = 2 * pair * features;
      int second = first + features;
      double error = -wanted[pair];
      for (int i = 0; i < features; i++) {
        error += (double) values[first + i] * values[second + i];
      }
      for (int i = 0; i < features; i++) {
        gradients[first + i] = (float) (2 * error * values[second + i]);
        gradients[second + i] = (float) (2 * error * values[first + i]);
      }
      sum += error * error;
    }
    DenseArrays.write(gradients, gradient);
    return new LossResult(sum, 0, wanted.length);
  }
}
