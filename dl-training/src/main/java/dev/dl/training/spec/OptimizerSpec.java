package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * How a gradient becomes an update.
 *
 * @param name {@code sgd}, {@code adam} or {@code adamw}
 * @param learningRate the peak; the schedule multiplies it
 * @param weightDecay decoupled for adamw, added to the gradient for sgd and adam; biases and norms
 *     are exempt
 * @param momentum of sgd
 * @param nesterov Nesterov's form of sgd's momentum
 */
public record OptimizerSpec(
    @Default("adamw") OptimizerKind name,
    @Default("0.001") @Above(0) double learningRate,
    @Default("0.01") @Minimum(0) double weightDecay,
    @Default("0.9") @Minimum(0) @Below(1) double momentum,
    @Default("false") boolean nesterov,
    @Default("0.9") @Minimum(0) @Below(1) double beta1,
    @Default("0.999") @Minimum(0) @Below(1) double beta2,
    @Default("1e-8") @Above(0) double epsilon) {}
