package dev.dl.core.kernel.update;

/**
 * One step of Adam (Kingma and Ba 2014, https://arxiv.org/abs/1412.6980) or, with decoupled decay,
 * AdamW, as PyTorch defines them.
 *
 * <pre>
 * g = gradientScale * gradient + decay * p
 * m = beta1 * m + (1 - beta1) * g
 * v = beta2 * v + (1 - beta2) * g²
 * p = p - learningRate / (1 - beta1^step) * m / (sqrt(v / (1 - beta2^step)) + epsilon)
 * </pre>
 *
 * @param learningRate of this step
 * @param beta1 share that the mean of the gradients keeps
 * @param beta2 share that the mean of their squares keeps
 * @param epsilon added to the denominator
 * @param decay of the weights
 * @param step counted from 1
 * @param gradientScale the mean over the batch and clipping in one factor
 */
public record AdamStep(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    WeightDecay decay,
    long step,
    double gradientScale) {
  public AdamStep {
    if (step < 1) {
      throw new IllegalArgumentException("step: got " + step + ", expected at least 1");
    }
  }

  /** The learning rate over the correction of the first moment's start from zero. */
  double stepSize() {
    return learningRate / (1 - Math.pow(beta1, (double) step));
  }

  /** What corrects the square root of the second moment for its start from zero. */
  double rootScale() {
    return 1 / Math.sqrt(1 - Math.pow(beta2, (double) step));
  }
}
