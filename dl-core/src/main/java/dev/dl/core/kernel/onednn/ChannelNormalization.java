package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NormalizationGeometry;
import dev.dl.core.kernel.NormalizationKernel;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization of channels-last images. The forward pass is our own: it reads its input for
 * the statistics, from the end that the layer before wrote last, and again to normalize it, with
 * ReLU or ReLU6 on the way. The backward pass is oneDNN's, which is the faster there.
 */
final class ChannelNormalization implements NormalizationKernel {
  private static final int BATCH_SIZES = 6;

  private final OneDnnEngine engine;
  private final Parallel parallel;
  private final NormalizationGeometry geometry;
  private final Normalizing loops;
  private final Elementwise elementwise;
  private final INDArray mean;
  private final INDArray variance;
  private final PerSize<Call> backward = new PerSize<>(BATCH_SIZES, this::prepareBackward);

  ChannelNormalization(
      OneDnnEngine engine,
      Parallel parallel,
      NormalizationGeometry geometry,
      Elementwise elementwise) {
    this.engine = engine;
    this.parallel = parallel;
    this.geometry = geometry;
    this.loops = Normalizing.of(geometry.activation());
    this.elementwise = elementwise;
    this.mean = DenseArrays.allocate(DataType.FLOAT, geometry.image().channels());
    this.variance = DenseArrays.allocate(DataType.FLOAT, geometry.image().channels());
  }

  @Override
  public void forwardTraining(INDArray input, Affine affine, Running running, INDArray output) {
    ChannelTiles tiles = tiles(input);
    ChannelMoments moments = ChannelMoments.of(parallel, tiles, DenseArrays.buffer(input));
    DenseArrays.write(rounded(moments.mean()), mean);
    DenseArrays.write(rounded(moments.variance()), variance);
    follow(running.mean(), moments.mean(), 1);
    follow(running.variance(), moments.variance(), tiles.rows() / Math.max(1.0, tiles.rows() - 1));
    normalize(tiles, input, affine, mean, variance, output);
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
    normalize(tiles(input), input, affine, running.mean(), running.variance(), output);
  }

  private void normalize(
      ChannelTiles tiles,
      INDArray input,
      Affine affine,
      INDArray center,
      INDArray spread,
      INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer to = DenseArrays.buffer(output);
    float[] centers = tiles.repeated(DenseArrays.read(center));
    float[] slopes = tiles.repeated(slope(affine, spread));
    float[] shifts = tiles.repeated(DenseArrays.read(affine.shift()));
    parallel.run(
        tiles.tasks(),
        task -> {
          float[] x = new float[tiles.tileLength()];
          tiles.forEach(
              task,
              (start, length) -> {
                from.get(start, x, 0, length);
                loops.run(x, centers, slopes, shifts, length);
                to.put(start, x, 0, length);
              });
        });
    if (loops == Normalizing.PLAIN && geometry.activation() != Activation.NONE) {
      elementwise.activate(geometry.activation(), output, output);
    }
  }

  private float[] slope(Affine affine, INDArray spread) {
    float[] slope = DenseArrays.read(affine.scale());
    float[] variances = DenseArrays.read(spread);
    for (int c = 0; c < slope.length; c++) {
      slope[c] *= (float) (1 / Math.sqrt(variances[c] + geometry.epsilon()));
    }
    return slope;
  }

  @Override
  public void backward(
      INDArray input,
      Affine affine,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      Affine gradients) {
    elementwise.gradient(geometry.activation(), output, outputGradient, outputGradient);
    backward
        .get(input.size(0))
        .at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_SCALE, affine.scale())
        .at(DNNL_ARG_MEAN, mean)
        .at(DNNL_ARG_VARIANCE, variance)
        .at(DNNL_ARG_DIFF_DST, outputGradient)
        .at(DNNL_ARG_DIFF_SRC, inputGradient)
        .at(DNNL_ARG_DIFF_SCALE, gradients.scale())
        .at(DNNL_ARG_DIFF_SHIFT, gradients.shift())
        .run();
  }

  private Call prepareBackward(long batch) {
    memory.desc images = engine.images(batch, geometry.image());
    memory.desc channels = engine.dense(geometry.image().channels());
    float epsilon = (float) geometry.epsilon();
    int flags = normalization_flags.use_scale.value | normalization_flags.use_shift.value;
    var forward =
        new batch_normalization_forward.primitive_desc(
            engine.cpu,
            prop_kind.forward_training.value,
            images,
            images,
            epsilon,
            flags,
            OneDnnEngine.attributes(),
            false);
    var description =
        new batch_normalization_backward.primitive_desc(
            engine.cpu,
            prop_kind.backward.value,
            images,
            images,
            images,
            epsilon,
            flags,
            forward,
            OneDnnEngine.attributes(),
            false);
    return new Call(engine, new batch_normalization_backward(description))
        .argument(DNNL_ARG_SRC, images)
        .argument(DNNL_ARG_SCALE, channels)
        .argument(DNNL_ARG_MEAN, channels)
        .argument(DNNL_ARG_VARIANCE, channels)
        .argument(DNNL_ARG_DIFF_DST, images)
        .argument(DNNL_ARG_DIFF_SRC, images)
        .argument(DNNL_ARG_DIFF_SCALE, channels)
        .argument(DNNL_ARG_DIFF_SHIFT, channels);
  }

  private ChannelTiles tiles(INDArray images) {
    return ChannelTiles.of(images.length(), geometry.image().channels());
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int c = 0; c < values.length; c++) {
      rounded[c] = (float) values[c];
    }
    return rounded;
  }
}
