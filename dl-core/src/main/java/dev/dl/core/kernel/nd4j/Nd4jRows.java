package dev.dl.core.kernel.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows of a matrix by their numbers, which stay where the matrix is. Nothing here looks at them.
 */
final class Nd4jRows {
  private Nd4jRows() {}

  /**
   * The rows that are asked for.
   *
   * @param numbers {@code [n]}, of rows that there are
   * @return {@code [n, columns]}
   */
  static INDArray gather(INDArray matrix, INDArray numbers) {
    return Nd4j.exec(new Gather(matrix, numbers.castTo(DataType.INT), 0))[0];
  }

  /**
   * Adds to rows, to each in the order of {@code numbers}: the sums are the same every time.
   *
   * @param numbers {@code [n]}, of rows that there are
   * @param values {@code [n, columns]}
   */
  static void scatterAdd(INDArray numbers, INDArray values, INDArray matrix) {
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_add")
            .addInputs(matrix, numbers.castTo(DataType.INT), values)
            .addOutputs(matrix)
            .addBooleanArguments(true) // no two threads on one row
            .build());
  }
}
