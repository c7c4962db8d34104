package dev.dl.core.kernel;

/**
 * A function of each element alone. Those whose gradient follows from their output can be part of
 * another kernel, which then keeps no array for them.
 */
public enum Activation {
  /** The identity. */
  NONE(true),
  /** {@code max(x, 0)}. */
  RELU(true),
  /** {@code min(max(x, 0), 6)} (Krizhevsky 2010). */
  RELU6(true),
  /** {@code x} where positive, {@code x / 100} elsewhere (Maas et al. 2013). */
  LEAKY_RELU(true),
  /** The logistic function {@code 1 / (1 + exp(-x))}. */
  SIGMOID(true),
  TANH(true),
  /** {@code x · Φ(x)} by the error function (Hendrycks and Gimpel 2016, arXiv:1606.08415). */
  GELU(false),
  /** GELU by its approximation with the hyperbolic tangent, as GPT-2 has it. */
  GELU_TANH(false),
  /** {@code x · sigmoid(x)} (Elfwing et al. 2017, arXiv:1702.03118), also called swish. */
  SILU(false),
  /** {@code min(max(x + 3, 0), 6) / 6} (Howard et al. 2019, arXiv:1905.02244). */
  HARD_SIGMOID(false),
  /** {@code min(max(x / 5 + 1 / 2, 0), 1)}: what ONNX, Paddle and Keras 2 call hard sigmoid. */
  STEEP_HARD_SIGMOID(false),
  /** {@code x · min(max(x + 3, 0), 6) / 6} (Howard et al. 2019, arXiv:1905.02244). */
  HARD_SWISH(false);

  /** The slope of {@link #LEAKY_RELU} for negative values. */
  public static final double LEAK = 0.01;

  private final boolean gradientFollowsFromOutput;

  Activation(boolean gradientFollowsFromOutput) {
    this.gradientFollowsFromOutput = gradientFollowsFromOutput;
  }

  /** Whether the gradient is computed from the output; else it is computed from the input. */
  public boolean gradientFollowsFromOutput() {
    return gradientFollowsFromOutput;
  }

  /** This activation as part of another kernel; one that needs its input kept is refused. */
  public Activation fused() {
    if (!gradientFollowsFromOutput) {
      throw new IllegalArgumentException(
          this + " cannot be part of another layer: its gradient needs its input");
    }
    return this;
  }
}
