package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Address;
import dev.dl.core.kernel.DenseArrays;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The outputs of a recurrent layer's last steps, as {@link dev.dl.core.kernel.Kernels} has it. */
record LastSteps(INDArray mask, boolean bidirectional) {

  void forward(INDArray sequences, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(sequences);
    FloatBuffer to = DenseArrays.buffer(output);
    each(
        sequences,
        (place, start, features) -> {
          float[] vector = new float[features];
          if (place >= 0) {
            from.get(place, vector);
          }
          to.put(start, vector);
        });
  }

  void backward(INDArray outputGradient, INDArray inputGradient) {
    FloatBuffer from = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    Pointer.memset(
        new Address().at(DenseArrays.address(inputGradient)),
        0,
        inputGradient.length() * Float.BYTES);
    each(
        inputGradient,
        (place, start, features) -> {
          if (place >= 0) {
            float[] vector = new float[features];
            from.get(start, vector);
            to.put(place, vector);
          }
        });
  }

  private interface Vectors {
    /**
     * @param place of the vector among the sequences; negative for a sequence without any
     * @param start of the vector in the output
     */
    void accept(int place, int start, int features);
  }

  private void each(INDArray sequences, Vectors vectors) {
    int length = Math.toIntExact(sequences.size(1));
    int width = Math.toIntExact(sequences.size(2));
    int features = bidirectional ? width / 2 : width;
    float[] counted = mask == null ? null : DenseArrays.read(mask);
    for (int n = 0; n < sequences.size(0); n++) {
      for (int column = 0; column < width; column += features) {
        int position = column == 0 ? last(counted, n, length) : first(counted, n, length);
        int place = position < 0 ? -1 : (n * length + position) * width + column;
        vectors.accept(place, n * width + column, features);
      }
    }
  }

  private static int last(float[] counted, int sample, int length) {
    int position = length - 1;
    while (counted != null && position >= 0 && counted[sample * length + position] == 0) {
      position--;
    }
    return position;
  }

  private static int first(float[] counted, int sample, int length) {
    int position = 0;
    while (counted != null && position < length && counted[sample * length + position] == 0) {
      position++;
    }
    return position < length ? position : -1;
  }
}
