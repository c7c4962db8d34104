package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax cross-entropy from logits to loss and gradient, one row at a time, in double precision;
 * the rows in fixed parts, whose losses are added in their order.
 */
final class SoftmaxLoss {
  private static final int ROWS_PER_PART = 32;

  private final FloatBuffer logits;
  private final FloatBuffer labels;
  private final FloatBuffer gradient;
  private final int classes;
  private final double labelSmoothing;

  private SoftmaxLoss(INDArray logits, INDArray labels, double labelSmoothing, INDArray gradient) {
    this.logits = DenseArrays.buffer(logits);
    this.labels = DenseArrays.buffer(labels);
    this.gradient = DenseArrays.buffer(gradient);
    this.classes = Math.toIntExact(logits.size(-1));
    this.labelSmoothing = labelSmoothing;
  }

  static LossResult run(
      Parallel parallel,
      INDArray logits,
      INDArray labels,
      double labelSmoothing,
      INDArray gradient) {
    SoftmaxLoss loss = new SoftmaxLoss(logits, labels, labelSmoothing, gradient);
    int rows = loss.labels.capacity();
    LossResult[] parts = new LossResult[(rows + ROWS_PER_PART - 1) / ROWS_PER_PART];
    parallel.run(
        parts.length,
        part ->
            parts[part] =
                loss.rows(part * ROWS_PER_PART, Math.min(rows, (part + 1) * ROWS_PER_PART)));
    LossResult total = LossResult.NOTHING;
    for (LossResult part : parts) {
      total = total.plus(part);
    }
    return total;
  }

  private LossResult rows(int from, int to) {
    float[] row = new float[classes];
    double[] exponentials = new double[classes];
    double sum = 0;
    int correct = 0;
    int counted = 0;
    for (int n = from; n < to; n++) {
      int label = (int) labels.get(n);
      if (label < 0) {
        gradient.put(n * classes, new float[classes]);
        continue;
      }
      counted++;
      logits.get(n * classes, row);
      int largest = largest(row);
      double total = exponentials(row, row[largest], exponentials);
      double logTotal = Math.log(total) + row[largest];
      sum += loss(row, label, logTotal);
      correct += largest == label && !Double.isNaN(logTotal) ? 1 : 0;
      double uniform = labelSmoothing / classes;
      for (int c = 0; c < classes; c++) {
        double target = uniform + (c == label ? 1 - labelSmoothing : 0);
        row[c] = (float) (exponentials[c] / total - target);
      }
      gradient.put(n * classes, row);
    }
    return new LossResult(sum, correct, counted);
  }

  private static int largest(float[] row) {
    int largest = 0;
    for (int c = 1; c < row.length; c++) {
      largest = row[c] > row[largest] ? c : largest;
    }
    return largest;
  }

  /** Their sum. */
  private static double exponentials(float[] row, float largest, double[] exponentials) {
    double total = 0;
    for (int c = 0; c < row.length; c++) {
      exponentials[c] = Math.exp((double) row[c] - largest);
      total += exponentials[c];
    }
    return total;
  }

  private double loss(float[] row, int label, double logTotal) {
    double logitSum = 0;
    for (float logit : row) {
      logitSum += logit;
    }
    return logTotal - (1 - labelSmoothing) * row[label] - labelSmoothing / classes * logitSum;
  }
}
