package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The Dice loss of softmax, one sample a task, summed in double precision. */
record DiceLoss(Parallel parallel, Loss.Dice loss) {

  LossResult run(INDArray outputs, INDArray targets, INDArray gradient) {
    int classes = Math.toIntExact(outputs.size(-1));
    int samples = Math.toIntExact(outputs.size(0));
    int rows = Math.toIntExact(outputs.length() / classes / samples);
    FloatBuffer from = DenseArrays.buffer(outputs);
    FloatBuffer wanted = DenseArrays.buffer(targets);
    FloatBuffer to = DenseArrays.buffer(gradient);
    LossResult[] results = new LossResult[samples];
    parallel.run(
        samples,
        n -> {
          float[] values = new float[rows * classes];
          float[] labels = new float[rows];
          from.get(n * values.length, values);
          wanted.get(n * rows, labels);
          results[n] = new Sample(values, labels, classes).run(loss.crossEntropy());
          to.put(n * values.length, values);
        });
    LossResult total = LossResult.NOTHING;
    for (LossResult result : results) {
      total = total.plus(result);
    }
    return total;
  }

  /**
   * One sample.
   *
   * @param values logits, then probabilities, then gradients: {@code [rows, classes]}
   */
  private record Sample(float[] values, float[] labels, int classes) {

    LossResult run(double entropyWeight) {
      double[] common = new double[classes];
      double[] all = new double[classes];
      int counted = 0;
      int correct = 0;
      double entropy = 0;
      for (int row = 0; row < labels.length; row++) {
        int label = (int) labels[row];
        if (label >= 0) {
          counted++;
          correct += largest(row) == label ? 1 : 0;
          entropy += softmax(row, label);
          add(row, label, common, all);
        }
      }
      double loss = 1;
      for (int c = 0; c < classes; c++) {
        loss -= (2 * common[c] + 1) / (all[c] + 1) / classes;
      }
      differentiate(common, all, counted, entropyWeight);
      return new LossResult(counted * loss + entropyWeight * entropy, correct, counted);
    }

    /** The class with the largest logit; none if one of them is not a number. */
    private int largest(int row) {
      int start = row * classes;
      int largest = 0;
      for (int c = 0; c < classes; c++) {
        if (Float.isNaN(values[start + c])) {
          return -1;
        }
        largest = values[start + c] > values[start + largest] ? c : largest;
      }
      return largest;
    }

    /** Replaces logits by probabilities, and returns the cross-entropy. */
    private double softmax(int row, int label) {
      int start = row * classes;
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        largest = Math.max(largest, values[start + c]);
      }
      double total = 0;
      for (int c = 0; c < classes; c++) {
        total += Math.exp(values[start + c] - largest);
      }
      double logTotal = largest + Math.log(total);
      double entropy = logTotal - values[start + label];
      for (int c = 0; c < classes; c++) {
        values[start + c] = (float) Math.exp(values[start + c] - logTotal);
      }
      return entropy;
    }

    private void add(int row, int label, double[] common, double[] all) {
      for (int c = 0; c < classes; c++) {
        all[c] += values[row * classes + c];
      }
      common[label] += values[row * classes + label];
      all[label]++;
    }

    /** Replaces probabilities by gradients of logits. */
    private void differentiate(double[] common, double[] all, int counted, double entropyWeight) {
      double[] ofProbability = new double[classes];
      double[] ofLabel = new double[classes];
      for (int c = 0; c < classes; c++) {
        double sum = all[c] + 1;
        ofProbability[c] = counted * (2 * common[c] + 1) / (sum * sum) / classes;
        ofLabel[c] = -counted * 2 / sum / classes;
      }
      for (int row = 0; row < labels.length; row++) {
        int label = (int) labels[row];
        int start = row * classes;
        double mean = label < 0 ? 0 : values[start + label] * ofLabel[label];
        for (int c = 0; c < classes; c++) {
          mean += values[start + c] * ofProbability[c];
        }
        for (int c = 0; c < classes; c++) {
          double probability = values[start + c];
          double dice = ofProbability[c] - mean + (c == label ? ofLabel[c] : 0);
          double entropy = probability - (c == label ? 1 : 0);
          values[start + c] =
              label < 0 ? 0 : (float) (probability * dice + entropyWeight * entropy);
        }
      }
    }
  }
}
