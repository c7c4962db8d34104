package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.onednn.Normalizing.Lanes;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization of channels-last images in as few passes over memory as it can have: the
 * forward pass reads its input for the statistics and again to normalize it; the backward pass
 * reads input and gradient for two sums, and again for the gradient of the input. ReLU and ReLU6
 * happen on the way, and the backward pass computes again where they were flat; other activations
 * are passes of their own. First passes run from the end, which the layer before wrote last.
 */
final class ChannelNormalization implements NormalizationKernel {
  private final Parallel parallel;
  private final NormalizationGeometry geometry;
  private final Normalizing loops;
  private final Activation after;
  private final Elementwise elementwise;
  private final float[] mean;
  private final float[] inverseDeviation;

  ChannelNormalization(Parallel parallel, NormalizationGeometry geometry, Elementwise elementwise) {
    this.parallel = parallel;
    this.geometry = geometry;
    this.loops = Normalizing.of(geometry.activation());
    this.after = loops.clips() ? Activation.NONE : geometry.activation();
    this.elementwise = elementwise;
    this.mean = new float[geometry.image().channels()];
    this.inverseDeviation = new float[mean.length];
  }

  @Override
  public void forwardTraining(INDArray input, Affine affine, Running running, INDArray output) {
    ChannelTiles tiles = tiles(input);
    ChannelMoments moments = ChannelMoments.of(parallel, tiles, DenseArrays.buffer(input));
    for (int c = 0; c < mean.length; c++) {
      mean[c] = (float) moments.mean()[c];
      inverseDeviation[c] = inverseDeviation(moments.variance()[c]);
    }
    follow(running.mean(), moments.mean(), 1);
    follow(running.variance(), moments.variance(), tiles.rows() / Math.max(1.0, tiles.rows() - 1));
    normalize(tiles, input, lanes(tiles, affine), output);
  }

  private void follow(INDArray running, double[] batch, double factor) {
    float[] values = DenseArrays.read(running);
    for (int c = 0; c < values.length; c++) {
      values[c] += (float) (geometry.momentum() * (batch[c] * factor - values[c]));
    }
    DenseArrays.write(values, running);
  }

  @Override
  public void forwardInference(INDArray input, Affine affine, Running running, INDArray output) {
    ChannelTiles tiles = tiles(input);
    float[] slope = DenseArrays.read(affine.scale());
    float[] variance = DenseArrays.read(running.variance());
    for (int c = 0; c < slope.length; c++) {
      slope[c] *= inverseDeviation(variance[c]);
    }
    Lanes lanes =
        new Lanes(
            tiles.repeated(DenseArrays.read(running.mean())),
            tiles.repeated(slope),
            tiles.repeated(DenseArrays.read(affine.shift())));
    normalize(tiles, input, lanes, output);
  }

  private void normalize(ChannelTiles tiles, INDArray input, Lanes lanes, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    parallel.run(
        tiles.tasks(),
        task -> {
          float[] x = new float[tiles.tileLength()];
          tiles.forEach(
              task,
              (start, length) -> {
                from.get(start, x, 0, length);
                loops.forward(x, lanes, length);
                to.put(start, x, 0, length);
              });
        });
    if (after != Activation.NONE) {
      elementwise.activate(after, output, output);
    }
  }

  @Override
  public void backward(
      INDArray input,
      Affine affine,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients) {
    elementwise.gradient(after, output, outputGradient, outputGradient);
    ChannelTiles tiles = tiles(input);
    Lanes lanes = lanes(tiles, affine);
    FloatBuffer values = DenseArrays.buffer(input);
    FloatBuffer given = DenseArrays.buffer(outputGradient);
    double[][] sums = new double[tiles.tasks()][mean.length];
    double[][] products = new double[tiles.tasks()][mean.length];
    parallel.run(
        tiles.tasks(),
        number -> {
          int task = tiles.tasks() - 1 - number;
          sum(tiles, task, values, given, lanes, sums[task], products[task]);
        });
    double[] sum = ChannelTiles.total(sums);
    double[] product = ChannelTiles.total(products);
    for (int c = 0; c < mean.length; c++) {
      product[c] *= inverseDeviation[c];
    }
    DenseArrays.write(rounded(product), gradients.scale());
    DenseArrays.write(rounded(sum), gradients.shift());

    float[] slope = slope(affine);
    for (int c = 0; c < mean.length; c++) {
      product[c] *= -slope[c] * inverseDeviation[c] / tiles.rows();
      sum[c] *= -slope[c] / tiles.rows();
    }
    float[] rate = tiles.repeated(rounded(product));
    float[] constant = tiles.repeated(rounded(sum));
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    parallel.run(
        tiles.tasks(),
        task -> {
          float[] x = new float[tiles.tileLength()];
          float[] gradient = new float[x.length];
          tiles.forEach(
              task,
              (start, length) -> {
                values.get(start, x, 0, length);
                given.get(start, gradient, 0, length);
                loops.gradient(x, lanes, gradient, length);
                Normalizing.backward(x, lanes, rate, constant, gradient, length);
                to.put(start, gradient, 0, length);
              });
        });
  }

  /** The sums of the gradient, and of its products with the distance from the mean. */
  private void sum(
      ChannelTiles tiles,
      int task,
      FloatBuffer values,
      FloatBuffer given,
      Lanes lanes,
      double[] sum,
      double[] product) {
    float[] x = new float[tiles.tileLength()];
    float[] gradient = new float[x.length];
    float[] sums = new float[x.length];
    float[] products = new float[x.length];
    tiles.forEach(
        task,
        (start, length) -> {
          values.get(start, x, 0, length);
          given.get(start, gradient, 0, length);
          loops.gradient(x, lanes, gradient, length);
          Normalizing.accumulate(x, lanes.center(), gradient, sums, products, length);
          if (tiles.drains(task, start)) {
            tiles.drain(sums, sum);
            tiles.drain(products, product);
          }
        });
  }

  private ChannelTiles tiles(INDArray images) {
    return ChannelTiles.of(images.length(), mean.length);
  }

  private float inverseDeviation(double variance) {
    return (float) (1 / Math.sqrt(variance + geometry.epsilon()));
  }

  /** Of the latest training pass. */
  private Lanes lanes(ChannelTiles tiles, Affine affine) {
    return new Lanes(
        tiles.repeated(mean),
        tiles.repeated(slope(affine)),
        tiles.repeated(DenseArrays.read(affine.shift())));
  }

  private float[] slope(Affine affine) {
    float[] slope = DenseArrays.read(affine.scale());
    for (int c = 0; c < slope.length; c++) {
      slope[c] *= inverseDeviation[c];
    }
    return slope;
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int c = 0; c < values.length; c++) {
      rounded[c] = (float) values[c];
    }
    return rounded;
  }
}
