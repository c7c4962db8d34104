package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Activation;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** An activation as oneDNN names it. */
record Eltwise(algorithm kind, float alpha, float beta) {
  /** The forward pass. */
  static Eltwise of(Activation activation) {
    return switch (activation) {
      case NONE -> new Eltwise(algorithm.eltwise_linear, 1, 0);
      case RELU -> new Eltwise(algorithm.eltwise_relu, 0, 0);
      case RELU6 -> new Eltwise(algorithm.eltwise_clip_v2, 0, 6);
      case LEAKY_RELU -> new Eltwise(algorithm.eltwise_relu, (float) Activation.LEAK, 0);
      case SIGMOID -> new Eltwise(algorithm.eltwise_logistic, 0, 0);
      case TANH -> new Eltwise(algorithm.eltwise_tanh, 0, 0);
      case GELU -> new Eltwise(algorithm.eltwise_gelu_erf, 0, 0);
      case GELU_TANH -> new Eltwise(algorithm.eltwise_gelu_tanh, 0, 0);
      case SILU -> new Eltwise(algorithm.eltwise_swish, 1, 0);
      case HARD_SIGMOID -> new Eltwise(algorithm.eltwise_hardsigmoid, 1f / 6, 0.5f);
      case STEEP_HARD_SIGMOID -> new Eltwise(algorithm.eltwise_hardsigmoid, 0.2f, 0.5f);
      case HARD_SWISH -> new Eltwise(algorithm.eltwise_hardswish, 1f / 6, 0.5f);
    };
  }

  /**
   * Functions one after the other that come to the activation and pass a NaN on, which oneDNN's
   * ReLU and clipping turn into their lower limit. {@code x · min(max(MAX · x, 0), 1)} is ReLU for
   * all but denormal numbers, and NaN for NaN and negative infinity.
   */
  static List<Eltwise> keepingNan(Activation activation) {
    Eltwise relu = new Eltwise(algorithm.eltwise_hardswish, Float.MAX_VALUE, 0);
    return switch (activation) {
      case NONE -> List.of();
      case RELU -> List.of(relu);
      case RELU6 -> List.of(new Eltwise(algorithm.eltwise_clip, Float.NEGATIVE_INFINITY, 6), relu);
      default -> List.of(of(activation));
    };
  }

  /** The same function with its gradient, from the output where that is enough. */
  static Eltwise differentiable(Activation activation) {
    Eltwise forward = of(activation);
    return switch (activation) {
      case RELU, LEAKY_RELU -> forward.with(algorithm.eltwise_relu_use_dst_for_bwd);
      case RELU6 -> forward.with(algorithm.eltwise_clip_v2_use_dst_for_bwd);
      case SIGMOID -> forward.with(algorithm.eltwise_logistic_use_dst_for_bwd);
      case TANH -> forward.with(algorithm.eltwise_tanh_use_dst_for_bwd);
      case NONE, GELU, GELU_TANH, SILU, HARD_SIGMOID, STEEP_HARD_SIGMOID, HARD_SWISH -> forward;
    };
  }

  private Eltwise with(algorithm other) {
    return new Eltwise(other, alpha, beta);
  }
}
