package dev.dl.training.reproduction;

import dev.dl.core.tensorfile.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * How far the weights of two networks are apart.
 *
 * @param largest difference of a weight
 * @param relative Euclidean length of all differences, as a share of that of the first weights
 */
public record WeightDistance(double largest, double relative) {

  /** Empty where the names or the shapes are not the same. */
  static Optional<WeightDistance> between(Map<String, Tensor> first, Map<String, Tensor> second) {
    if (!first.keySet().equals(second.keySet())) {
      return Optional.empty();
    }
    double largest = 0;
    double squares = 0;
    double length = 0;
    for (Map.Entry<String, Tensor> entry : first.entrySet()) {
      Tensor other = second.get(entry.getKey());
      if (!entry.getValue().shape().equals(other.shape())) {
        return Optional.empty();
      }
      float[] before = entry.getValue().values();
      float[] after = other.values();
      for (int i = 0; i < before.length; i++) {
        double difference = (double) after[i] - before[i];
        largest = Math.max(largest, Math.abs(difference));
        squares += difference * difference;
        length += (double) before[i] * before[i];
      }
    }
    return Optional.of(new WeightDistance(largest, Math.sqrt(squares / length)));
  }
}
