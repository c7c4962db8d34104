package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A tile of attention in memory, used again for each: {@code [rows, keys]}, dense. */
final class AttentionScratch {
  private final INDArray values;
  private final FloatBuffer buffer;
  private final IntBuffer bits;

  AttentionScratch(long length) {
    this.values = DenseArrays.allocate(DataType.FLOAT, length);
    this.buffer = DenseArrays.buffer(values);
    this.bits = DenseArrays.bits(values);
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

  void writeBits(int start, int[] source, int length) {
    bits.put(start, source, 0, length);
  }
}
