package dev.dl.core.kernel;

import java.util.List;

/**
 * What the outputs of a network are to come close to, and how the distance is measured. Outputs
 * come in rows, one a sample or one a position, and every row has targets of its own, as many for
 * each. Over several outputs of a row, the loss of the row is their mean. Vectors of texts come in
 * pairs, the two of a pair in rows next to each other, with one target.
 */
public sealed interface Loss {

  /**
   * Softmax cross-entropy with label smoothing (Szegedy et al. 2016,
   * https://arxiv.org/abs/1512.00567). The targets of a row are either {@code [class]} or, for a
   * mix of two samples (Zhang et al. 2018, https://arxiv.org/abs/1710.09412), {@code [class, other
   * class, share of the first]}; rows with a negative class are left out. A row is correct if its
   * largest logit is that of its class, of a mix of the one with the larger share.
   *
   * @param labelSmoothing share of the target that is spread evenly over all classes
   * @param classWeights what the target of each class counts; empty for one each. The loss is not
   *     divided by them: weights whose mean over the samples is one keep its size
   */
  record SoftmaxCrossEntropy(double labelSmoothing, List<Double> classWeights) implements Loss {
    public SoftmaxCrossEntropy {
      classWeights = List.copyOf(classWeights);
    }

    /** With all classes counting the same. */
    public SoftmaxCrossEntropy(double labelSmoothing) {
      this(labelSmoothing, List.of());
    }

    /** What the target of a class counts. */
    public double weight(int index) {
      return classWeights.isEmpty() ? 1 : classWeights.get(index);
    }
  }

  /**
   * Focal loss of softmax (Lin et al. 2017, https://arxiv.org/abs/1708.02002): the cross-entropy of
   * a class times {@code (1 - p)^gamma}, where {@code p} is its probability, so that what is told
   * well already counts little. Targets and what is correct are as of {@link SoftmaxCrossEntropy};
   * of a mix, the losses of both classes are added by their shares.
   *
   * @param gamma how much less; 0 for cross-entropy
   * @param classWeights as of {@link SoftmaxCrossEntropy}
   */
  record Focal(double gamma, List<Double> classWeights) implements Loss {
    public Focal {
      classWeights = List.copyOf(classWeights);
      if (!(gamma >= 0)) {
        throw new IllegalArgumentException("gamma: got " + gamma + ", expected at least 0");
      }
    }

    /** What the target of a class counts. */
    public double weight(int index) {
      return classWeights.isEmpty() ? 1 : classWeights.get(index);
    }
  }

  /**
   * What a teacher says, beside what is so (Hinton et al. 2015, https://arxiv.org/abs/1503.02531):
   * {@code mix · T² · KL(teacher ‖ student) + (1 - mix) · hard}, where the divergence is of the
   * softmax of logits divided by T. The targets of a row are those of the hard loss and, after
   * them, the teacher's logits. Which rows are left out and which are correct is as of the hard
   * loss.
   *
   * @param hard of classes: {@link SoftmaxCrossEntropy} or {@link Focal}
   * @param temperature T; the higher, the more count the classes that the teacher holds unlikely
   * @param mix share of the teacher
   */
  record Distillation(Loss hard, double temperature, double mix) implements Loss {
    public Distillation {
      if (!(hard instanceof SoftmaxCrossEntropy || hard instanceof Focal)) {
        throw new IllegalArgumentException("got " + hard + ", expected a loss of classes");
      }
      if (!(temperature > 0) || !(mix >= 0 && mix <= 1)) {
        throw new IllegalArgumentException(
            "temperature and mix: got %s and %s, expected above 0 and from 0 to 1"
                .formatted(temperature, mix));
      }
    }
  }

  /**
   * Soft Dice loss of softmax (Milletari et al. 2016, https://arxiv.org/abs/1606.04797) over the
   * rows of each sample, such as the pixels of an image: one minus the mean over all classes of
   * {@code (2 Σ p·y + 1) / (Σ p + Σ y + 1)}, to which cross-entropy may be added. What a sample
   * loses counts once for each of its rows. The target of a row is {@code [class]}; rows with a
   * negative class are left out. A row is correct if its largest logit is that of its class.
   *
   * @param crossEntropy weight of the cross-entropy that is added
   */
  record Dice(double crossEntropy) implements Loss {
    public Dice {
      if (!(crossEntropy >= 0)) {
        throw new IllegalArgumentException(
            "weight of cross-entropy: got " + crossEntropy + ", expected at least 0");
      }
    }
  }

  /**
   * Binary cross-entropy of logits with a target from 0 to 1 for each. A row is correct if every
   * logit is on its target's side.
   */
  record BinaryCrossEntropy() implements Loss {}

  /** The square of the difference to a target for each output. No row is ever correct. */
  record SquaredError() implements Loss {}

  /**
   * The only output of a row itself, a distance that is to be small. Rows with a positive target
   * are known to be far away and left out. No row is ever correct.
   */
  record Distance() implements Loss {}

  /** The size of the difference to a target for each output. No row is ever correct. */
  record AbsoluteError() implements Loss {}

  /**
   * Huber's loss (1964, https://doi.org/10.1214/aoms/1177703732): half the square of the difference
   * to a target as long as it is small, linear beyond. No row is ever correct.
   *
   * @param threshold where the linear part begins
   */
  record Huber(double threshold) implements Loss {
    public Huber {
      if (!(threshold > 0)) {
        throw new IllegalArgumentException("threshold: got " + threshold + ", expected above 0");
      }
    }
  }

  /**
   * That each vector of length one is closer to that of its pair than to those of the other pairs:
   * cross-entropy of softmax over the second vectors of all pairs, whose logits are the cosines
   * with the first vector times a scale (Henderson et al. 2017, https://arxiv.org/abs/1705.00652).
   * Targets do not count. A pair is correct if its own second vector is the closest.
   *
   * @param scale what cosines are multiplied by, the inverse of a temperature
   */
  record Contrastive(double scale) implements Loss {
    public Contrastive {
      if (!(scale > 0)) {
        throw new IllegalArgumentException("scale: got " + scale + ", expected above 0");
      }
    }
  }

  /**
   * The square of the difference between the cosine of the two vectors of a pair, both of length
   * one, and the target (Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084). No pair is
   * ever correct.
   */
  record CosineError() implements Loss {}
}
