package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Vectors one after the other in one, and back. */
final class Joining {
  private Joining() {}

  static void join(INDArray[] parts, INDArray whole) {
    FloatBuffer to = DenseArrays.buffer(whole);
    int width = Math.toIntExact(whole.size(1));
    int column = 0;
    for (INDArray part : parts) {
      FloatBuffer from = DenseArrays.buffer(part);
      int features = Math.toIntExact(part.size(1));
      for (int n = 0; n < whole.size(0); n++) {
        to.put(n * width + column, from, n * features, features);
      }
      column += features;
    }
  }

  static void split(INDArray whole, INDArray[] parts) {
    FloatBuffer from = DenseArrays.buffer(whole);
    int width = Math.toIntExact(whole.size(1));
    int column = 0;
    for (INDArray part : parts) {
      FloatBuffer to = DenseArrays.buffer(part);
      int features = Math.toIntExact(part.size(1));
      for (int n = 0; n < whole.size(0); n++) {
        to.put(n * features, from, n * width + column, features);
      }
      column += features;
    }
  }
}
