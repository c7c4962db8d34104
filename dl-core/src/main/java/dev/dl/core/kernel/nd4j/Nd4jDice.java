package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Loss;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The Dice loss of softmax in ND4J operations, one sample after the other. */
final class Nd4jDice {
  private Nd4jDice() {}

  static Nd4jFigures run(Loss.Dice loss, INDArray outputs, INDArray targets, INDArray gradient) {
    long classes = outputs.size(-1);
    long samples = outputs.size(0);
    long rows = outputs.length() / classes / samples;
    INDArray logits = outputs.reshape(samples, rows, classes);
    INDArray labels = targets.reshape(samples, rows);
    INDArray gradients = gradient.reshape(samples, rows, classes);
    Nd4jFigures total = sample(loss, logits.slice(0), labels.slice(0), gradients.slice(0));
    for (long n = 1; n < samples; n++) {
      total = total.plus(sample(loss, logits.slice(n), labels.slice(n), gradients.slice(n)));
    }
    return total;
  }

  /** {@code logits} and {@code gradient [rows, classes]}, {@code labels [rows]}. */
  private static Nd4jFigures sample(
      Loss.Dice loss, INDArray logits, INDArray labels, INDArray gradient) {
    long classes = logits.size(1);
    INDArray logProbabilities = Nd4jSoftmax.log(logits);
    Nd4jLabels wanted = Nd4jLabels.of(labels.reshape(-1, 1), logits, 0, label -> 1);
    INDArray targets = wanted.targets();
    INDArray counts = Nd4jSums.ofRows(targets);
    INDArray probabilities = Transforms.exp(logProbabilities, true).muliColumnVector(counts);

    INDArray common = Nd4jSums.ofColumns(probabilities.mul(targets)).muli(2).addi(1);
    INDArray all = Nd4jSums.ofColumns(probabilities).addi(Nd4jSums.ofColumns(targets)).addi(1);
    INDArray dice = Nd4jSums.total(common.div(all)).divi(classes);
    INDArray entropy = Nd4jSums.total(targets.mul(logProbabilities)).negi();
    INDArray counted = wanted.counted();

    INDArray ofProbability =
        targets
            .mulRowVector(all.rdiv(-2))
            .addiRowVector(common.div(all.mul(all)))
            .muli(counted.div(classes).castTo(logits.dataType()));
    INDArray mean = Nd4jSums.ofRows(ofProbability.mul(probabilities));
    INDArray ofDice = ofProbability.subColumnVector(mean).muli(probabilities);
    INDArray ofEntropy = probabilities.sub(targets).muli(loss.crossEntropy());
    gradient.assign(ofDice.addi(ofEntropy));
    INDArray sum = dice.rsub(1).muli(counted).addi(entropy.mul(loss.crossEntropy()));
    return new Nd4jFigures(sum, wanted.correct(logits, logProbabilities), counted);
  }
}
