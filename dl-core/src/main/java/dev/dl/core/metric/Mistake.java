package dev.dl.core.metric;

import java.util.Comparator;

/**
 * A sample that was put into the wrong class.
 *
 * @param sample its position in the split
 * @param label its class
 * @param predicted the class it was taken for
 * @param probability that the prediction was given, from 0 to 1
 */
public record Mistake(int sample, int label, int predicted, double probability) {

  /** The most confident first; of equally confident ones, the first in the split. */
  public static final Comparator<Mistake> MOST_CONFIDENT_FIRST =
      Comparator.comparingDouble(Mistake::probability).reversed().thenComparing(Mistake::sample);
}
