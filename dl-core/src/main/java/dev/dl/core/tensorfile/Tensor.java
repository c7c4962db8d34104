package dev.dl.core.tensorfile;

import java.util.Arrays;
import java.util.List;

/**
 * An array of numbers with a shape, float32 and dense, the last axis varying fastest.
 *
 * @param shape sizes of the axes; empty for a single number
 * @param values as many as the product of the shape; shared with the caller, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record Tensor(List<Long> shape, float[] values) {

  public Tensor {
    shape = List.copyOf(shape);
    long count = shape.stream().reduce(1L, Math::multiplyExact);
    if (count != values.length || shape.stream().anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "tensor: got " + values.length + " values, expected as many as the shape " + shape);
    }
  }

  /** Equal when shapes and values are, bit for bit except that all NaNs are one. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && shape.equals(tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
