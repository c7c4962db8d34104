package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Loss.SoftmaxCrossEntropy;
import dev.dl.core.kernel.LossResult;

/** Softmax cross-entropy of one row at a time. */
final class SoftmaxRow implements LossRow {
  private static final int MIXED = 3;

  private final SoftmaxCrossEntropy loss;
  private final double[] exponentials;
  private final double[] targets;

  SoftmaxRow(SoftmaxCrossEntropy loss, int classes) {
    this.loss = loss;
    exponentials = new double[classes];
    targets = new double[classes];
  }

  @Override
  public LossResult run(float[] values, float[] label) {
    int first = (int) label[0];
    if (first < 0) {
      java.util.Arrays.fill(values, 0);
      return LossResult.NOTHING;
    }
    int other = label.length == MIXED ? (int) label[1] : first;
    double share = label.length == MIXED ? label[2] : 1;
    double weight = target(first, other, share);
    int largest = largest(values);
    double total = exponentials(values, values[largest], exponentials);
    double logTotal = Math.log(total) + values[largest];
    double sum = weight * logTotal;
    for (int c = 0; c < values.length; c++) {
      sum -= targets[c] * values[c];
      values[c] = (float) (weight * exponentials[c] / total - targets[c]);
    }
    boolean correct = largest == (share < 0.5 ? other : first) && !Double.isNaN(logTotal);
    return new LossResult(sum, correct ? 1 : 0, 1);
  }

  /** Writes what each class is to be, by its weight, and returns the sum. */
  private double target(int first, int other, double share) {
    double smoothing = loss.labelSmoothing();
    java.util.Arrays.fill(targets, smoothing / targets.length);
    targets[first] += (1 - smoothing) * share;
    targets[other] += (1 - smoothing) * (1 - share);
    double sum = 0;
    for (int c = 0; c < targets.length; c++) {
      targets[c] *= loss.weight(c);
      sum += targets[c];
    }
    return sum;
  }

  /** The first of the largest; any if one is not a number. */
  static int largest(float[] row) {
    int largest = 0;
    for (int c = 1; c < row.length; c++) {
      largest = row[c] > row[largest] ? c : largest;
    }
    return largest;
  }

  /** Writes the exponential of each logit less the largest, and returns their sum. */
  static double exponentials(float[] row, float largest, double[] exponentials) {
    double total = 0;
    for (int c = 0; c < row.length; c++) {
      exponentials[c] = Math.exp((double) row[c] - largest);
      total += exponentials[c];
    }
    return total;
  }
}
