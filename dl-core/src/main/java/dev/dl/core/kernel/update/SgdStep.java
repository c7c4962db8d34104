package dev.dl.core.kernel.update;

/**
 * One step of stochastic gradient descent with momentum, as PyTorch defines it.
 *
 * <pre>
 * g = gradientScale * gradient + decay * p
 * b = momentum * b + g
 * p = p - learningRate * (nesterov ? g + momentum * b : b)
 * </pre>
 *
 * @param learningRate of this step
 * @param momentum 0 for none
 * @param nesterov looks ahead by the momentum (Sutskever et al. 2013,
 *     https://proceedings.mlr.press/v28/sutskever13.html)
 * @param decay of the weights
 * @param gradientScale the mean over the batch and clipping in one factor
 */
public record SgdStep(
    double learningRate,
    double momentum,
    boolean nesterov,
    WeightDecay decay,
    double gradientScale) {}
