package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tile of attention in memory, {@code [rows, keys]}, dense; used again for each tile, of every
 * geometry.
 */
final class AttentionScratch {
  private final PointMemory memory = new PointMemory();
  private INDArray values;
  private FloatBuffer buffer;
  private IntBuffer bits;

  /** Makes room for {@code length} values. */
  void reserve(long length) {
    INDArray enough = memory.ofLength(length);
    if (enough != values) {
      values = enough;
      buffer = DenseArrays.buffer(values);
      bits = DenseArrays.bits(values);
    }
  }

  long address() {
    return DenseArrays.address(values);
  }

  void read(int start, float[] target, int length) {
    buffer.get(start, target, 0, length);
  }

  void write(int start, float[] source, int length) {
    buffer.put(start, source, 0, length);
  }

  void write(int at, float[] source, int start, int length) {
    buffer.put(at, source, start, length);
  }

  void writeBits(int start, int[] source, int length) {
    bits.put(start, source, 0, length);
  }
}
