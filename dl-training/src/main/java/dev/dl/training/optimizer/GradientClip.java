package dev.dl.training.optimizer;

/**
 * A limit to the global norm of the gradient (Pascanu et al. 2012,
 * https://arxiv.org/abs/1211.5063), as {@code torch.nn.utils.clip_grad_norm_}.
 *
 * @param maximumNorm infinite for no limit
 */
public record GradientClip(double maximumNorm) {
  public static final GradientClip NONE = new GradientClip(Double.POSITIVE_INFINITY);

  /** Keeps a norm of zero from dividing; the value is PyTorch's. */
  private static final double EPSILON = 1e-6;

  /**
   * What a gradient is multiplied by, at most 1.
   *
   * @param norm of the gradient, finite: a step whose gradient is not finite is to be refused
   */
  public double factor(double norm) {
    return Math.min(1, maximumNorm / (norm + EPSILON));
  }
}
