package dev.dl.core.data.image;

import java.util.Arrays;

/**
 * For each target pixel of a line the source pixels that it is made of: {@code counts[target]} of
 * them from {@code firsts[target]} on. Their weights, in fixed point, begin at {@code target *
 * stride}.
 */
record Windows(int stride, int[] firsts, int[] counts, int[] weights) {
  static final int PRECISION_BITS = 22;

  static Windows of(int sourceSize, int targetSize, Filter filter) {
    double scale = (double) sourceSize / targetSize;
    double widening = Math.max(scale, 1);
    double support = filter.support() * widening;
    int stride = (int) Math.ceil(support) * 2 + 1;
    int[] firsts = new int[targetSize];
    int[] counts = new int[targetSize];
    int[] weights = new int[targetSize * stride];
    double[] exact = new double[stride];
    for (int target = 0; target < targetSize; target++) {
      double center = (target + 0.5) * scale;
      int first = Math.max((int) (center - support + 0.5), 0);
      int count = Math.min((int) (center + support + 0.5), sourceSize) - first;
      for (int i = 0; i < count; i++) {
        exact[i] = filter.weight((i + first - center + 0.5) * (1 / widening));
      }
      double sum = Arrays.stream(exact, 0, count).reduce(0, Double::sum);
      for (int i = 0; i < count; i++) {
        weights[target * stride + i] = fixedPoint(exact[i] / sum);
      }
      firsts[target] = first;
      counts[target] = count;
    }
    return new Windows(stride, firsts, counts, weights);
  }

  private static int fixedPoint(double weight) {
    return (int) (weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5));
  }
}
