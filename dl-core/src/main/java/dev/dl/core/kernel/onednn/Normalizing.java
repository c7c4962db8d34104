package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Activation;

/**
 * {@code (x - center) · slope + shift} over one tile, in place, without or with a cut after it. The
 * loops vectorize: no comparison but {@code max} and {@code min}, which pass a NaN on.
 */
enum Normalizing {
  PLAIN {
    @Override
    void run(float[] x, float[] center, float[] slope, float[] shift, int length) {
      for (int i = 0; i < length; i++) {
        x[i] = (x[i] - center[i]) * slope[i] + shift[i];
      }
    }
  },

  RELU {
    @Override
    void run(float[] x, float[] center, float[] slope, float[] shift, int length) {
      for (int i = 0; i < length; i++) {
        x[i] = Math.max((x[i] - center[i]) * slope[i] + shift[i], 0);
      }
    }
  },

  RELU6 {
    @Override
    void run(float[] x, float[] center, float[] slope, float[] shift, int length) {
      for (int i = 0; i < length; i++) {
        x[i] = Math.min(Math.max((x[i] - center[i]) * slope[i] + shift[i], 0), 6);
      }
    }
  };

  /** With this activation, or without one where it is another. */
  static Normalizing of(Activation activation) {
    return switch (activation) {
      case RELU -> RELU;
      case RELU6 -> RELU6;
      default -> PLAIN;
    };
  }

  /**
   * @param center the mean, like {@code slope} and {@code shift} repeated for each row of the tile
   * @param slope the scale over the deviation
   */
  abstract void run(float[] x, float[] center, float[] slope, float[] shift, int length);
}
