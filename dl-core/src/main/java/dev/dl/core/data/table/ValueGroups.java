package dev.dl.core.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows grouped by the value of a feature, in rising order, and what the target is in them.
 *
 * @param count how many groups there are
 * @param pure whether the target is the same throughout each group
 * @param runs lengths, in rows, of the stretches with one target
 * @param targets how many different targets there are
 */
record ValueGroups(int count, boolean pure, List<Integer> runs, int targets) {

  static ValueGroups of(float[] values, float[] target) {
    int[] order = order(values);
    int count = 1;
    boolean pure = true;
    List<Integer> runs = new ArrayList<>();
    int run = 1;
    for (int i = 1; i < order.length; i++) {
      boolean sameValue = values[order[i]] == values[order[i - 1]];
      boolean sameTarget = target[order[i]] == target[order[i - 1]];
      count += sameValue ? 0 : 1;
      pure &= !sameValue || sameTarget;
      if (!sameTarget) {
        runs.add(run);
        run = 0;
      }
      run++;
    }
    runs.add(run);
    return new ValueGroups(count, pure, runs, distinct(target));
  }

  /** Whether every target has one run only, of at least so many rows. */
  boolean separate(int rows) {
    return pure && runs.size() == targets && runs.stream().allMatch(run -> run >= rows);
  }

  /** Positions of the values in rising order: sorted as numbers above the position. */
  private static int[] order(float[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(values[i] + 0f);
      int rising = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
      keys[i] = (long) rising << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  private static int distinct(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int distinct = 1;
    for (int i = 1; i < sorted.length; i++) {
      distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
    }
    return distinct;
  }
}
