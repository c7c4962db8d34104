package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NativeMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Scratch memory outside of workspaces that grows to the largest length asked for. */
final class PointMemory {
  private final Map<List<Long>, INDArray> views = new HashMap<>();
  private INDArray array;

  /** The beginning of the memory as an array of this shape. */
  INDArray ofShape(long... shape) {
    long length = LongStream.of(shape).reduce(1, Math::multiplyExact);
    INDArray enough = ofLength(length);
    return views.computeIfAbsent(
        LongStream.of(shape).boxed().toList(),
        key -> enough.get(NDArrayIndex.interval(0, length)).reshape('c', shape));
  }

  /** The memory, with at least {@code length} floats of any content. */
  INDArray ofLength(long length) {
    if (array == null || array.length() < length) {
      release();
      array = DenseArrays.allocate(DataType.FLOAT, length);
      NativeMemory.addScratch(length * Float.BYTES);
    }
    return array;
  }

  /**
   * Before more is asked for: where there is no room for it, nothing must be left that is closed.
   */
  private void release() {
    views.clear();
    if (array != null) {
      NativeMemory.addScratch(-array.length() * Float.BYTES);
      array.close();
      array = null;
    }
  }
}
