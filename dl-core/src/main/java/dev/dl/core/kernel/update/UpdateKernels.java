package dev.dl.core.kernel.update;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Optimizer arithmetic of one backend. Every array is a dense vector, and those of one call have
 * the same length and type; elements outside the range are neither read nor written. NaN and
 * infinity propagate.
 */
public interface UpdateKernels {
  /**
   * Sum of squares, accumulated in double precision; bit-identical for the same values, whatever
   * the number of threads.
   */
  double squaredNorm(INDArray gradient, Range range);

  /**
   * Takes a step of gradient descent, in place.
   *
   * @param momentum velocity, zeros before the first step
   */
  void sgd(INDArray parameters, INDArray gradient, INDArray momentum, Range range, SgdStep step);

  /**
   * Takes a step of Adam, in place.
   *
   * @param firstMoment mean of the gradients, zeros before the first step
   * @param secondMoment mean of their squares, zeros before the first step
   */
  void adam(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      Range range,
      AdamStep step);

  /**
   * Takes a step of Lion, in place.
   *
   * @param momentum mean of the gradients, zeros before the first step
   */
  void lion(INDArray parameters, INDArray gradient, INDArray momentum, Range range, LionStep step);

  /** Moves {@code average} towards the parameters: {@code decay * average + (1 - decay) * p}. */
  void ema(INDArray average, INDArray parameters, double decay);
}
