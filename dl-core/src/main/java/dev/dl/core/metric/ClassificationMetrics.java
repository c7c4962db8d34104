package dev.dl.core.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Gathers what a classifier does, batch by batch. Memory depends on the number of classes only. Not
 * safe for several threads: give each its own and {@link #merge} them.
 *
 * <p>Of equal logits the one with the lowest index counts as the highest. A sample with a logit
 * that is NaN or positive infinity makes the loss NaN and counts as wrong.
 */
public final class ClassificationMetrics implements Metrics {
  private static final int MOST_MISTAKES = 25;

  private final int classes;
  private final int topK;
  private final Consumer<Prediction> each;
  private final long[][] confusion;
  private final long[] samplesByClass;
  private final PriorityQueue<Mistake> mistakes =
      new PriorityQueue<>(Mistake.MOST_CONFIDENT_FIRST.reversed());
  private long correct;
  private long inTopK;
  private double lossSum;

  /** Starts with nothing gathered. */
  public ClassificationMetrics(int classes, int topK) {
    this(classes, topK, prediction -> {});
  }

  private ClassificationMetrics(int classes, int topK, Consumer<Prediction> each) {
    if (classes < 1 || topK < 1) {
      throw new IllegalArgumentException(classes + " classes, the best " + topK);
    }
    this.classes = classes;
    this.topK = topK;
    this.each = each;
    this.confusion = new long[classes][classes];
    this.samplesByClass = new long[classes];
  }

  /** The same with nothing gathered, which also tells what is said of each sample. */
  public ClassificationMetrics telling(Consumer<Prediction> each) {
    return new ClassificationMetrics(classes, topK, each);
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] samples) {
    int[] labels = new int[targets.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) targets[i];
    }
    add(outputs, labels, samples);
  }

  /**
   * Adds a batch.
   *
   * @param logits {@code [size, classes]}
   * @param labels {@code [size]}, class indices
   * @param samples {@code [size]}, positions in the split
   */
  public void add(float[] logits, int[] labels, int[] samples) {
    if (logits.length != labels.length * classes || samples.length != labels.length) {
      throw new IllegalArgumentException(
          logits.length
              + " logits of "
              + classes
              + " classes for "
              + labels.length
              + " labels and "
              + samples.length
              + " samples");
    }
    for (int i = 0; i < labels.length; i++) {
      add(logits, i * classes, labels[i], samples[i]);
    }
  }

  /** Adds what another has gathered, of the same classes and k. */
  public void merge(ClassificationMetrics other) {
    if (other.classes != classes || other.topK != topK) {
      throw new IllegalArgumentException(
          classes + " classes, k " + topK + " and " + other.classes + ", k " + other.topK);
    }
    for (int label = 0; label < classes; label++) {
      samplesByClass[label] += other.samplesByClass[label];
      for (int predicted = 0; predicted < classes; predicted++) {
        confusion[label][predicted] += other.confusion[label][predicted];
      }
    }
    correct += other.correct;
    inTopK += other.inTopK;
    lossSum += other.lossSum;
    other.mistakes.forEach(this::keep);
  }

  @Override
  public ClassEvaluation result() {
    double samples = Arrays.stream(samplesByClass).sum();
    List<Mistake> sorted = new ArrayList<>(mistakes);
    sorted.sort(Mistake.MOST_CONFIDENT_FIRST);
    return new ClassEvaluation(
        (long) samples,
        lossSum / samples,
        correct / samples,
        inTopK / samples,
        IntStream.range(0, classes).mapToObj(this::score).toList(),
        Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new),
        sorted);
  }

  private void add(float[] logits, int row, int label, int sample) {
    samplesByClass[label]++;
    double logSum = logSumOfExponentials(logits, row);
    lossSum += logSum - logits[row + label];
    int predicted = Double.isFinite(logSum) ? highest(logits, row) : Prediction.NONE;
    if (predicted == Prediction.NONE) {
      each.accept(new Prediction(sample, label, Prediction.NONE, Double.NaN, Double.NaN));
      return;
    }
    double probability = Math.exp(logits[row + predicted] - logSum);
    each.accept(
        new Prediction(
            sample, label, predicted, probability, Math.exp(logits[row + label] - logSum)));
    confusion[label][predicted]++;
    if (rank(logits, row, label) < topK) {
      inTopK++;
    }
    if (predicted == label) {
      correct++;
    } else {
      keep(new Mistake(sample, label, predicted, probability));
    }
  }

  private void keep(Mistake mistake) {
    mistakes.add(mistake);
    if (mistakes.size() > MOST_MISTAKES) {
      mistakes.remove();
    }
  }

  private double logSumOfExponentials(float[] logits, int row) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (int i = row; i < row + classes; i++) {
      maximum = Math.max(maximum, logits[i]);
    }
    double sum = 0;
    for (int i = row; i < row + classes; i++) {
      sum += Math.exp(logits[i] - maximum);
    }
    return maximum + Math.log(sum);
  }

  private int highest(float[] logits, int row) {
    int highest = 0;
    for (int i = 1; i < classes; i++) {
      if (logits[row + i] > logits[row + highest]) {
        highest = i;
      }
    }
    return highest;
  }

  private int rank(float[] logits, int row, int label) {
    float logit = logits[row + label];
    int above = 0;
    for (int i = 0; i < classes; i++) {
      if (logits[row + i] > logit || (logits[row + i] == logit && i < label)) {
        above++;
      }
    }
    return above;
  }

  private ClassScore score(int label) {
    long right = confusion[label][label];
    long predicted = Arrays.stream(confusion).mapToLong(row -> row[label]).sum();
    return new ClassScore(
        samplesByClass[label], share(right, predicted), share(right, samplesByClass[label]));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
