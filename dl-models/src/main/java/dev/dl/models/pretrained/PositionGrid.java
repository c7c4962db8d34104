package dev.dl.models.pretrained;

/**
 * Vectors of positions that lie on a grid, such as those of the patches of an image, brought to
 * another grid by bicubic interpolation, as PyTorch's {@code interpolate} does without aligned
 * corners and without smoothing.
 *
 * @param features of each position
 */
record PositionGrid(int height, int width, int features) {
  private static final double SHARPNESS = -0.75;
  private static final int TAPS = 4;

  /**
   * The vectors of another grid.
   *
   * @param values {@code [height, width, features]}, from {@code start} on
   * @param to as many features
   * @return {@code [to.height, to.width, features]}
   */
  float[] interpolated(float[] values, int start, PositionGrid to) {
    float[] result = new float[to.height * to.width * features];
    for (int y = 0; y < to.height; y++) {
      double centreY = centre(y, height, to.height);
      double[] weightsY = weights(centreY);
      for (int x = 0; x < to.width; x++) {
        double centreX = centre(x, width, to.width);
        double[] weightsX = weights(centreX);
        for (int feature = 0; feature < features; feature++) {
          double sum = 0;
          for (int i = 0; i < TAPS; i++) {
            int row = clamped(centreY, i, height);
            for (int j = 0; j < TAPS; j++) {
              int column = clamped(centreX, j, width);
              sum +=
                  weightsY[i]
                      * weightsX[j]
                      * values[start + (row * width + column) * features + feature];
            }
          }
          result[(y * to.width + x) * features + feature] = (float) sum;
        }
      }
    }
    return result;
  }

  /** Where the centre of a position lies among those before. */
  private static double centre(int position, int before, int after) {
    return (position + 0.5) * before / after - 0.5;
  }

  private static int clamped(double centre, int tap, int size) {
    return Math.max(0, Math.min(size - 1, (int) Math.floor(centre) - 1 + tap));
  }

  private static double[] weights(double centre) {
    double t = centre - Math.floor(centre);
    return new double[] {far(t + 1), near(t), near(1 - t), far(2 - t)};
  }

  private static double near(double x) {
    return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
  }

  private static double far(double x) {
    return ((SHARPNESS * x - 5 * SHARPNESS) * x + 8 * SHARPNESS) * x - 4 * SHARPNESS;
  }
}
