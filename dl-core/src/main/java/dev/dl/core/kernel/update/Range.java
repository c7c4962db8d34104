package dev.dl.core.kernel.update;

/**
 * A stretch of a flat buffer.
 *
 * @param offset index of the first element
 * @param length number of elements
 */
public record Range(long offset, long length) {
  public Range {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException(
          "range: got offset " + offset + " and length " + length + ", expected neither below 0");
    }
  }

  /** Index after the last element. */
  public long end() {
    return offset + length;
  }
}
