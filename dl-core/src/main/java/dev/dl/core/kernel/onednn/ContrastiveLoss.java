package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The contrastive loss of pairs of vectors, one pair a task, summed in double precision. */
record ContrastiveLoss(Parallel parallel, double scale) {

  LossResult run(INDArray outputs, INDArray gradient) {
    int features = Math.toIntExact(outputs.size(-1));
    int count = Math.toIntExact(outputs.size(0) / 2);
    Pairs pairs = new Pairs(DenseArrays.read(outputs), features, count);
    double[][] slopes = new double[count][count];
    LossResult[] results = new LossResult[count];
    parallel.run(count, pair -> results[pair] = pairs.compare(pair, scale, slopes[pair]));
    float[] gradients = new float[2 * count * features];
    parallel.run(count, pair -> pairs.differentiate(pair, slopes, gradients));
    DenseArrays.write(gradients, gradient);
    LossResult total = LossResult.NOTHING;
    for (LossResult result : results) {
      total = total.plus(result);
    }
    return total;
  }

  /**
   * @param values {@code [count, 2, features]}
   */
  private record Pairs(float[] values, int features, int count) {

    /**
     * The loss of the first vector of a pair.
     *
     * @param slopes {@code [count]}, written with the gradient of the cosines with all second ones
     */
    LossResult compare(int pair, double scale, double[] slopes) {
      double largest = Double.NEGATIVE_INFINITY;
      int closest = 0;
      for (int other = 0; other < count; other++) {
        slopes[other] = scale * product(2 * pair, 2 * other + 1);
        closest = slopes[other] > slopes[closest] ? other : closest;
        largest = Math.max(largest, slopes[other]);
      }
      double total = 0;
      for (double logit : slopes) {
        total += Math.exp(logit - largest);
      }
      double loss = largest + Math.log(total) - slopes[pair];
      for (int other = 0; other < count; other++) {
        double probability = Math.exp(slopes[other] - largest) / total;
        slopes[other] = scale * (probability - (other == pair ? 1 : 0));
      }
      return new LossResult(loss, closest == pair && !Double.isNaN(loss) ? 1 : 0, 1);
    }

    private double product(int first, int second) {
      double sum = 0;
      for (int i = 0; i < features; i++) {
        sum += (double) values[first * features + i] * values[second * features + i];
      }
      return sum;
    }

    /** Writes the gradients of both vectors of a pair. */
    void differentiate(int pair, double[][] slopes, float[] gradients) {
      double[] first = new double[features];
      double[] second = new double[features];
      for (int other = 0; other < count; other++) {
        add(slopes[pair][other], 2 * other + 1, first);
        add(slopes[other][pair], 2 * other, second);
      }
      for (int i = 0; i < features; i++) {
        gradients[2 * pair * features + i] = (float) first[i];
        gradients[(2 * pair + 1) * features + i] = (float) second[i];
      }
    }

    private void add(double slope, int row, double[] sum) {
      for (int i = 0; i < features; i++) {
        sum[i] += slope * values[row * features + i];
      }
    }
  }
}
