package dev.dl.models.network;

import dev.dl.core.kernel.DenseArrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Looks at the arrays of a step in the order in which they are made, for the first with a value
 * that is not finite.
 */
final class FiniteCheck {
  private String found;

  /**
   * @param what the array is, for a message: {@code the output of conv1}
   * @param array {@code null} for none
   */
  void look(Supplier<String> what, INDArray array) {
    if (found == null && array != null && !DenseArrays.isFinite(array)) {
      found = what.get();
    }
  }

  /** What is not finite; empty if everything is. */
  Optional<String> found() {
    return Optional.ofNullable(found);
  }
}
