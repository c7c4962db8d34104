package dev.dl.core.kernel.update;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Access to the memory of dense vectors. */
final class FlatBuffer {
  private static final long MAXIMUM_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  private FlatBuffer() {}

  /** Checks that all arrays are dense vectors of one length and type which contain the range. */
  static void check(Range range, INDArray... arrays) {
    for (INDArray array : arrays) {
      int last = array.rank() - 1;
      boolean dense = last >= 0 && array.size(last) == array.length() && array.stride(last) == 1;
      if (!dense) {
        throw new IllegalArgumentException(
            "array: got shape %s and strides %s, expected a dense vector"
                .formatted(Arrays.toString(array.shape()), Arrays.toString(array.stride())));
      }
      if (array.length() != arrays[0].length() || array.dataType() != arrays[0].dataType()) {
        throw new IllegalArgumentException(
            "array: got %d of %s beside %d of %s, expected equal lengths and types"
                .formatted(
                    array.length(), array.dataType(), arrays[0].length(), arrays[0].dataType()));
      }
      if (range.end() > array.length()) {
        throw new IllegalArgumentException(
            "range: got an end of %d, expected at most %d".formatted(range.end(), array.length()));
      }
    }
  }

  /** The elements of a dense vector of floats in host memory, without a copy. */
  static FloatBuffer floats(INDArray array) {
    if (array.dataType() != DataType.FLOAT || array.length() > MAXIMUM_FLOATS) {
      throw new IllegalArgumentException(
          "array: got %d of %s, expected at most %d of FLOAT"
              .formatted(array.length(), array.dataType(), MAXIMUM_FLOATS));
    }
    return new FloatPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }
}
