package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;

/**
 * A weight that a file has.
 *
 * @param from its name in the file
 * @param fate how it came by its present form
 */
record Given(String from, Tensor tensor, Fate fate) {

  static Given loaded(String from, Tensor tensor) {
    return new Given(from, tensor, Fate.LOADED);
  }

  Given as(Fate other, Tensor changed) {
    return new Given(from, changed, other);
  }
}
