package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Activation;

/**
 * The loops of {@link ChannelNormalization} over one tile, without and with ReLU or ReLU6. They
 * vectorize: no comparison but {@code max} and {@code min}.
 *
 * @param ceiling where values are cut off above, as they are at zero; NaN where they are not
 */
record Normalizing(float ceiling) {

  /** The loops with this activation; without one where it is another. */
  static Normalizing of(Activation activation) {
    return new Normalizing(
        switch (activation) {
          case RELU -> Float.POSITIVE_INFINITY;
          case RELU6 -> 6;
          default -> Float.NaN;
        });
  }

  boolean clips() {
    return !Float.isNaN(ceiling);
  }

  /**
   * What is the same for all rows, repeated for each row of a tile.
   *
   * @param center the mean
   * @param slope the scale over the deviation
   */
  record Lanes(float[] center, float[] slope, float[] shift) {}

  /** {@code (x - center) · slope + shift} in place, cut off. */
  void forward(float[] x, Lanes lanes, int length) {
    if (clips()) {
      clipped(x, lanes.center, lanes.slope, lanes.shift, ceiling, length);
    } else {
      plain(x, lanes.center, lanes.slope, lanes.shift, length);
    }
  }

  private static void plain(float[] x, float[] center, float[] slope, float[] shift, int length) {
    for (int i = 0; i < length; i++) {
      x[i] = (x[i] - center[i]) * slope[i] + shift[i];
    }
  }

  private static void clipped(
      float[] x, float[] center, float[] slope, float[] shift, float ceiling, int length) {
    for (int i = 0; i < length; i++) {
      float y = (x[i] - center[i]) * slope[i] + shift[i];
      x[i] = Math.min(Math.max(y, 0), ceiling);
    }
  }

  /**
   * Clears the gradient where the forward pass cut off: where {@code y (1 - y / ceiling)} is not
   * positive. A product of a positive number with itself over itself is 1 without a comparison.
   */
  void gradient(float[] x, Lanes lanes, float[] gradient, int length) {
    if (clips()) {
      masked(x, lanes.center, lanes.slope, lanes.shift, 1 / ceiling, gradient, length);
    }
  }

  private static void masked(
      float[] x,
      float[] center,
      float[] slope,
      float[] shift,
      float inverseCeiling,
      float[] gradient,
      int length) {
    for (int i = 0; i < length; i++) {
      float y = (x[i] - center[i]) * slope[i] + shift[i];
      float inside = y * (1 - y * inverseCeiling);
      float size = Math.abs(inside);
      gradient[i] *= (inside + size) / (size + size + Float.MIN_NORMAL);
    }
  }

  /** Adds the gradient, and its product with the distance from the mean, to sums per lane. */
  static void accumulate(
      float[] x, float[] center, float[] gradient, float[] sums, float[] products, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += gradient[i];
      products[i] += gradient[i] * (x[i] - center[i]);
    }
  }

  /** The gradient of the input in place: slope · gradient + rate · distance + constant. */
  static void backward(
      float[] x, Lanes lanes, float[] rate, float[] constant, float[] gradient, int length) {
    backward(x, lanes.center, lanes.slope, rate, constant, gradient, length);
  }

  private static void backward(
      float[] x,
      float[] center,
      float[] slope,
      float[] rate,
      float[] constant,
      float[] gradient,
      int length) {
    for (int i = 0; i < length; i++) {
      gradient[i] = gradient[i] * slope[i] + (x[i] - center[i]) * rate[i] + constant[i];
    }
  }
}
