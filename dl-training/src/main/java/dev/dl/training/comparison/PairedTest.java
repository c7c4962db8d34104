package dev.dl.training.comparison;

import org.apache.commons.statistics.inference.TTest;

/**
 * Whether the differences of pairs are around zero, two-sided.
 *
 * @param name {@code paired t} or {@code paired permutation}
 * @param p how often differences as far from zero come about where there is none
 */
record PairedTest(String name, double p) {
  static final String STUDENT = "paired t";
  static final String PERMUTATION = "paired permutation";

  private static final int MOST_PAIRS_TO_PERMUTE = 20;
  private static final double ROUNDING = 1e-12;

  /** A permutation test is taken once it can come as low as this after correction. */
  private static final double LOW = 0.01;

  /**
   * The test that fits: of permutations, which takes nothing for granted, where there are enough
   * pairs for it to tell anything; Student's, which takes differences to be normal, for fewer.
   * Differences that do not vary are no case for Student.
   *
   * @param comparisons that p will be corrected for
   */
  static PairedTest of(double[] differences, int comparisons) {
    int pairs = differences.length;
    boolean few = comparisons * lowestByPermutation(pairs) > LOW;
    boolean many = pairs > MOST_PAIRS_TO_PERMUTE;
    return Sample.varies(differences) && (few || many)
        ? student(differences)
        : permutation(differences);
  }

  /** The lowest p that the permutations of so many pairs can come to. */
  static double lowestByPermutation(int pairs) {
    return Math.scalb(2.0, -pairs);
  }

  static PairedTest student(double... differences) {
    return new PairedTest(STUDENT, TTest.withDefaults().test(differences).getPValue());
  }

  /** Of all ways to swap the two of each pair, the share that comes out as far from zero. */
  static PairedTest permutation(double... differences) {
    double sum = 0;
    double size = 0;
    for (double difference : differences) {
      sum += difference;
      size += Math.abs(difference);
    }
    double least = Math.abs(sum) - ROUNDING * size;
    long extreme = extreme(differences, 0, 0, least);
    return new PairedTest(PERMUTATION, extreme / Math.scalb(1.0, differences.length));
  }

  private static long extreme(double[] differences, int from, double sum, double least) {
    return from == differences.length
        ? Math.abs(sum) >= least ? 1 : 0
        : extreme(differences, from + 1, sum + differences[from], least)
            + extreme(differences, from + 1, sum - differences[from], least);
  }
}
