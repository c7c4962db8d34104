package dev.dl.training.optimizer;

import dev.dl.core.kernel.update.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of the flat parameter vector that is trained. What no range names stays as it is:
 * frozen weights.
 *
 * @param offset index of the first element
 * @param length number of elements
 * @param decayed whether weight decay applies: not to biases and norms
 */
public record ParameterRange(long offset, long length, boolean decayed, Pace pace) {

  /** One that is trained from the start and at the full learning rate. */
  public ParameterRange(long offset, long length, boolean decayed) {
    this(offset, length, decayed, Pace.FULL);
  }

  /**
   * Joins neighbours of equal decay and pace, so that a network of small layers needs few passes.
   */
  static List<ParameterRange> joined(List<ParameterRange> ranges, long parameterCount) {
    List<ParameterRange> joined = new ArrayList<>();
    long end = 0;
    for (ParameterRange range : ranges) {
      if (range.offset < end || range.length < 0 || range.end() > parameterCount) {
        throw new IllegalArgumentException(
            "ranges: got %s after %d of %d parameters, expected ascending ones without overlap"
                .formatted(range, end, parameterCount));
      }
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).continuesIn(range)) {
        joined.set(last, joined.get(last).through(range));
      } else {
        joined.add(range);
      }
      end = range.end();
    }
    return List.copyOf(joined);
  }

  Range range() {
    return new Range(offset, length);
  }

  private long end() {
    return offset + length;
  }

  private boolean continuesIn(ParameterRange next) {
    return end() == next.offset && decayed == next.decayed && pace.equals(next.pace);
  }

  private ParameterRange through(ParameterRange next) {
    return new ParameterRange(offset, length + next.length, decayed, pace);
  }
}
