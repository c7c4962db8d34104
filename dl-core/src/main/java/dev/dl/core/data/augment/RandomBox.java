package dev.dl.core.data.augment;

import dev.dl.core.random.Draws;
import java.util.Optional;

/**
 * A box of random area, proportions and place.
 *
 * @param minimumArea share of the picture's area, above 0
 * @param maximumArea at most 1
 * @param minimumRatio width by height, above 0
 */
record RandomBox(double minimumArea, double maximumArea, double minimumRatio, double maximumRatio) {
  private static final int TRIES = 10;

  RandomBox {
    Check.argument(
        minimumArea > 0 && minimumArea <= maximumArea && maximumArea <= 1,
        "areas from " + minimumArea + " to " + maximumArea);
    Check.argument(
        minimumRatio > 0 && minimumRatio <= maximumRatio && maximumRatio < Double.POSITIVE_INFINITY,
        "ratios from " + minimumRatio + " to " + maximumRatio);
  }

  /** A box inside a picture of this size; none if ten of them did not fit into it. */
  Optional<Box> draw(int height, int width, Draws draws) {
    double logMinimum = StrictMath.log(minimumRatio);
    double logMaximum = StrictMath.log(maximumRatio);
    for (int i = 0; i < TRIES; i++) {
      double area = (double) height * width * draws.between(minimumArea, maximumArea);
      double ratio = StrictMath.exp(draws.between(logMinimum, logMaximum));
      int boxWidth = (int) Math.rint(Math.sqrt(area * ratio));
      int boxHeight = (int) Math.rint(Math.sqrt(area / ratio));
      if (boxWidth > 0 && boxWidth <= width && boxHeight > 0 && boxHeight <= height) {
        int top = draws.below(height - boxHeight + 1);
        int left = draws.below(width - boxWidth + 1);
        return Optional.of(new Box(top, left, boxHeight, boxWidth));
      }
    }
    return Optional.empty();
  }
}
