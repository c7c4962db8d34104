package dev.dl.core.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers how well the classes of pixels are told; pixels with a negative class are left out.
 *
 * <p>{@code meanIoU} is the mean over the classes of intersection over union, {@code dice} that of
 * twice the intersection over the sum, both over all pixels of the split and without classes that
 * occur neither in the targets nor in the answers; {@code accuracy} is the share of pixels that are
 * right, {@code loss} their mean cross-entropy in nats.
 */
public final class PixelMetrics implements Metrics {
  private final int classes;
  private final long[][] confusion;
  private long samples;
  private double lossSum;

  /** Starts with nothing gathered. */
  public PixelMetrics(int classes) {
    this.classes = classes;
    this.confusion = new long[classes][classes];
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    samples += numbers.length;
    for (int pixel = 0; pixel < targets.length; pixel++) {
      int label = (int) targets[pixel];
      if (label >= 0) {
        add(outputs, pixel * classes, label);
      }
    }
  }

  private void add(float[] logits, int row, int label) {
    int likeliest = 0;
    for (int c = 1; c < classes; c++) {
      likeliest = logits[row + c] > logits[row + likeliest] ? c : likeliest;
    }
    double largest = logits[row + likeliest];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits[row + c] - largest);
    }
    lossSum += largest + Math.log(sum) - logits[row + label];
    confusion[label][Double.isNaN(sum) ? (label + 1) % classes : likeliest]++;
  }

  @Override
  public Evaluation result() {
    long pixels = 0;
    long right = 0;
    int occurring = 0;
    double overUnion = 0;
    double dice = 0;
    for (int c = 0; c < classes; c++) {
      long labels = 0;
      long answers = 0;
      for (int other = 0; other < classes; other++) {
        labels += confusion[c][other];
        answers += confusion[other][c];
      }
      long common = confusion[c][c];
      pixels += labels;
      right += common;
      if (labels + answers > 0) {
        occurring++;
        overUnion += (double) common / (labels + answers - common);
        dice += 2.0 * common / (labels + answers);
      }
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("meanIoU", overUnion / occurring);
    metrics.put("dice", dice / occurring);
    metrics.put("accuracy", (double) right / pixels);
    metrics.put("loss", lossSum / pixels);
    return new NumberEvaluation(samples, metrics);
  }
}
