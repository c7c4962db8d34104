package dev.dl.core.kernel.update;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a step changes: parameters and, if one is kept, the moving average that follows them.
 *
 * @param values dense, of any shape
 */
public record Parameters(INDArray values, Optional<Average> average) {
  /**
   * A moving average, {@code decay * average + (1 - decay) * p} after each step.
   *
   * @param values of the length and type of the parameters
   * @param decay share that the average keeps
   */
  public record Average(INDArray values, double decay) {}

  /** Parameters that no average follows. */
  public static Parameters of(INDArray values) {
    return new Parameters(values, Optional.empty());
  }
}
