package dev.dl.core.tensorfile;

import java.util.regex.Pattern;

/**
 * Kernels of convolutions {@code [..., inputs, outputs]} that Keras on Theano wrote. Theano moves a
 * kernel over its input the other way round than all others, so their first axes are turned around,
 * as Keras itself does when it reads such a file on another backend.
 */
final class TheanoKernels {
  private static final Pattern NAME = Pattern.compile("/kernel(:\\d+)?$");

  /** Of vectors, there is nothing to move over. */
  private static final int DENSE_AXES = 2;

  private TheanoKernels() {}

  /** The kernel turned around; any other tensor as it is. */
  static StoredTensor turned(StoredTensor tensor) {
    int axes = tensor.shape().size();
    if (axes <= DENSE_AXES || !NAME.matcher(tensor.name()).find()) {
      return tensor;
    }
    return new StoredTensor(
        tensor.name(),
        tensor.type(),
        tensor.shape(),
        () ->
            turned(
                tensor.values().read(),
                StoredTensor.count(tensor.shape().subList(axes - DENSE_AXES, axes))));
  }

  /** The last place first; {@code place} values lie in each. */
  private static float[] turned(float[] values, int place) {
    float[] turned = new float[values.length];
    for (int start = 0; start < values.length; start += place) {
      System.arraycopy(values, start, turned, values.length - place - start, place);
    }
    return turned;
  }
}
