package dev.dl.models.layer;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.DenseArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The keys and values of the tokens of one text that attention has read, so that later ones attend
 * to them without their being computed again.
 */
final class KeyValueCache {
  private final AttentionGeometry geometry;
  private final int features;
  private final int known;

  /** {@code [positions, keys and values]}. */
  private final float[] rows;

  /**
   * @param longest geometry of the longest text
   */
  KeyValueCache(AttentionGeometry longest, OperationContext place, Past past) {
    geometry = longest;
    features = longest.features();
    known = past.length();
    rows = past.of(place, longest.length() * 2 * features);
  }

  /** Whether nothing was read before. */
  boolean isEmpty() {
    return known == 0;
  }

  /**
   * Keeps the keys and values of new tokens.
   *
   * @param queriesKeysValues {@code [1, tokens, 3 · features]}
   */
  void add(INDArray queriesKeysValues) {
    float[] added = DenseArrays.read(queriesKeysValues);
    for (int start = 0, token = known; start < added.length; start += 3 * features, token++) {
      System.arraycopy(added, start + features, rows, token * 2 * features, 2 * features);
    }
  }

  /**
   * Has the latest tokens attend to themselves and to all before them.
   *
   * @param queriesKeysValues of those tokens, which were added
   * @param output {@code [1, tokens, features]}
   */
  void attend(INDArray queriesKeysValues, INDArray output) {
    float[] queries = DenseArrays.read(queriesKeysValues);
    float[] attended = new float[queries.length / 3];
    for (int token = 0; token < attended.length / features; token++) {
      double[] weights = new double[known + token + 1];
      for (int head = 0; head < geometry.heads(); head++) {
        int place = head * geometry.headSize();
        weigh(queries, token * 3 * features + place, place, weights);
        mix(weights, features + place, attended, token * features + place);
      }
    }
    DenseArrays.write(attended, output);
  }

  /** The probabilities of the keys of one head, for the query that begins at {@code query}. */
  private void weigh(float[] queries, int query, int key, double[] weights) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < weights.length; token++) {
      float product = 0;
      int row = token * 2 * features + key;
      for (int i = 0; i < geometry.headSize(); i++) {
        product += queries[query + i] * rows[row + i];
      }
      weights[token] = product * geometry.scale();
      largest = Math.max(largest, weights[token]);
    }
    double sum = 0;
    for (int token = 0; token < weights.length; token++) {
      weights[token] = Math.exp(weights[token] - largest);
      sum += weights[token];
    }
    for (int token = 0; token < weights.length; token++) {
      weights[token] /= sum;
    }
  }

  private void mix(double[] weights, int value, float[] attended, int place) {
    for (int token = 0; token < weights.length; token++) {
      float weight = (float) weights[token];
      int row = token * 2 * features + value;
      for (int i = 0; i < geometry.headSize(); i++) {
        attended[place + i] += weight * rows[row + i];
      }
    }
  }
}
