package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The Dice loss of softmax in ND4J operations, one sample after the other. */
final class Nd4jDice {
  private Nd4jDice() {}

  static LossResult run(Loss.Dice loss, INDArray outputs, INDArray targets, INDArray gradient) {
    long classes = outputs.size(-1);
    long samples = outputs.size(0);
    long rows = outputs.length() / classes / samples;
    INDArray logits = outputs.reshape(samples, rows, classes);
    INDArray labels = targets.reshape(samples, rows);
    INDArray gradients = gradient.reshape(samples, rows, classes);
    LossResult total = LossResult.NOTHING;
    for (long n = 0; n < samples; n++) {
      total = total.plus(sample(loss, logits.slice(n), labels.slice(n), gradients.slice(n)));
    }
    return total;
  }

  /** {@code logits} and {@code gradient [rows, classes]}, {@code labels [rows]}. */
  private static LossResult sample(
      Loss.Dice loss, INDArray logits, INDArray labels, INDArray gradient) {
    long classes = logits.size(1);
    INDArray logProbabilities = logits.subColumnVector(logits.max(true, 1));
    INDArray totals = Transforms.exp(logProbabilities, true).sum(true, 1);
    logProbabilities.subiColumnVector(Transforms.log(totals, false));
    INDArray targets = logits.like();
    INDArray predictions = logits.argMax(1);
    int counted = 0;
    int correct = 0;
    for (int row = 0; row < labels.length(); row++) {
      int label = labels.getInt(row);
      if (label >= 0) {
        counted++;
        targets.putScalar(row, label, 1);
        boolean defined = !Double.isNaN(logProbabilities.getDouble(row, label));
        correct += defined && predictions.getInt(row) == label ? 1 : 0;
      }
    }
    INDArray counts = targets.sum(true, 1);
    INDArray probabilities = Transforms.exp(logProbabilities, true).muliColumnVector(counts);

    INDArray common = probabilities.mul(targets).sum(true, 0).muli(2).addi(1);
    INDArray all = probabilities.sum(true, 0).addi(targets.sum(true, 0)).addi(1);
    double dice = common.div(all).meanNumber().doubleValue();
    double entropy = -targets.mul(logProbabilities).sumNumber().doubleValue();

    INDArray ofProbability =
        targets
            .mulRowVector(all.rdiv(-2))
            .addiRowVector(common.div(all.mul(all)))
            .muli(counted / (double) classes);
    INDArray mean = ofProbability.mul(probabilities).sum(true, 1);
    INDArray ofDice = ofProbability.subColumnVector(mean).muli(probabilities);
    INDArray ofEntropy = probabilities.sub(targets).muli(loss.crossEntropy());
    gradient.assign(ofDice.addi(ofEntropy));
    double sum = counted * (1 - dice) + loss.crossEntropy() * entropy;
    return new LossResult(sum, correct, counted);
  }
}
