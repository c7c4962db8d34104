package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Loss.Focal;
import dev.dl.core.kernel.LossResult;
import java.util.Arrays;

/** Focal loss of one row at a time. */
final class FocalRow implements LossRow {
  private static final int MIXED = 3;

  private final Focal loss;
  private final double[] exponentials;
  private final double[] gradients;

  FocalRow(Focal loss, int classes) {
    this.loss = loss;
    exponentials = new double[classes];
    gradients = new double[classes];
  }

  @Override
  public LossResult run(float[] values, float[] label) {
    int first = (int) label[0];
    if (first < 0) {
      Arrays.fill(values, 0);
      return LossResult.NOTHING;
    }
    int other = label.length == MIXED ? (int) label[1] : first;
    double share = label.length == MIXED ? label[2] : 1;
    int largest = SoftmaxRow.largest(values);
    double total = SoftmaxRow.exponentials(values, values[largest], exponentials);
    Arrays.fill(gradients, 0);
    double sum = 0;
    sum += share == 0 ? 0 : add(values, first, share, values[largest], total);
    sum += share == 1 ? 0 : add(values, other, 1 - share, values[largest], total);
    for (int c = 0; c < values.length; c++) {
      values[c] = (float) gradients[c];
    }
    boolean correct = largest == (share < 0.5 ? other : first) && !Double.isNaN(total);
    return new LossResult(sum, correct ? 1 : 0, 1);
  }

  /** Adds the gradient of one class's share, and returns its loss. */
  private double add(float[] logits, int label, double share, double largest, double total) {
    double weight = share * loss.weight(label);
    double probability = exponentials[label] / total;
    // Not 1 - probability, of which nothing is left where that is nearly one.
    double rest = 0;
    for (int c = 0; c < logits.length; c++) {
      rest += c == label ? 0 : exponentials[c] / total;
    }
    double logProbability = logits[label] - largest - Math.log(total);
    double factor = Math.pow(rest, loss.gamma());
    double ofFactor =
        rest == 0
            ? 0
            : loss.gamma() * Math.pow(rest, loss.gamma() - 1) * probability * logProbability;
    double slope = weight * (ofFactor - factor);
    for (int c = 0; c < gradients.length; c++) {
      double difference = c == label ? rest : -exponentials[c] / total;
      gradients[c] += slope * difference;
    }
    return -weight * factor * logProbability;
  }
}
