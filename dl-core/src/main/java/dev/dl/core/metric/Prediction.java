package dev.dl.core.metric;

/**
 * What a classifier says of one sample.
 *
 * @param sample its position in the split
 * @param label its class
 * @param predicted the class that it is taken for, {@link #NONE} where the logits were not finite
 * @param probability that the prediction is given, from 0 to 1; NaN where there is none
 * @param labelProbability that its class is given, likewise
 */
public record Prediction(
    int sample, int label, int predicted, double probability, double labelProbability) {
  public static final int NONE = -1;

  /** Whether the sample is put into its class. */
  public boolean correct() {
    return predicted == label;
  }
}
