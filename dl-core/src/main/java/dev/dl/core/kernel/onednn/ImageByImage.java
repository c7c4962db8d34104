package dev.dl.core.kernel.onednn;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution that does little with each value it reads (depthwise, or 1x1) over a batch that no
 * cache holds: each thread takes its images one after the other, reads each from end to end into
 * its second-level cache, and only then convolves it. oneDNN by itself walks through memory in
 * steps of all channels, a few at a time, at half the speed. In the backward pass an image serves
 * both gradients.
 */
final class ImageByImage implements ConvolutionKernel {
  private static final int TILE = 2048;

  private final ConvolutionGeometry geometry;
  private final Elementwise elementwise;
  private final Parallel parallel;
  private final ThreadLocal<Worker> workers;

  /** What a thread needs for one image. */
  private record Worker(
      ConvolutionPrimitives primitives, INDArray weightGradient, INDArray biasGradient) {}

  /**
   * @param parallel a team of OpenMP, within which oneDNN keeps to the calling thread
   */
  ImageByImage(
      OneDnnEngine engine,
      ConvolutionGeometry geometry,
      primitive_attr attributes,
      Elementwise elementwise,
      Parallel parallel) {
    this.geometry = geometry;
    this.elementwise = elementwise;
    this.parallel = parallel;
    this.workers =
        ThreadLocal.withInitial(
            () ->
                new Worker(
                    new ConvolutionPrimitives(engine, geometry, attributes, 1),
                    DenseArrays.allocate(DataType.FLOAT, geometry.weightShape()),
                    geometry.bias()
                        ? DenseArrays.allocate(DataType.FLOAT, geometry.outputs())
                        : null));
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
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

  @Override
  public void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    elementwise.gradient(geometry.activation(), output, outputGradient, outputGradient);
    FloatBuffer inputs = DenseArrays.buffer(input);
    FloatBuffer gradients = DenseArrays.buffer(outputGradient);
    PartSums weightSums = new PartSums(parallel.threads());
    PartSums biasSums = new PartSums(parallel.threads());
    forEachThread(
        input.size(0),
        (part, first, end) -> {
          Worker worker = workers.get();
          ConvolutionPrimitives primitives = worker.primitives;
          if (inputGradient != null) {
            primitives.setBackwardWeights(weights);
          }
          float[] tile = new float[TILE];
          for (long image = first; image < end; image++) {
            long gradient = address(outputGradient, image, geometry.output());
            if (weightGradient != null) {
              read(inputs, image, geometry.input(), tile);
            }
            read(gradients, image, geometry.output(), tile);
            if (weightGradient != null) {
              primitives.backwardWeights(
                  address(input, image, geometry.input()),
                  gradient,
                  worker.weightGradient,
                  worker.biasGradient);
              weightSums.add(part, worker.weightGradient);
              biasSums.add(part, worker.biasGradient);
            }
            if (inputGradient != null) {
              primitives.backwardData(gradient, address(inputGradient, image, geometry.input()));
            }
          }
        });
    weightSums.write(weightGradient);
    biasSums.write(biasGradient);
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
}
