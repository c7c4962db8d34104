package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Loss;

/** A loss of each output by itself. */
interface ElementLoss {

  double loss(double output, double target);

  double gradient(double output, double target);

  /** Whether an output counts as its target; never for losses of numbers. */
  default boolean correct(double output, double target) {
    return false;
  }

  static ElementLoss of(Loss loss) {
    if (loss instanceof Loss.Huber huber) {
      return new HuberLoss(huber.threshold());
    }
    if (loss instanceof Loss.BinaryCrossEntropy) {
      return new BinaryLoss();
    }
    return loss instanceof Loss.SquaredError ? new SquaredLoss() : new AbsoluteLoss();
  }

  /** As {@code max(x, 0) - x·t + log(1 + exp(-|x|))}, in which nothing overflows. */
  record BinaryLoss() implements ElementLoss {
    @Override
    public double loss(double output, double target) {
      return Math.max(output, 0) - output * target + Math.log1p(Math.exp(-Math.abs(output)));
    }

    @Override
    public double gradient(double output, double target) {
      double small = Math.exp(-Math.abs(output));
      return (output < 0 ? small : 1) / (1 + small) - target;
    }

    @Override
    public boolean correct(double output, double target) {
      return !Double.isNaN(output) && output > 0 == target > 0.5;
    }
  }

  /** The square of the difference. */
  record SquaredLoss() implements ElementLoss {
    @Override
    public double loss(double output, double target) {
      return (output - target) * (output - target);
    }

    @Override
    public double gradient(double output, double target) {
      return 2 * (output - target);
    }
  }

  /** The size of the difference. */
  record AbsoluteLoss() implements ElementLoss {
    @Override
    public double loss(double output, double target) {
      return Math.abs(output - target);
    }

    @Override
    public double gradient(double output, double target) {
      return Math.signum(output - target);
    }
  }

  /** Square up to a threshold, linear beyond. */
  record HuberLoss(double threshold) implements ElementLoss {
    @Override
    public double loss(double output, double target) {
      double size = Math.abs(output - target);
      return size > threshold ? threshold * (size - threshold / 2) : size * size / 2;
    }

    @Override
    public double gradient(double output, double target) {
      return Math.max(-threshold, Math.min(threshold, output - target));
    }
  }
}
