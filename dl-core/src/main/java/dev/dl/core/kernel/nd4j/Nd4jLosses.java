package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.Loss.SoftmaxCrossEntropy;
import dev.dl.core.kernel.LossResult;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Losses in ND4J operations over all rows at once. */
final class Nd4jLosses {
  /** In place of zeros, whose negative powers are infinite. */
  private static final double SMALLEST = 1e-30;

  private Nd4jLosses() {}

  static LossResult run(Loss loss, INDArray outputs, INDArray targets, INDArray gradient) {
    return figures(loss, outputs, targets, gradient).result();
  }

  private static Nd4jFigures figures(
      Loss loss, INDArray allOutputs, INDArray allTargets, INDArray gradient) {
    if (loss instanceof Loss.Dice dice) {
      return Nd4jDice.run(dice, allOutputs, allTargets, gradient);
    }
    if (loss instanceof Loss.Contrastive contrastive) {
      return Nd4jPairs.of(allOutputs).contrastive(contrastive.scale(), gradient);
    }
    if (loss instanceof Loss.CosineError) {
      return Nd4jPairs.of(allOutputs).cosine(allTargets, gradient);
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
    if (loss instanceof Loss.Focal focal) {
      return focal(focal, outputs, targets, gradient);
    }
    if (loss instanceof Loss.Distillation distillation) {
      return distillation(distillation, outputs, targets, gradient);
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
  private static Nd4jFigures result(INDArray losses, INDArray gradients, INDArray gradient) {
    return result(losses, gradients, gradient, Nd4jFigures.number(0));
  }

  private static Nd4jFigures result(
      INDArray losses, INDArray gradients, INDArray gradient, INDArray correct) {
    long width = losses.size(1);
    gradient.assign(gradients.div(width).reshape(gradient.shape()));
    INDArray sum = Nd4jSums.total(losses).divi(width);
    return Nd4jFigures.of(sum, correct, losses.size(0));
  }

  private static Nd4jFigures distance(INDArray outputs, INDArray targets, INDArray gradient) {
    INDArray counted = targets.lte(0).castTo(outputs.dataType());
    gradient.assign(counted.reshape(gradient.shape()));
    return new Nd4jFigures(
        Nd4jSums.total(outputs.mul(counted)), Nd4jFigures.number(0), Nd4jSums.total(counted));
  }

  private static Nd4jFigures binary(INDArray outputs, INDArray targets, INDArray gradient) {
    INDArray small = Transforms.exp(Transforms.abs(outputs, true).negi(), false);
    INDArray losses =
        Transforms.max(outputs, 0, true)
            .sub(outputs.mul(targets))
            .add(Transforms.log(small.add(1), false));
    INDArray wrong = outputs.gt(0).neq(targets.gt(0.5)).castTo(outputs.dataType());
    INDArray undefined = outputs.isNaN().castTo(outputs.dataType());
    INDArray correct = Nd4jSums.count(Nd4jSums.ofRows(wrong.add(undefined)).eq(0));
    return result(losses, Transforms.sigmoid(outputs, true).sub(targets), gradient, correct);
  }

  private static Nd4jFigures huber(double threshold, INDArray difference, INDArray gradient) {
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

  private static Nd4jFigures softmax(
      SoftmaxCrossEntropy loss, INDArray logits, INDArray labels, INDArray gradient) {
    INDArray logProbabilities = Nd4jSoftmax.log(logits);
    Nd4jLabels wanted = Nd4jLabels.of(labels, logits, loss.labelSmoothing(), loss::weight);
    INDArray weights = Nd4jSums.ofRows(wanted.targets());
    gradient.assign(
        Transforms.exp(logProbabilities, true)
            .muliColumnVector(weights)
            .subi(wanted.targets())
            .reshape(gradient.shape()));
    INDArray sum = Nd4jSums.total(wanted.targets().mul(logProbabilities)).negi();
    return new Nd4jFigures(sum, wanted.correct(logits, logProbabilities), wanted.counted());
  }

  /** Of each class alone {@code -(1 - p)^gamma · log p}, times what it is to be. */
  private static Nd4jFigures focal(
      Loss.Focal loss, INDArray logits, INDArray labels, INDArray gradient) {
    INDArray logProbabilities = Nd4jSoftmax.log(logits);
    Nd4jLabels wanted = Nd4jLabels.of(labels, logits, 0, loss::weight);
    INDArray probabilities = Transforms.exp(logProbabilities, true);
    INDArray rest = Transforms.max(probabilities.rsub(1), SMALLEST, true);
    INDArray factor = Transforms.pow(rest, loss.gamma(), true);
    INDArray ofFactor =
        Transforms.pow(rest, loss.gamma() - 1, true)
            .muli(loss.gamma())
            .muli(probabilities)
            .muli(logProbabilities);
    INDArray slopes = ofFactor.subi(factor).muli(wanted.targets());
    gradient.assign(
        slopes
            .sub(probabilities.mulColumnVector(Nd4jSums.ofRows(slopes)))
            .reshape(gradient.shape()));
    INDArray sum = Nd4jSums.total(factor.muli(logProbabilities).muli(wanted.targets())).negi();
    return new Nd4jFigures(sum, wanted.correct(logits, logProbabilities), wanted.counted());
  }

  private static Nd4jFigures distillation(
      Loss.Distillation loss, INDArray logits, INDArray targets, INDArray gradient) {
    double temperature = loss.temperature();
    long first = targets.columns() - logits.columns();
    INDArray labels = columns(targets, 0, first);
    INDArray teacher = Nd4jSoftmax.log(columns(targets, first, targets.columns()).div(temperature));
    INDArray student = Nd4jSoftmax.log(logits.div(temperature));
    Nd4jFigures hard = figures(loss.hard(), logits, labels, gradient);
    INDArray counted = columns(labels, 0, 1).gte(0).castTo(logits.dataType());
    INDArray wanted = Transforms.exp(teacher, true).muliColumnVector(counted);
    INDArray soft = Transforms.exp(student, true).muliColumnVector(counted).subi(wanted);
    gradient
        .muli(1 - loss.mix())
        .addi(soft.muli(loss.mix() * temperature).reshape(gradient.shape()));
    INDArray divergence = Nd4jSums.total(wanted.mul(teacher.sub(student)));
    double factor = loss.mix() * temperature * temperature;
    return hard.withSum(hard.sum().mul(1 - loss.mix()).addi(divergence.muli(factor)));
  }

  private static INDArray columns(INDArray array, long from, long to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup('c');
  }
}
