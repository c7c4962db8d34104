package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * How a gradient becomes an update.
 *
 * @param name {@code sgd}, {@code adam}, {@code adamw} or {@code lion}
 * @param learningRate the peak; the schedule multiplies it
 * @param weightDecay decoupled for adamw and lion, added to the gradient for sgd and adam; biases
 *     and norms are exempt
 * @param momentum of sgd
 * @param nesterov Nesterov's form of sgd's momentum
 * @param beta1 of adam, adamw and lion, as {@code beta2}: what the moving averages keep at a step
 * @param beta2 {@code null}: 0.99 for lion, 0.999 for the others, as their papers have it
 * @param epsilon added to the denominator of adam and adamw
 */
public record OptimizerSpec(
    @Default("adamw") OptimizerKind name,
    @Default("0.001") @Above(0) double learningRate,
    @Default("0.01") @Minimum(0) double weightDecay,
    @Default("0.9") @Minimum(0) @Below(1) double momentum,
    @Default("false") boolean nesterov,
    @Default("0.9") @Minimum(0) @Below(1) double beta1,
    @Default("null") @Minimum(0) @Below(1) Double beta2,
    @Default("1e-8") @Above(0) double epsilon) {

  public OptimizerSpec {
    if (beta2 == null) {
      beta2 = name == OptimizerKind.LION ? 0.99 : 0.999;
    }
  }
}
