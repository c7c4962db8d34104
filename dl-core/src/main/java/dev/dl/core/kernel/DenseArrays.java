package dev.dl.core.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Moves values between Java arrays and dense row-major ND4J arrays. An array that nobody holds any
 * more is freed, whoever knows its address: so each is held until its memory has been used.
 */
public final class DenseArrays {
  private DenseArrays() {}

  /**
   * A new array outside of any workspace, filled with zeros.
   *
   * @throws OutOfNativeMemoryError if there is too little memory
   */
  public static INDArray allocate(DataType type, long... shape) {
    try (var scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return OutOfNativeMemoryError.told(() -> Nd4j.create(type, shape, 'c'));
    }
  }

  /** Copies {@code values} into {@code target}, which has as many elements. */
  public static void write(float[] values, INDArray target) {
    requireDense(target, values.length);
    if (target.dataType() == DataType.FLOAT && onHost()) {
      held(target, memory -> memory.put(0, values));
    } else {
      // A wrapper of the values in the target's type; assign moves it to where the target lives.
      try (var scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
          INDArray source = Nd4j.createFromArray(values)) {
        target.assign(source.reshape(target.shape()));
      }
    }
  }

  /** The elements of a dense array, in row-major order. */
  public static float[] read(INDArray source) {
    requireDense(source, source.length());
    if (source.dataType() == DataType.FLOAT && onHost()) {
      float[] values = new float[Math.toIntExact(source.length())];
      held(source, memory -> memory.get(0, values));
      return values;
    }
    return source.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  /** {@code length} elements of a dense vector from {@code start} on. */
  public static float[] read(INDArray source, long start, long length) {
    if (source.dataType() == DataType.FLOAT && onHost()) {
      requireDense(source, source.length());
      float[] values = new float[Math.toIntExact(length)];
      held(source, memory -> memory.get(Math.toIntExact(start), values));
      return values;
    }
    return read(source.get(NDArrayIndex.interval(start, start + length)));
  }

  /** Whether no element of a dense array is infinite or no number. */
  public static boolean isFinite(INDArray source) {
    return source.dataType() == DataType.FLOAT && onHost()
        ? held(source, DenseArrays::allFinite)
        : allFinite(FloatBuffer.wrap(read(source)));
  }

  private static <T> T held(INDArray array, Function<FloatBuffer, T> use) {
    T result = use.apply(buffer(array));
    Reference.reachabilityFence(array);
    return result;
  }

  private static boolean allFinite(FloatBuffer values) {
    for (int i = 0; i < values.capacity(); i++) {
      if (!Float.isFinite(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The memory of a dense float32 array on the host, for as long as somebody holds the array. */
  public static FloatBuffer buffer(INDArray array) {
    requireDense(array, array.length());
    Address address = new Address();
    address.at(address(array));
    return new FloatPointer(address).capacity(array.length()).asBuffer();
  }

  /** The memory of a dense float32 array on the host, in the order of bytes of the machine. */
  public static ByteBuffer bytes(INDArray array) {
    requireDense(array, array.length());
    Address address = new Address();
    address.at(address(array));
    return new BytePointer(address)
        .capacity(array.length() * Float.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  /** The memory of a dense float32 array on the host, as integers of the same bits. */
  public static IntBuffer bits(INDArray array) {
    requireDense(array, array.length());
    Address address = new Address();
    address.at(address(array));
    return new IntPointer(address).capacity(array.length()).asBuffer();
  }

  /** Where the first element is in native memory; the data buffer's own address ignores offsets. */
  public static long address(INDArray array) {
    return array.data().address() + array.offset() * array.dataType().width();
  }

  /** Refuses views that are not dense and row-major: kernels read plain memory. */
  public static void requireDense(INDArray array, long length) {
    if (array.length() != length) {
      throw new IllegalArgumentException(
          "array of " + array.length() + " elements, expected " + length);
    }
    long stride = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != stride) {
        throw new IllegalArgumentException(
            "array of shape "
                + Arrays.toString(array.shape())
                + " and strides "
                + Arrays.toString(array.stride())
                + ", expected dense row-major");
      }
      stride *= array.size(axis);
    }
  }

  private static boolean onHost() {
    return !Nd4j.getExecutioner().getClass().getName().contains("Cuda");
  }
}
