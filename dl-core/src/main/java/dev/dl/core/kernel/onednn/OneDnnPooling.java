package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling by oneDNN; the maximum's backward pass follows the positions kept by the forward pass.
 */
final class OneDnnPooling implements PoolingKernel {
  private static final int BATCH_SIZES = 6;

  private final OneDnnEngine engine;
  private final ImageShape input;
  private final ImageShape output;
  private final algorithm algorithm;
  private final long[] window;
  private final long[] strides;
  private final long[] padding;
  private final PerSize<Prepared> prepared = new PerSize<>(BATCH_SIZES, Prepared::new);

  OneDnnPooling(OneDnnEngine engine, PoolingGeometry geometry) {
    this(
        engine,
        geometry.input(),
        geometry.output(),
        geometry.average()
            ? org.bytedeco.dnnl.global.dnnl.algorithm.pooling_avg_include_padding
            : org.bytedeco.dnnl.global.dnnl.algorithm.pooling_max,
        new long[] {geometry.window().size(), geometry.window().size()},
        new long[] {geometry.window().rowStride(), geometry.window().columnStride()},
        new long[] {geometry.window().padding(), geometry.window().padding()});
  }

  private OneDnnPooling(
      OneDnnEngine engine,
      ImageShape input,
      ImageShape output,
      algorithm algorithm,
      long[] window,
      long[] strides,
      long[] padding) {
    this.engine = engine;
    this.input = input;
    this.output = output;
    this.algorithm = algorithm;
    this.window = window;
    this.strides = strides;
    this.padding = padding;
  }

  /** The mean of each channel over all pixels. */
  static OneDnnPooling global(OneDnnEngine engine, ImageShape input) {
    long[] all = {input.height(), input.width()};
    return new OneDnnPooling(
        engine,
        input,
        new ImageShape(input.channels(), 1, 1),
        org.bytedeco.dnnl.global.dnnl.algorithm.pooling_avg_include_padding,
        all,
        all,
        new long[] {0, 0});
  }

  @Override
  public void forward(INDArray inputs, INDArray outputs, boolean training) {
    Prepared sized = prepared.get(inputs.size(0));
    Call call = training ? sized.training : sized.inference;
    call.at(DNNL_ARG_SRC, inputs).at(DNNL_ARG_DST, outputs).run();
  }

  @Override
  public void backward(INDArray inputs, INDArray outputGradient, INDArray inputGradient) {
    prepared
        .get(outputGradient.size(0))
        .backward
        .at(DNNL_ARG_DIFF_DST, outputGradient)
        .at(DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  /** The primitives for one batch size. */
  private final class Prepared {
    private final Call training;
    private final Call inference;
    private final Call backward;

    Prepared(long batch) {
      memory.desc source = engine.images(batch, input);
      memory.desc destination = engine.images(batch, output);
      var description = forward(prop_kind.forward_training, source, destination);
      var backwardDescription =
          new pooling_backward.primitive_desc(
              engine.cpu,
              algorithm,
              source,
              destination,
              strides,
              window,
              new long[2],
              padding,
              padding,
              description);
      training =
          new Call(engine, new pooling_forward(description))
              .argument(DNNL_ARG_SRC, source)
              .argument(DNNL_ARG_DST, destination);
      inference =
          new Call(
                  engine,
                  new pooling_forward(forward(prop_kind.forward_inference, source, destination)))
              .argument(DNNL_ARG_SRC, source)
              .argument(DNNL_ARG_DST, destination);
      backward =
          new Call(engine, new pooling_backward(backwardDescription))
              .argument(DNNL_ARG_DIFF_DST, destination)
              .argument(DNNL_ARG_DIFF_SRC, source);
      if (!description.workspace_desc().is_zero()) {
        memory positions = engine.allocate(description.workspace_desc());
        training.fixed(DNNL_ARG_WORKSPACE, positions);
        backward.fixed(DNNL_ARG_WORKSPACE, positions);
      }
    }

    private pooling_forward.primitive_desc forward(
        prop_kind kind, memory.desc source, memory.desc destination) {
      return new pooling_forward.primitive_desc(
          engine.cpu,
          kind,
          algorithm,
          source,
          destination,
          strides,
          window,
          new long[2],
          padding,
          padding);
    }
  }
}
