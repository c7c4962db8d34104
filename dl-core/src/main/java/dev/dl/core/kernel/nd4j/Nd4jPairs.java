package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.DiagPart;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Losses of pairs of vectors in ND4J operations.
 *
 * @param first {@code [pairs, features]}
 * @param second likewise
 */
record Nd4jPairs(INDArray first, INDArray second) {

  /** The pairs of {@code [2 · pairs, features]}. */
  static Nd4jPairs of(INDArray outputs) {
    long features = outputs.size(1);
    INDArray pairs = outputs.reshape(outputs.size(0) / 2, 2 * features);
    return new Nd4jPairs(columns(pairs, 0, features), columns(pairs, features, features));
  }

  private static INDArray columns(INDArray pairs, long start, long count) {
    return pairs.get(all(), interval(start, start + count)).dup('c').reshape(-1, count);
  }

  Nd4jFigures contrastive(double scale, INDArray gradient) {
    int pairs = first.rows();
    INDArray logits = first.mmul(second.transpose()).muli(scale);
    INDArray logs = Nd4jSoftmax.log(logits);
    Nd4jLabels wanted = Nd4jLabels.of(Nd4j.arange(pairs).reshape(pairs, 1), logits, 0, other -> 1);
    INDArray ofPairs = Nd4j.exec(new DiagPart(logs, null))[0];
    INDArray slopes = Transforms.exp(logs, true).subi(wanted.targets());
    slopes.muli(scale);
    write(slopes.mmul(second), slopes.transpose().mmul(first), gradient);
    return Nd4jFigures.of(Nd4jSums.total(ofPairs).negi(), wanted.correct(logits, logs), pairs);
  }

  Nd4jFigures cosine(INDArray targets, INDArray gradient) {
    int pairs = first.rows();
    INDArray errors = Nd4jSums.ofRows(first.mul(second)).subi(targets.reshape(pairs, 1));
    write(second.mulColumnVector(errors).muli(2), first.mulColumnVector(errors).muli(2), gradient);
    return Nd4jFigures.of(Nd4jSums.total(errors.mul(errors)), Nd4jFigures.number(0), pairs);
  }

  private static void write(INDArray ofFirst, INDArray ofSecond, INDArray gradient) {
    gradient.assign(Nd4j.hstack(ofFirst, ofSecond).reshape('c', gradient.shape()));
  }
}
