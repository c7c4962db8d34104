package dev.dl.core.kernel.winograd;

/**
 * The arrays that one thread works on, for one row of tiles; they grow to the longest asked for.
 * What they hold between two tasks means nothing.
 */
public final class Tables {
  /** One row of pixels. */
  float[][] pixels = {{}};

  /** Another row of pixels. */
  float[][] others;

  /** What a row of tiles adds to the next, before its horizontal transform. */
  float[][] waiting;

  /** Sums over the pixels of each tile. */
  float[] sums;

  /** Tiles that are transformed along one axis. */
  float[][] values;

  /** Tiles at their points. */
  float[][] points;

  /** Room for {@code length} floats, and for pixels that hang over by {@code margin} floats. */
  Tables ofLength(int length, int margin) {
    if (pixels[0].length < length + margin) {
      pixels = new float[Tiling.INPUT][length + margin];
      others = new float[Tiling.OUTPUT][length + margin];
      waiting = new float[Tiling.OVERLAP * Tiling.INPUT][length + margin];
      sums = new float[length + margin];
      values = new float[Tiling.POINTS][length + margin];
      points = new float[Tiling.POINTS][length + margin];
    }
    return this;
  }

  static void add(float[] values, float[] target, int length) {
    for (int i = 0; i < length; i++) {
      target[i] += values[i];
    }
  }
}
