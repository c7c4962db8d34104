package dev.dl.core.kernel.onednn;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution that does little with each value it reads (depthwise, or 1x1) over a batch that no
 * cache holds: each thread takes its images one after the other, reads each from end to end into
 * its second-level cache, and only then convolves it. oneDNN by itself walks through memory in
 * steps of all channels, a few at a time, at half the speed. In the backward pass an image serves
 * both gradients.
 */
final class ImageByImage {
  /** What last-level caches hold, about: 32 MiB. */
  private static final long CACHE_FLOATS = 8 << 20;

  /** Values of an image, before and after, up to which this was measured to pay: 2 MiB. */
  private static final long IMAGE_FLOATS = 1 << 19;

  private static final int TILE = 2048;

  private final Parallel parallel;
  private final ConvolutionGeometry geometry;
  private final ThreadLocal<Worker> workers;

  /** What a thread needs for one image. */
  private record Worker(ConvolutionPrimitives primitives, INDArray weightGradient) {}

  /**
   * @param primitives makes those of one image, on the thread that will use them
   */
  ImageByImage(
      Parallel parallel, ConvolutionGeometry geometry, Supplier<ConvolutionPrimitives> primitives) {
    this.parallel = parallel;
    this.geometry = geometry;
    this.workers =
        ThreadLocal.withInitial(
            () ->
                new Worker(
                    primitives.get(),
                    DenseArrays.allocate(DataType.FLOAT, geometry.weightShape())));
  }

  boolean paysForward(long batch) {
    long input = geometry.input().size();
    long output = geometry.output().size();
    return input >= output && pays(batch, input + output);
  }

  boolean paysBackward(long batch) {
    long input = geometry.input().size();
    long output = geometry.output().size();
    return output >= input && !geometry.bias() && pays(batch, output + 2 * input);
  }

  private boolean pays(long batch, long valuesOfImage) {
    boolean light =
        geometry.depthwise() || geometry.weightsPerOutput() == geometry.input().channels();
    return light
        && parallel.isOpenMp()
        && batch * valuesOfImage > CACHE_FLOATS
        && geometry.input().size() + geometry.output().size() <= IMAGE_FLOATS;
  }

  void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    FloatBuffer inputs = DenseArrays.buffer(input);
    forEachThread(
        input.size(0),
        (part, first, end) -> {
          ConvolutionPrimitives primitives = workers.get().primitives;
          primitives.setForwardWeights(weights, bias);
          float[] tile = new float[TILE];
          for (long image = first; image < end; image++) {
            read(inputs, image, geometry.input(), tile);
            primitives.forward(
                address(input, image, geometry.input()), address(output, image, geometry.output()));
          }
        });
  }

  void backward(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient) {
    FloatBuffer inputs = DenseArrays.buffer(input);
    FloatBuffer gradients = DenseArrays.buffer(outputGradient);
    float[][] sums = new float[parallel.threads()][];
    forEachThread(
        input.size(0),
        (part, first, end) -> {
          Worker worker = workers.get();
          worker.primitives.setBackwardWeights(weights);
          FloatBuffer ofImage = DenseArrays.buffer(worker.weightGradient);
          sums[part] = new float[ofImage.capacity()];
          float[] tile = new float[Math.max(TILE, ofImage.capacity())];
          for (long image = first; image < end; image++) {
            long gradient = address(outputGradient, image, geometry.output());
            read(inputs, image, geometry.input(), tile);
            read(gradients, image, geometry.output(), tile);
            worker.primitives.backwardWeights(
                address(input, image, geometry.input()), gradient, worker.weightGradient, null);
            add(ofImage, sums[part], tile);
            worker.primitives.backwardData(
                gradient, address(inputGradient, image, geometry.input()));
          }
        });
    DenseArrays.write(total(sums), weightGradient);
  }

  private interface Images {
    void run(int part, long first, long end);
  }

  /** Each thread has the same neighbouring images at each call. */
  private void forEachThread(long batch, Images work) {
    int parts = (int) Math.min(parallel.threads(), batch);
    parallel.runByThread(
        parts, part -> work.run(part, batch * part / parts, batch * (part + 1) / parts));
  }

  private static long address(INDArray images, long image, ImageShape shape) {
    return DenseArrays.address(images) + image * shape.size() * Float.BYTES;
  }

  private static void read(FloatBuffer images, long image, ImageShape shape, float[] tile) {
    int end = (int) ((image + 1) * shape.size());
    for (int start = (int) (image * shape.size()); start < end; start += TILE) {
      images.get(start, tile, 0, Math.min(TILE, end - start));
    }
  }

  private static void add(FloatBuffer values, float[] sum, float[] tile) {
    values.get(0, tile, 0, sum.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += tile[i];
    }
  }

  /** In the order of the parts. */
  private static float[] total(float[][] sums) {
    float[] total = sums[0];
    for (int part = 1; part < sums.length && sums[part] != null; part++) {
      for (int i = 0; i < total.length; i++) {
        total[i] += sums[part][i];
      }
    }
    return total;
  }
}
