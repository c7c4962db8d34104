package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Address;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of row-major matrices by OpenBLAS, the rows of the result divided among our own team.
 *
 * <p>OpenBLAS itself runs on one thread: its idle threads would spin on the cores that oneDNN's
 * need. That is a setting of the whole process, which ND4J's products follow too.
 */
final class MatrixProduct {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final int ROWS_TOGETHER = 16;
  private static final double SMALL = 2e6;

  private final Parallel parallel;

  MatrixProduct(Parallel parallel) {
    this.parallel = parallel;
    Nd4j.getBackend(); // sets OpenBLAS's threads when it starts
    Loader.load(openblas_nolapack.class);
    org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(1);
  }

  /** {@code result = left · right}, {@code [rows, inner] · [inner, columns]}. */
  void multiply(INDArray left, INDArray right, INDArray result, int rows, int inner, int columns) {
    run(left, false, right, false, null, result, rows, inner, columns);
  }

  /**
   * {@code result = left · rightᵀ + bias}, {@code right} being {@code [columns, inner]}.
   *
   * @param bias {@code [columns]}; {@code null} for none
   */
  void multiplyByTransposed(
      INDArray left,
      INDArray right,
      INDArray bias,
      INDArray result,
      int rows,
      int inner,
      int columns) {
    run(left, false, right, true, bias, result, rows, inner, columns);
  }

  /** {@code result = leftᵀ · right}, {@code left} being {@code [inner, rows]}. */
  void multiplyTransposed(
      INDArray left, INDArray right, INDArray result, int rows, int inner, int columns) {
    run(left, true, right, false, null, result, rows, inner, columns);
  }

  private void run(
      INDArray left,
      boolean leftTransposed,
      INDArray right,
      boolean rightTransposed,
      INDArray bias,
      INDArray result,
      int rows,
      int inner,
      int columns) {
    long leftAddress = DenseArrays.address(left);
    long rightAddress = DenseArrays.address(right);
    long resultAddress = DenseArrays.address(result);
    float[] addend = bias == null ? null : DenseArrays.read(bias);
    FloatBuffer sums = DenseArrays.buffer(result);
    int parts = 2.0 * rows * inner * columns < SMALL ? 1 : parallel.threads();
    int groups = (rows + ROWS_TOGETHER - 1) / ROWS_TOGETHER;
    parallel.run(
        parts,
        part -> {
          int start = (int) ((long) groups * part / parts) * ROWS_TOGETHER;
          int end = Math.min(rows, (int) ((long) groups * (part + 1) / parts) * ROWS_TOGETHER);
          if (start >= end) {
            return;
          }
          for (int row = start; row < end && addend != null; row++) {
            sums.put(row * columns, addend);
          }
          long skipped = leftTransposed ? start : (long) start * inner;
          openblas_nolapack.cblas_sgemm(
              ROW_MAJOR,
              leftTransposed ? TRANSPOSED : PLAIN,
              rightTransposed ? TRANSPOSED : PLAIN,
              end - start,
              columns,
              inner,
              1,
              pointer(leftAddress, skipped),
              leftTransposed ? rows : inner,
              pointer(rightAddress, 0),
              rightTransposed ? inner : columns,
              addend == null ? 0 : 1,
              pointer(resultAddress, (long) start * columns),
              columns);
        });
  }

  private static FloatPointer pointer(long address, long offset) {
    return new FloatPointer(new Address().at(address + offset * Float.BYTES));
  }
}
