package dev.dl.core.kernel.nd4j;

import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * What the classes of each row are to be, made where the labels are.
 *
 * @param targets of every class {@code [rows, classes]}, zeros in rows without a class
 * @param likeliest ones for the class of each row that is to be largest, {@code [rows, classes]}
 * @param labelled ones for rows with a class, {@code [rows, 1]}
 */
record Nd4jLabels(INDArray targets, INDArray likeliest, INDArray labelled) {
  private static final int MIXED = 3;

  /**
   * @param labels {@code [rows, 1]}, or two classes and the share of the first {@code [rows, 3]};
   *     below zero in rows without one
   */
  static Nd4jLabels of(
      INDArray labels, INDArray logits, double smoothing, IntToDoubleFunction weights) {
    int classes = logits.columns();
    INDArray numbers = labels.castTo(logits.dataType());
    INDArray first = column(numbers, 0);
    INDArray labelled = first.gte(0).castTo(logits.dataType());
    INDArray ofFirst = oneHot(first, logits);
    INDArray wanted = ofFirst;
    INDArray likeliest = ofFirst;
    if (labels.columns() == MIXED) {
      INDArray share = column(numbers, 2);
      INDArray ofOther = oneHot(column(numbers, 1), logits);
      wanted = ofFirst.mulColumnVector(share).addi(ofOther.mulColumnVector(share.rsub(1)));
      INDArray other = share.lt(0.5).castTo(logits.dataType());
      likeliest = ofFirst.mulColumnVector(other.rsub(1)).addi(ofOther.mulColumnVector(other));
    }
    INDArray smooth =
        wanted.mul(1 - smoothing).addi(smoothing / classes).muliColumnVector(labelled);
    INDArray targets = smooth.mulRowVector(weights(classes, weights, logits.dataType()));
    // A weight beyond the numbers of this type makes no number of a class that is not wanted.
    BooleanIndexing.assignIf(targets, smooth, Conditions.equals(0));
    return new Nd4jLabels(targets, likeliest.mulColumnVector(labelled), labelled);
  }

  private static INDArray weights(int classes, IntToDoubleFunction weights, DataType type) {
    double[] values = new double[classes];
    for (int c = 0; c < classes; c++) {
      values[c] = weights.applyAsDouble(c);
    }
    return Nd4j.createFromArray(values).castTo(type);
  }

  private static INDArray column(INDArray numbers, int column) {
    return numbers.getColumn(column, true).dup('c');
  }

  /** One where the class has the number of its row, else zero. */
  private static INDArray oneHot(INDArray numbers, INDArray like) {
    INDArray classes = Nd4j.arange(like.columns()).castTo(like.dataType());
    return Nd4j.zeros(like.dataType(), like.shape())
        .addiColumnVector(numbers)
        .subiRowVector(classes)
        .eq(0)
        .castTo(like.dataType());
  }

  /** How many rows have a class. */
  INDArray counted() {
    return Nd4jSums.count(labelled);
  }

  /** How many rows have their largest logit at their class, whose probability is a number. */
  INDArray correct(INDArray logits, INDArray logProbabilities) {
    INDArray predicted = oneHot(logits.argMax(1).reshape(-1, 1).castTo(logits.dataType()), logits);
    INDArray defined = logProbabilities.isNaN().castTo(logits.dataType()).rsubi(1);
    return Nd4jSums.count(predicted.muli(likeliest).muli(defined));
  }
}
