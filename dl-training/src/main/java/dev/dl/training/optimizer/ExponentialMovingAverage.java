package dev.dl.training.optimizer;

import dev.dl.core.kernel.update.Parameters;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A moving average of the parameters, which often generalises better than they do (Polyak and
 * Juditsky 1992; as in timm, over the whole vector, running statistics included).
 *
 * <p>The decay warms up as in TensorFlow, {@code min(decay, (1 + step) / (10 + step))}, so that the
 * initial weights are soon forgotten. The vector is the only state.
 */
public final class ExponentialMovingAverage {
  private final double decay;
  private final INDArray average;

  private ExponentialMovingAverage(double decay, INDArray average) {
    this.decay = decay;
    this.average = average;
  }

  /**
   * An average that begins as the given values: the initial parameters, or the saved average of a
   * run that continues.
   *
   * @param values copied
   * @param decay share that the average keeps at each step, in (0, 1)
   */
  public static ExponentialMovingAverage of(INDArray values, double decay) {
    return new ExponentialMovingAverage(decay, values.dup());
  }

  /**
   * What a step is given to move: the average, with the decay of that step.
   *
   * @param step counted from 1
   */
  public Parameters.Average at(long step) {
    return new Parameters.Average(average, Math.min(decay, (1.0 + step) / (10.0 + step)));
  }

  /** The live vector, of the parameters' shape. */
  public INDArray average() {
    return average;
  }
}
