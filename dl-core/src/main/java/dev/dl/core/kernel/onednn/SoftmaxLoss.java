package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax cross-entropy from logits to loss and gradient, one row at a time, in double precision.
 */
final class SoftmaxLoss {
  private SoftmaxLoss() {}

  static LossResult run(
      INDArray logits, INDArray labels, double labelSmoothing, INDArray gradient) {
    int classes = Math.toIntExact(logits.size(-1));
    int rows = Math.toIntExact(logits.length() / classes);
    FloatBuffer from = DenseArrays.buffer(logits);
    FloatBuffer to = DenseArrays.buffer(gradient);
    FloatBuffer labelValues = DenseArrays.buffer(labels);
    float[] row = new float[classes];
    double[] exponentials = new double[classes];
    double uniform = labelSmoothing / classes;
    double sum = 0;
    int correct = 0;
    int counted = 0;
    for (int n = 0; n < rows; n++) {
      from.get(n * classes, row);
      int label = (int) labelValues.get(n);
      if (label < 0) {
        to.put(n * classes, new float[classes]);
        continue;
      }
      counted++;
      int largest = 0;
      for (int c = 1; c < classes; c++) {
        largest = row[c] > row[largest] ? c : largest;
      }
      double total = 0;
      double logitSum = 0;
      for (int c = 0; c < classes; c++) {
        exponentials[c] = Math.exp((double) row[c] - row[largest]);
        total += exponentials[c];
        logitSum += row[c];
      }
      double logTotal = Math.log(total) + row[largest];
      sum += logTotal - (1 - labelSmoothing) * row[label] - uniform * logitSum;
      correct += largest == label && !Double.isNaN(logTotal) ? 1 : 0;
      for (int c = 0; c < classes; c++) {
        double target = uniform + (c == label ? 1 - labelSmoothing : 0);
        row[c] = (float) (exponentials[c] / total - target);
      }
      to.put(n * classes, row);
    }
    return new LossResult(sum, correct, counted);
  }
}
