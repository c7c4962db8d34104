package dev.dl.core.kernel.update;

import dev.dl.core.kernel.Parallel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Optimizer arithmetic of one backend. Every array is a dense vector, and those of one call have
 * the same length and type; elements outside the range are neither read nor written. NaN and
 * infinity propagate.
 */
public interface UpdateKernels {

  /**
   * The fastest for floats in host memory that this Java has; all give the same bits.
   *
   * @param parallel stays the caller's to close
   */
  static UpdateKernels onHost(Parallel parallel) {
    return VectorApi.present()
        ? new VectorUpdateKernels(parallel)
        : new JavaUpdateKernels(parallel);
  }

  /**
   * Sum of squares, accumulated in double precision; bit-identical for the same values, whatever
   * the number of threads.
   */
  double squaredNorm(INDArray gradient, Range range);

  /** That of several ranges together; a device is asked once. */
  default double squaredNorm(INDArray gradient, List<Range> ranges) {
    return ranges.stream()
        .mapToDouble(range -> squaredNorm(gradient, range))
        .reduce(0, Double::sum);
  }

  /**
   * Takes a step of gradient descent, in place; the average, if there is one, in the same pass.
   *
   * @param momentum velocity, zeros before the first step
   */
  void sgd(Parameters parameters, INDArray gradient, INDArray momentum, Range range, SgdStep step);

  /**
   * Takes a step of Adam, in place; the average, if there is one, in the same pass.
   *
   * @param firstMoment mean of the gradients, zeros before the first step
   * @param secondMoment mean of their squares, zeros before the first step
   */
  void adam(
      Parameters parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      Range range,
      AdamStep step);

  /**
   * Takes a step of Lion, in place; the average, if there is one, in the same pass.
   *
   * @param momentum mean of the gradients, zeros before the first step
   */
  void lion(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, LionStep step);

  /** Moves the average towards values that no step changes, such as running statistics. */
  void ema(Parameters.Average average, INDArray values);
}
