package dev.dl.training.spec;

import dev.dl.core.config.Minimum;
import java.util.List;

/** What the samples of each class count in the loss: a word or a list. */
public sealed interface ClassWeights {

  /** Weights that follow from the training split. */
  enum Rule implements ClassWeights {
    /** All classes together count the same, and a sample counts one in the mean. */
    BALANCED
  }

  /**
   * Weights by themselves.
   *
   * @param weights in the order of the classes
   */
  record Given(@Minimum(0) List<Double> weights) implements ClassWeights {
    public Given {
      weights = List.copyOf(weights);
    }
  }
}
