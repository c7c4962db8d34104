package dev.dl.core.kernel.onednn;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.GroupNormalizationKernel;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Group normalization of channels-last images, one image a task. */
final class ImageGroupNormalization implements GroupNormalizationKernel {
  private final Parallel parallel;
  private final ImageShape image;
  private final int groups;
  private final double epsilon;
  private final ChannelTiles tiles;

  /** Of the latest forward pass, for each image. */
  private Statistics[] statistics = {};

  ImageGroupNormalization(Parallel parallel, ImageShape image, int groups, double epsilon) {
    this.parallel = parallel;
    this.image = image;
    this.groups = groups;
    this.epsilon = epsilon;
    this.tiles = ChannelTiles.of(image.size(), image.channels());
  }

  /** Mean and inverse deviation of its group, for each channel. */
  private record Statistics(float[] mean, float[] inverseDeviation) {}

  @Override
  public void forward(INDArray input, Affine affine, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    float[] scale = DenseArrays.read(affine.scale());
    float[] shift = tiles.repeated(DenseArrays.read(affine.shift()));
    Statistics[] found = new Statistics[Math.toIntExact(input.size(0))];
    parallel.run(
        found.length,
        n -> {
          FloatBuffer values = slice(from, n);
          found[n] = statistics(values);
          float[] center = tiles.repeated(found[n].mean);
          float[] slope = tiles.repeated(product(scale, found[n].inverseDeviation));
          FloatBuffer results = slice(to, n);
          float[] x = new float[tiles.tileLength()];
          tiles.forEach(
              (start, length) -> {
                values.get(start, x, 0, length);
                Normalizing.PLAIN.run(x, center, slope, shift, length);
                results.put(start, x, 0, length);
              });
        });
    statistics = found;
  }

  private FloatBuffer slice(FloatBuffer images, int n) {
    return images.slice(n * image.size(), image.size());
  }

  private Statistics statistics(FloatBuffer values) {
    ChannelMoments moments = ChannelMoments.of(parallel, tiles, values);
    float[] mean = new float[image.channels()];
    float[] inverseDeviation = new float[mean.length];
    int size = mean.length / groups;
    for (int first = 0; first < mean.length; first += size) {
      double center = 0;
      for (int c = first; c < first + size; c++) {
        center += moments.mean()[c] / size;
      }
      double variance = 0;
      for (int c = first; c < first + size; c++) {
        double apart = moments.mean()[c] - center;
        variance += (moments.variance()[c] + apart * apart) / size;
      }
      for (int c = first; c < first + size; c++) {
        mean[c] = (float) center;
        inverseDeviation[c] = (float) (1 / Math.sqrt(variance + epsilon));
      }
    }
    return new Statistics(mean, inverseDeviation);
  }

  @Override
  public void backward(
      INDArray input,
      Affine affine,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer given = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    float[] scale = DenseArrays.read(affine.scale());
    double[][] sums = new double[statistics.length][image.channels()];
    double[][] products = new double[statistics.length][image.channels()];
    parallel.run(
        statistics.length,
        n -> {
          FloatBuffer x = slice(from, n);
          FloatBuffer gradient = slice(given, n);
          sum(x, gradient, statistics[n], sums[n], products[n]);
          differentiate(x, gradient, scale, statistics[n], sums[n], products[n], slice(to, n));
        });
    if (gradients != null) {
      DenseArrays.write(total(products), gradients.scale());
      DenseArrays.write(total(sums), gradients.shift());
    }
  }

  /** For each channel, the sums of the gradient and of its products with normalized values. */
  private void sum(
      FloatBuffer values,
      FloatBuffer given,
      Statistics statistics,
      double[] sums,
      double[] products) {
    float[] center = tiles.repeated(statistics.mean);
    float[] x = new float[tiles.tileLength()];
    float[] gradient = new float[x.length];
    float[] sumLanes = new float[x.length];
    float[] productLanes = new float[x.length];
    tiles.forEach(
        (start, length) -> {
          values.get(start, x, 0, length);
          given.get(start, gradient, 0, length);
          accumulate(x, center, gradient, sumLanes, productLanes, length);
        });
    tiles.drain(sumLanes, sums);
    tiles.drain(productLanes, products);
    for (int c = 0; c < products.length; c++) {
      products[c] *= statistics.inverseDeviation[c];
    }
  }

  private static void accumulate(
      float[] x, float[] center, float[] gradient, float[] sums, float[] products, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += gradient[i];
      products[i] += gradient[i] * (x[i] - center[i]);
    }
  }

  private void differentiate(
      FloatBuffer values,
      FloatBuffer given,
      float[] scale,
      Statistics statistics,
      double[] sums,
      double[] products,
      FloatBuffer to) {
    float[] rate = new float[scale.length];
    float[] constant = new float[scale.length];
    int size = scale.length / groups;
    double count = (double) tiles.rows() * size;
    for (int first = 0; first < scale.length; first += size) {
      double sum = 0;
      double product = 0;
      for (int c = first; c < first + size; c++) {
        sum += scale[c] * sums[c];
        product += scale[c] * products[c];
      }
      for (int c = first; c < first + size; c++) {
        double inverse = statistics.inverseDeviation[c];
        rate[c] = (float) (-inverse * inverse * product / count);
        constant[c] = (float) (-inverse * sum / count);
      }
    }
    float[] center = tiles.repeated(statistics.mean);
    float[] slopes = tiles.repeated(product(scale, statistics.inverseDeviation));
    float[] rates = tiles.repeated(rate);
    float[] constants = tiles.repeated(constant);
    float[] x = new float[tiles.tileLength()];
    float[] gradient = new float[x.length];
    tiles.forEach(
        (start, length) -> {
          values.get(start, x, 0, length);
          given.get(start, gradient, 0, length);
          combine(x, center, slopes, rates, constants, gradient, length);
          to.put(start, gradient, 0, length);
        });
  }

  private static void combine(
      float[] x,
      float[] center,
      float[] slope,
      float[] rate,
      float[] constant,
      float[] gradient,
      int length) {
    for (int i = 0; i < length; i++) {
      gradient[i] = gradient[i] * slope[i] + (x[i] - center[i]) * rate[i] + constant[i];
    }
  }

  private static float[] product(float[] left, float[] right) {
    float[] product = new float[left.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = left[i] * right[i];
    }
    return product;
  }

  private static float[] total(double[][] ofImages) {
    float[] total = new float[ofImages[0].length];
    for (int c = 0; c < total.length; c++) {
      double sum = 0;
      for (double[] values : ofImages) {
        sum += values[c];
      }
      total[c] = (float) sum;
    }
    return total;
  }
}
