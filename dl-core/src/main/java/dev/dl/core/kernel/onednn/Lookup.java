package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Rows of a table by their ids. The gradient of a row is summed in the order of its uses and in
 * double precision by whichever task has the row, so it depends on nothing but its inputs.
 *
 * @param ids of each output row
 * @param features of a row
 */
record Lookup(int[] ids, int features) {
  private static final int ROWS_PER_TASK = 64;
  private static final int TILE = 1 << 14;

  void gather(Parallel parallel, FloatBuffer table, FloatBuffer output) {
    parallel.run(
        tasks(),
        task -> {
          int end = Math.min((task + 1) * ROWS_PER_TASK, ids.length);
          for (int i = task * ROWS_PER_TASK; i < end; i++) {
            output.put(i * features, table, ids[i] * features, features);
          }
        });
  }

  /**
   * Writes the gradient of the whole table.
   *
   * @param ignoredId whose row gets no gradient; negative for none
   */
  void scatter(
      Parallel parallel, FloatBuffer outputGradient, int ignoredId, FloatBuffer tableGradient) {
    clear(parallel, tableGradient);
    long[] uses = uses();
    parallel.run(
        tasks(),
        task -> {
          int end = Math.min((task + 1) * ROWS_PER_TASK, uses.length);
          float[] row = new float[features];
          double[] sums = new double[features];
          // A task has the rows whose first use lies in its stretch.
          for (int first = firstOfRow(uses, task * ROWS_PER_TASK); first < end; ) {
            int next = firstOfRow(uses, first + 1);
            if (id(uses[first]) != ignoredId) {
              Arrays.fill(sums, 0);
              for (int i = first; i < next; i++) {
                outputGradient.get((int) uses[i] * features, row);
                add(row, sums);
              }
              narrow(sums, row);
              tableGradient.put(id(uses[first]) * features, row);
            }
            first = next;
          }
        });
  }

  private int tasks() {
    return (ids.length + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
  }

  private static void clear(Parallel parallel, FloatBuffer values) {
    int tasks = (values.capacity() + TILE - 1) / TILE;
    float[] zeros = new float[TILE];
    parallel.run(
        tasks,
        task -> {
          int start = task * TILE;
          values.put(start, zeros, 0, Math.min(TILE, values.capacity() - start));
        });
  }

  /** Every use, the id in the upper half and the output row in the lower, sorted. */
  private long[] uses() {
    long[] uses = new long[ids.length];
    for (int i = 0; i < uses.length; i++) {
      uses[i] = (long) ids[i] << Integer.SIZE | i;
    }
    Arrays.sort(uses);
    return uses;
  }

  private static int id(long use) {
    return (int) (use >>> Integer.SIZE);
  }

  /** The first use at or after {@code from} of a row not used before it. */
  private static int firstOfRow(long[] uses, int from) {
    int i = from;
    while (i > 0 && i < uses.length && id(uses[i]) == id(uses[i - 1])) {
      i++;
    }
    return i;
  }

  private static void add(float[] row, double[] sums) {
    for (int i = 0; i < row.length; i++) {
      sums[i] += row[i];
    }
  }

  private static void narrow(double[] sums, float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) sums[i];
    }
  }
}
