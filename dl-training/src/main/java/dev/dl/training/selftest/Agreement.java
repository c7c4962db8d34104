package dev.dl.training.selftest;

import dev.dl.core.tensorfile.Tensor;
import java.util.Map;

/**
 * How far two sides are apart on one case.
 *
 * @param name of the case
 * @param tensors that were compared
 * @param worst the one that differs most; {@code null} if a side has none
 * @param difference the length of the difference there, over the length of the tensor; {@code null}
 *     likewise
 * @param agrees whether it is within the tolerance
 */
public record Agreement(String name, int tensors, String worst, Double difference, boolean agrees) {

  /** Shorter ones are rounding: the gradient of a bias that a normalization takes away again. */
  private static final double SHORTEST = 1e-3;

  /** Of a case that a side did not get to. */
  static Agreement missing(String name) {
    return new Agreement(name, 0, null, null, false);
  }

  static Agreement of(
      String name, Map<String, Tensor> tested, Map<String, Tensor> reference, double tolerance) {
    double longest =
        reference.values().stream().mapToDouble(each -> length(each.values())).max().orElse(0);
    String worst = null;
    double largest = -1;
    for (Map.Entry<String, Tensor> entry : reference.entrySet()) {
      float[] expected = entry.getValue().values();
      double length = Math.max(length(expected), SHORTEST * longest);
      double difference = distance(tested.get(entry.getKey()).values(), expected) / length;
      if (!(difference <= largest)) { // so that one that is not a number is the worst
        worst = entry.getKey();
        largest = difference;
      }
      if (Double.isNaN(largest)) {
        break;
      }
    }
    return new Agreement(name, reference.size(), worst, largest, largest <= tolerance);
  }

  private static double length(float[] values) {
    return distance(new float[values.length], values);
  }

  private static double distance(float[] first, float[] second) {
    double squares = 0;
    for (int i = 0; i < second.length; i++) {
      double difference = (double) first[i] - second[i];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }
}
