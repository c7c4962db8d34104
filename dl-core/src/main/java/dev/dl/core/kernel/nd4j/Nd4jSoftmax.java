package dev.dl.core.kernel.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Softmax of each row of a matrix. */
final class Nd4jSoftmax {
  private Nd4jSoftmax() {}

  /** A new array. */
  static INDArray of(INDArray rows) {
    INDArray powers = Transforms.exp(rows.subColumnVector(rows.max(true, 1)), false);
    return powers.diviColumnVector(Nd4jSums.ofRows(powers));
  }

  /** Its logarithm, in a new array. */
  static INDArray log(INDArray rows) {
    INDArray below = rows.subColumnVector(rows.max(true, 1));
    INDArray totals = Nd4jSums.ofRows(Transforms.exp(below, true));
    return below.subiColumnVector(Transforms.log(totals, false));
  }
}
