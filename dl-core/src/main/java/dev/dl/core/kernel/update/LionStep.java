package dev.dl.core.kernel.update;

/**
 * One step of Lion (Chen et al. 2023, Algorithm 2, https://arxiv.org/abs/2302.06675). The sign of
 * zero is zero.
 *
 * <pre>
 * g = gradientScale * gradient
 * p = p - learningRate * (sign(beta1 * m + (1 - beta1) * g) + weightDecay * p)
 * m = beta2 * m + (1 - beta2) * g
 * </pre>
 *
 * @param learningRate of this step
 * @param beta1 share of the momentum in what decides the sign
 * @param beta2 share that the momentum keeps
 * @param weightDecay decoupled from the gradient; 0 for none
 * @param gradientScale the mean over the batch and clipping in one factor
 */
public record LionStep(
    double learningRate, double beta1, double beta2, double weightDecay, double gradientScale) {
  /** What a weight is multiplied by beside the update. */
  double shrinkage() {
    return 1 - learningRate * weightDecay;
  }
}
