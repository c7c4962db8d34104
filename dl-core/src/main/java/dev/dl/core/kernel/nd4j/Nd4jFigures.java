package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.LossResult;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The figures of a {@link LossResult} before they are fetched, each one number. */
record Nd4jFigures(INDArray sum, INDArray correct, INDArray counted) {

  /** Of rows all of which are counted. */
  static Nd4jFigures of(INDArray sum, INDArray correct, long counted) {
    return new Nd4jFigures(sum, correct, number(counted));
  }

  static INDArray number(double value) {
    return Nd4j.scalar(value);
  }

  Nd4jFigures withSum(INDArray other) {
    return new Nd4jFigures(other, correct, counted);
  }

  Nd4jFigures plus(Nd4jFigures other) {
    return new Nd4jFigures(
        wide(sum).add(wide(other.sum)), correct.add(other.correct), counted.add(other.counted));
  }

  /** In double precision. */
  static INDArray wide(INDArray number) {
    return number.castTo(DataType.DOUBLE);
  }

  LossResult result() {
    return LossResult.onDevice(
        Nd4j.concat(0, wide(sum).reshape(1), wide(correct).reshape(1), wide(counted).reshape(1)));
  }
}
