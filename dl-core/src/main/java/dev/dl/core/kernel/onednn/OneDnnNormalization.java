package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.dl.core.data.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.NormalizationKernel;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalization by oneDNN; a ReLU is fused, its backward mask kept as bits. */
final class OneDnnNormalization implements NormalizationKernel {
  private static final int BATCH_SIZES = 6;

  private final OneDnnEngine engine;
  private final ImageShape image;
  private final float epsilon;
  private final int flags;
  private final Activation after;
  private final Elementwise elementwise;
  private final PerSize<Prepared> prepared = new PerSize<>(BATCH_SIZES, Prepared::new);

  OneDnnNormalization(
      OneDnnEngine engine,
      ImageShape image,
      double epsilon,
      Activation activation,
      Elementwise elementwise) {
    this.engine = engine;
    this.image = image;
    this.epsilon = (float) epsilon;
    this.after = activation == Activation.RELU ? Activation.NONE : activation.fused();
    this.elementwise = elementwise;
    this.flags =
        normalization_flags.use_scale.value
            | normalization_flags.use_shift.value
            | (activation == Activation.RELU ? normalization_flags.fuse_norm_relu.value : 0);
  }

  @Override
  public void forwardTraining(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output) {
    run(prepared.get(input.size(0)).training, input, scale, shift, mean, variance, output);
  }

  @Override
  public void forwardInference(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output) {
    run(prepared.get(input.size(0)).inference, input, scale, shift, mean, variance, output);
  }

  private void run(
      Call call,
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output) {
    call.at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_SCALE, scale)
        .at(DNNL_ARG_SHIFT, shift)
        .at(DNNL_ARG_MEAN, mean)
        .at(DNNL_ARG_VARIANCE, variance)
        .at(DNNL_ARG_DST, output)
        .run();
    if (after != Activation.NONE) {
      elementwise.activate(after, output, output);
    }
  }

  @Override
  public void backward(
      INDArray input,
      INDArray scale,
      INDArray shift,
      INDArray mean,
      INDArray variance,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray scaleGradient,
      INDArray shiftGradient) {
    elementwise.gradient(after, output, outputGradient, outputGradient);
    prepared
        .get(input.size(0))
        .backward
        .at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_SCALE, scale)
        .at(DNNL_ARG_MEAN, mean)
        .at(DNNL_ARG_VARIANCE, variance)
        .at(DNNL_ARG_DIFF_DST, outputGradient)
        .at(DNNL_ARG_DIFF_SRC, inputGradient)
        .at(DNNL_ARG_DIFF_SCALE, scaleGradient)
        .at(DNNL_ARG_DIFF_SHIFT, shiftGradient)
        .run();
  }

  /** The primitives for one batch size. */
  private final class Prepared {
    private final Call training;
    private final Call inference;
    private final Call backward;

    Prepared(long batch) {
      memory.desc images = engine.images(batch, image);
      memory.desc channels = engine.dense(image.channels());
      var description = forward(prop_kind.forward_training, images, flags);
      training =
          arguments(
              new Call(engine, new batch_normalization_forward(description)), images, channels);
      inference =
          arguments(
              new Call(
                  engine,
                  new batch_normalization_forward(
                      forward(
                          prop_kind.forward_inference,
                          images,
                          flags | normalization_flags.use_global_stats.value))),
              images,
              channels);
      var backwardDescription =
          new batch_normalization_backward.primitive_desc(
              engine.cpu,
              prop_kind.backward.value,
              images,
              images,
              images,
              epsilon,
              flags,
              description);
      backward =
          new Call(engine, new batch_normalization_backward(backwardDescription))
              .argument(DNNL_ARG_SRC, images)
              .argument(DNNL_ARG_SCALE, channels)
              .argument(DNNL_ARG_MEAN, channels)
              .argument(DNNL_ARG_VARIANCE, channels)
              .argument(DNNL_ARG_DIFF_DST, images)
              .argument(DNNL_ARG_DIFF_SRC, images)
              .argument(DNNL_ARG_DIFF_SCALE, channels)
              .argument(DNNL_ARG_DIFF_SHIFT, channels);
      if (!description.workspace_desc().is_zero()) {
        memory mask = engine.allocate(description.workspace_desc());
        training.fixed(DNNL_ARG_WORKSPACE, mask);
        backward.fixed(DNNL_ARG_WORKSPACE, mask);
      }
    }

    private batch_normalization_forward.primitive_desc forward(
        prop_kind kind, memory.desc images, int withFlags) {
      return new batch_normalization_forward.primitive_desc(
          engine.cpu, kind.value, images, images, epsilon, withFlags, new primitive_attr(), false);
    }

    private static Call arguments(Call call, memory.desc images, memory.desc channels) {
      return call.argument(DNNL_ARG_SRC, images)
          .argument(DNNL_ARG_DST, images)
          .argument(DNNL_ARG_SCALE, channels)
          .argument(DNNL_ARG_SHIFT, channels)
          .argument(DNNL_ARG_MEAN, channels)
          .argument(DNNL_ARG_VARIANCE, channels);
    }
  }
}
