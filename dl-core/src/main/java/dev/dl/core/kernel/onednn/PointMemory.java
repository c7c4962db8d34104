package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scratch memory outside of workspaces that grows to the largest length asked for. */
final class PointMemory {
  private INDArray array;

  /** The memory, with at least {@code length} floats of any content. */
  INDArray ofLength(long length) {
    if (array == null || array.length() < length) {
      if (array != null) {
        array.close();
      }
      array = DenseArrays.allocate(DataType.FLOAT, length);
    }
    return array;
  }
}
