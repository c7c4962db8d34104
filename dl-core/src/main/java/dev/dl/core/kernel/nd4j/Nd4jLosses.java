package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.Loss.SoftmaxCrossEntropy;
import dev.dl.core.kernel.LossResult;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Losses in ND4J operations over all rows at once. */
final class Nd4jLosses {
  private static final int MIXED = 3;

  private Nd4jLosses() {}

  static LossResult run(Loss loss, INDArray allOutputs, INDArray allTargets, INDArray gradient) {
    if (loss instanceof Loss.Dice dice) {
      return Nd4jDice.run(dice, allOutputs, allTargets, gradient);
    }
    long width = allOutputs.size(-1);
    long rows = allOutputs.length() / width;
    INDArray outputs = allOutputs.reshape(rows, width);
    INDArray targets = allTargets.reshape(rows, allTargets.length() / rows);
    if (loss instanceof SoftmaxCrossEntropy entropy) {
      return softmax(entropy, outputs, targets, gradient);
    }
    if (loss instanceof Loss.Distance) {
      return distance(outputs, targets, gradient);
    }
    INDArray difference = outputs.sub(targets);
    if (loss instanceof Loss.BinaryCrossEntropy) {
      return binary(outputs, targets, gradient);
    }
    if (loss instanceof Loss.SquaredError) {
      return result(difference.mul(difference), difference.mul(2), gradient);
    }
    if (loss instanceof Loss.Huber huber) {
      return huber(huber.threshold(), difference, gradient);
    }
    // The sign of a NaN is 0 in ND4J.
    INDArray sign = Transforms.sign(difference, true).addi(difference.mul(0));
    return result(Transforms.abs(difference, true), sign, gradient);
  }

  /** The mean over the outputs of each row. */
  private static LossResult result(INDArray losses, INDArray gradients, INDArray gradient) {
    long width = losses.size(1);
    gradient.assign(gradients.div(width).reshape(gradient.shape()));
    return new LossResult(
        losses.sumNumber().doubleValue() / width, 0, Math.toIntExact(losses.size(0)));
  }

  private static LossResult distance(INDArray outputs, INDArray targets, INDArray gradient) {
    INDArray counted = targets.lte(0).castTo(outputs.dataType());
    gradient.assign(counted.reshape(gradient.shape()));
    return new LossResult(
        outputs.mul(counted).sumNumber().doubleValue(), 0, counted.sumNumber().intValue());
  }

  private static LossResult binary(INDArray outputs, INDArray targets, INDArray gradient) {
    INDArray small = Transforms.exp(Transforms.abs(outputs, true).negi(), false);
    INDArray losses =
        Transforms.max(outputs, 0, true)
            .sub(outputs.mul(targets))
            .add(Transforms.log(small.add(1), false));
    LossResult result = result(losses, Transforms.sigmoid(outputs, true).sub(targets), gradient);
    INDArray wrong = outputs.gt(0).neq(targets.gt(0.5)).castTo(outputs.dataType());
    INDArray undefined = outputs.isNaN().castTo(outputs.dataType());
    double correct =
        wrong.add(undefined).sum(1).eq(0).castTo(DataType.DOUBLE).sumNumber().doubleValue();
    return new LossResult(result.sum(), (int) correct, result.counted());
  }

  private static LossResult huber(double threshold, INDArray difference, INDArray gradient) {
    INDArray size = Transforms.abs(difference, true);
    INDArray small = size.lte(threshold).castTo(size.dataType());
    INDArray linear = size.sub(threshold / 2).muli(threshold).muli(small.rsub(1));
    INDArray losses = size.mul(size).divi(2).muli(small).addi(linear);
    INDArray gradients =
        difference
            .mul(small)
            .addi(Transforms.sign(difference, true).muli(threshold).muli(small.rsub(1)));
    return result(losses, gradients, gradient);
  }

  private static LossResult softmax(
      SoftmaxCrossEntropy loss, INDArray logits, INDArray labels, INDArray gradient) {
    INDArray logProbabilities = logits.subColumnVector(logits.max(true, 1));
    INDArray totals = Transforms.exp(logProbabilities, true).sum(true, 1);
    logProbabilities.subiColumnVector(Transforms.log(totals, false));
    INDArray targets = logits.like();
    INDArray predictions = logits.argMax(1);
    int correct = 0;
    int counted = 0;
    for (int n = 0; n < labels.rows(); n++) {
      if (labels.getDouble(n, 0) >= 0) {
        counted++;
        int label = writeTarget(loss, labels, n, targets);
        boolean defined = !Double.isNaN(logProbabilities.getDouble(n, label));
        correct += defined && predictions.getInt(n) == label ? 1 : 0;
      }
    }
    INDArray weights = targets.sum(true, 1);
    gradient.assign(
        Transforms.exp(logProbabilities, true)
            .muliColumnVector(weights)
            .subi(targets)
            .reshape(gradient.shape()));
    double sum = -targets.muli(logProbabilities).sumNumber().doubleValue();
    return new LossResult(sum, correct, counted);
  }

  /** Writes what each class of a row is to be, and returns the class that is to be largest. */
  private static int writeTarget(
      SoftmaxCrossEntropy loss, INDArray labels, int row, INDArray targets) {
    int classes = targets.columns();
    int first = labels.getInt(row, 0);
    int other = labels.columns() == MIXED ? labels.getInt(row, 1) : first;
    double share = labels.columns() == MIXED ? labels.getDouble(row, 2) : 1;
    for (int c = 0; c < classes; c++) {
      double label = (c == first ? share : 0) + (c == other ? 1 - share : 0);
      double smoothed = loss.labelSmoothing() / classes + (1 - loss.labelSmoothing()) * label;
      targets.putScalar(row, c, smoothed * loss.weight(c));
    }
    return share < 0.5 ? other : first;
  }
}
