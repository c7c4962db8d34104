package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays of random values for kernels: the same values for each, in its type and layout. All are
 * {@linkplain Views views}.
 */
final class Arguments {
  private final Kernels kernels;
  private final Scales scales;
  private final Random random = new Random(1);
  private final List<INDArray> arrays = new ArrayList<>();
  private final List<INDArray> images = new ArrayList<>();
  private boolean poisoned;

  /** The sizes of inputs and of gradients. */
  record Scales(float ofInputs, float ofGradients) {}

  Arguments(Kernels kernels, Scales scales) {
    this.kernels = kernels;
    this.scales = scales;
  }

  /** Those whose first input begins with a NaN. */
  static Arguments poisoned(Kernels kernels) {
    Arguments arguments = new Arguments(kernels, new Scales(1, 1));
    arguments.poisoned = true;
    return arguments;
  }

  Kernels kernels() {
    return kernels;
  }

  INDArray input(long... shape) {
    return of(inputs(length(shape)), shape);
  }

  INDArray gradient(long... shape) {
    return of(normal(length(shape), scales.ofGradients), shape);
  }

  INDArray weights(long... shape) {
    return of(normal(length(shape), 1), shape);
  }

  INDArray of(float[] values, long... shape) {
    INDArray array = empty(shape);
    DenseArrays.write(values, array);
    return array;
  }

  /** To be written by a kernel. */
  INDArray empty(long... shape) {
    INDArray array = Views.of(kernels.dataType(), shape);
    arrays.add(array);
    return array;
  }

  INDArray input(int batch, ImageShape image) {
    return of(inputs((long) batch * image.size()), batch, image);
  }

  INDArray gradient(int batch, ImageShape image) {
    return of(normal((long) batch * image.size(), scales.ofGradients), batch, image);
  }

  INDArray of(float[] values, int batch, ImageShape image) {
    INDArray array = empty(batch, image);
    kernels.layout().write(values, image, array);
    return array;
  }

  INDArray empty(int batch, ImageShape image) {
    INDArray array = empty(kernels.layout().arrayShape(batch, image));
    images.add(array);
    return array;
  }

  /** The values of one of the arrays, images channels first. */
  float[] read(INDArray array) {
    boolean last =
        kernels.layout() == Layout.CHANNELS_LAST
            && images.stream().anyMatch(image -> image == array);
    return DenseArrays.read(last ? array.permute(0, 3, 1, 2).dup('c') : array);
  }

  void requireNothingWrittenOutside() {
    for (INDArray array : arrays) {
      assertThat(Views.around(array)).containsOnly(Float.NaN);
    }
  }

  private static long length(long... shape) {
    return LongStream.of(shape).reduce(1, Math::multiplyExact);
  }

  private float[] inputs(long length) {
    float[] values = normal(length, scales.ofInputs);
    if (poisoned) {
      values[0] = Float.NaN;
      poisoned = false;
    }
    return values;
  }

  private float[] normal(long length, float scale) {
    float[] values = new float[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }
}
