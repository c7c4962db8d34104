package dev.dl.core.kernel.onednn;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Channels-last images times a factor for each channel of each, one image a task. */
record ImageScaling(Parallel parallel, ImageShape image) {

  void forward(INDArray input, INDArray factors, INDArray output) {
    ChannelTiles tiles = tiles();
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    parallel.run(
        Math.toIntExact(input.size(0)),
        n -> {
          float[] factor = tiles.repeated(factors(factors, n));
          float[] x = new float[factor.length];
          tiles.forEach(
              (start, length) -> {
                from.get(n * image.size() + start, x, 0, length);
                multiply(x, factor, length);
                to.put(n * image.size() + start, x, 0, length);
              });
        });
  }

  void backward(
      INDArray input,
      INDArray factors,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray factorGradient) {
    ChannelTiles tiles = tiles();
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer given = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    FloatBuffer factorsTo = DenseArrays.buffer(factorGradient);
    parallel.run(
        Math.toIntExact(input.size(0)),
        n -> {
          float[] factor = tiles.repeated(factors(factors, n));
          float[] x = new float[factor.length];
          float[] gradient = new float[factor.length];
          float[] products = new float[factor.length];
          double[] sums = new double[image.channels()];
          tiles.forEach(
              (start, length) -> {
                from.get(n * image.size() + start, x, 0, length);
                given.get(n * image.size() + start, gradient, 0, length);
                accumulate(x, gradient, products, length);
                multiply(gradient, factor, length);
                to.put(n * image.size() + start, gradient, 0, length);
              });
          tiles.drain(products, sums);
          for (int c = 0; c < sums.length; c++) {
            factorsTo.put(n * sums.length + c, (float) sums[c]);
          }
        });
  }

  private ChannelTiles tiles() {
    return ChannelTiles.of(image.size(), image.channels());
  }

  private float[] factors(INDArray factors, int n) {
    float[] ofImage = new float[image.channels()];
    DenseArrays.buffer(factors).get(n * ofImage.length, ofImage);
    return ofImage;
  }

  private static void multiply(float[] x, float[] factor, int length) {
    for (int i = 0; i < length; i++) {
      x[i] *= factor[i];
    }
  }

  private static void accumulate(float[] x, float[] gradient, float[] products, int length) {
    for (int i = 0; i < length; i++) {
      products[i] += x[i] * gradient[i];
    }
  }
}
