package dev.dl.core.data.augment;

import dev.dl.core.random.Draws;

/**
 * Numbers from the symmetric beta distribution, from two of the gamma distribution, which are drawn
 * by rejection: Marsaglia and Tsang 2000, "A simple method for generating gamma variables"
 * (https://doi.org/10.1145/358407.358414).
 */
final class Beta {
  private Beta() {}

  /**
   * A number in [0, 1] from Beta(alpha, alpha).
   *
   * @param alpha above 0
   */
  static double symmetric(double alpha, Draws draws) {
    // By logarithms: for a small alpha, both gamma variables may be too small for a double.
    double first = logGamma(alpha, draws);
    double second = logGamma(alpha, draws);
    return 1 / (1 + StrictMath.exp(second - first));
  }

  /** The logarithm of a number from Gamma(shape, 1). */
  private static double logGamma(double shape, Draws draws) {
    if (shape < 1) {
      double power = StrictMath.log(1 - draws.uniform()) / shape;
      return logGamma(shape + 1, draws) + power;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = draws.gaussian();
      double root = 1 + c * normal;
      if (root > 0) {
        double cube = root * root * root;
        double acceptance = normal * normal / 2 + d * (1 - cube + StrictMath.log(cube));
        if (StrictMath.log(1 - draws.uniform()) < acceptance) {
          return StrictMath.log(d * cube);
        }
      }
    }
  }
}
