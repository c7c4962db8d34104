package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A kernel whose accuracy is tested.
 *
 * @param error the largest, relative to the largest value of an array
 * @param largest size of its inputs
 */
record KernelCase(String name, double error, float largest, Passes passes) {
  static final float HUGE = 1e30f;

  /** Whose square is a number yet. */
  static final float LARGE = 1e15f;

  static final int BATCH = 3;

  /** The passes of a kernel, which returns what they wrote: the output first. */
  interface Passes {
    INDArray[] run(Kernels kernels, Arguments arguments);
  }

  @Override
  public String toString() {
    return name;
  }
}
