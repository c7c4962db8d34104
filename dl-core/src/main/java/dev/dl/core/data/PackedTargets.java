package dev.dl.core.data;

import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.TargetEncoding;
import java.util.Arrays;

/**
 * Targets of many samples, in no more memory than their numbers take.
 *
 * @param values those of each sample in turn
 * @param width numbers of a sample
 */
record PackedTargets(float[] values, int width) {

  /**
   * Encodes a target for each row.
   *
   * @param count number of rows
   * @throws dev.dl.core.data.cell.CellException with all problems of their cells
   */
  static PackedTargets of(Rows rows, int count, TargetEncoding target) {
    RowEncoder encoder = target.encoder(rows.file(), rows.columns());
    int width = target.names().size();
    float[] values = new float[Math.multiplyExact(count, width)];
    CellProblems problems = new CellProblems();
    for (int i = 0; i < count; i++) {
      int at = i * width;
      problems.gather(() -> System.arraycopy(encoder.encode(rows.next()), 0, values, at, width));
    }
    problems.throwIfAny();
    return new PackedTargets(values, width);
  }

  float[] get(int sample) {
    return Arrays.copyOfRange(values, sample * width, (sample + 1) * width);
  }
}
