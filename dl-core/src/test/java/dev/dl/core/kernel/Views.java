package dev.dl.core.kernel;

import java.nio.FloatBuffer;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Dense arrays that begin and end inside larger ones, whose data buffers' addresses are not theirs.
 */
public final class Views {
  private static final int BEFORE = 3;
  private static final int AFTER = 2;

  private Views() {}

  /** Of NaN, like what lies around it, so that what is not written or read too far shows. */
  public static INDArray of(DataType type, long... shape) {
    long length = LongStream.of(shape).reduce(1, Math::multiplyExact);
    return DenseArrays.allocate(type, BEFORE + length + AFTER)
        .assign(Float.NaN)
        .get(NDArrayIndex.interval(BEFORE, BEFORE + length))
        .reshape('c', shape);
  }

  /** With these values. */
  public static INDArray of(float[] values, long... shape) {
    INDArray view = of(DataType.FLOAT, shape);
    DenseArrays.write(values, view);
    return view;
  }

  /** What lies before and after a view of floats. */
  static float[] around(INDArray view) {
    long first = DenseArrays.address(view);
    float[] values = new float[BEFORE + AFTER];
    floats(first - BEFORE * Float.BYTES, BEFORE).get(values, 0, BEFORE);
    floats(first + view.length() * Float.BYTES, AFTER).get(values, BEFORE, AFTER);
    return values;
  }

  private static FloatBuffer floats(long address, int length) {
    Address start = new Address();
    start.at(address);
    return new FloatPointer(start).capacity(length).asBuffer();
  }
}
