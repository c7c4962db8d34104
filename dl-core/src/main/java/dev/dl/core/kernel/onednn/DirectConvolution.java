package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by oneDNN's direct and implicit-gemm algorithms, whichever it ranks first for the
 * shape.
 */
final class DirectConvolution implements ConvolutionKernel {
  private static final int BATCH_SIZES = 6;

  private final OneDnnEngine engine;
  private final ConvolutionGeometry geometry;
  private final Elementwise elementwise;
  private final primitive_attr attributes;
  private final PerSize<Prepared> prepared;

  DirectConvolution(OneDnnEngine engine, ConvolutionGeometry geometry, Elementwise elementwise) {
    this(engine, geometry, elementwise, OneDnnEngine.attributes(geometry.activation()));
  }

  /** One whose activation passes a NaN on, for forward passes alone. */
  static DirectConvolution keepingNan(
      OneDnnEngine engine, ConvolutionGeometry geometry, Elementwise elementwise) {
    return new DirectConvolution(
        engine, geometry, elementwise, OneDnnEngine.attributesKeepingNan(geometry.activation()));
  }

  private DirectConvolution(
      OneDnnEngine engine,
      ConvolutionGeometry geometry,
      Elementwise elementwise,
      primitive_attr attributes) {
    this.engine = engine;
    this.geometry = geometry;
    this.elementwise = elementwise;
    this.attributes = attributes;
    this.prepared = new PerSize<>(BATCH_SIZES, Prepared::new);
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    prepared.get(input.size(0)).forward(input, weights, bias, output);
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
    Prepared sized = prepared.get(input.size(0));
    if (inputGradient != null) {
      sized.backwardData(weights, outputGradient, inputGradient);
    }
    if (weightGradient != null) {
      sized.backwardWeights(input, outputGradient, weightGradient, biasGradient);
    }
  }

  /** The primitives for one batch size; those of the backward pass are made when first needed. */
  private final class Prepared {
    private final long[] strides = {
      geometry.window().rowStride(), geometry.window().columnStride()
    };
    private final long[] padding = both(geometry.window().padding());
    // oneDNN counts the pixels left out between two elements.
    private final long[] dilation = both(geometry.window().dilation() - 1);
    private final memory.desc source;
    private final memory.desc destination;
    private final memory.desc publicWeights = engine.dense(weightShape());
    private final memory.desc anyWeights = engine.any(weightShape());
    private final memory.desc bias =
        geometry.bias() ? engine.dense(geometry.outputs()) : new memory.desc();
    private final convolution_forward.primitive_desc forwardDescription;
    private final Repacking forwardWeights;
    private final Call forward;
    private Repacking dataWeights;
    private Call data;
    private Repacking weightGradients;
    private Call weights;

    Prepared(long batch) {
      source = engine.images(batch, geometry.input());
      destination = engine.images(batch, geometry.output());
      forwardDescription =
          new convolution_forward.primitive_desc(
              engine.cpu,
              prop_kind.forward_training,
              algorithm.convolution_direct,
              source,
              anyWeights,
              bias,
              destination,
              strides,
              dilation,
              padding,
              padding,
              attributes,
              false);
      forwardWeights = Repacking.into(engine, publicWeights, forwardDescription.weights_desc());
      forward =
          forwardWeights
              .bind(new Call(engine, new convolution_forward(forwardDescription)), DNNL_ARG_WEIGHTS)
              .argument(DNNL_ARG_SRC, source)
              .argument(DNNL_ARG_DST, destination);
      if (geometry.bias()) {
        forward.argument(DNNL_ARG_BIAS, bias);
      }
    }

    void forward(INDArray input, INDArray weightValues, INDArray biasValues, INDArray output) {
      forwardWeights.before(forward, DNNL_ARG_WEIGHTS, weightValues);
      if (geometry.bias()) {
        forward.at(DNNL_ARG_BIAS, biasValues);
      }
      forward.at(DNNL_ARG_SRC, input).at(DNNL_ARG_DST, output).run();
    }

    void backwardData(INDArray weightValues, INDArray outputGradient, INDArray inputGradient) {
      if (data == null) {
        prepareData();
      }
      dataWeights.before(data, DNNL_ARG_WEIGHTS, weightValues);
      data.at(DNNL_ARG_DIFF_DST, outputGradient).at(DNNL_ARG_DIFF_SRC, inputGradient).run();
    }

    void backwardWeights(
        INDArray input, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient) {
      if (weights == null) {
        prepareWeights();
      }
      weightGradients.before(weights, DNNL_ARG_DIFF_WEIGHTS, weightGradient);
      if (geometry.bias()) {
        weights.at(DNNL_ARG_DIFF_BIAS, biasGradient);
      }
      weights.at(DNNL_ARG_SRC, input).at(DNNL_ARG_DIFF_DST, outputGradient).run();
      weightGradients.after(weightGradient);
    }

    private static long[] both(int value) {
      return new long[] {value, value};
    }

    /** Groups are an axis of their own here; the values lie in the same places. */
    private long[] weightShape() {
      long[] shape = geometry.weightShape();
      int groups = geometry.groups();
      return groups == 1
          ? shape
          : new long[] {groups, shape[0] / groups, shape[1], shape[2], shape[3]};
    }

    private void prepareData() {
      var description =
          new convolution_backward_data.primitive_desc(
              engine.cpu,
              algorithm.convolution_direct,
              source,
              anyWeights,
              destination,
              strides,
              dilation,
              padding,
              padding,
              forwardDescription);
      dataWeights = Repacking.into(engine, publicWeights, description.weights_desc());
      data =
          dataWeights
              .bind(new Call(engine, new convolution_backward_data(description)), DNNL_ARG_WEIGHTS)
              .argument(DNNL_ARG_DIFF_DST, destination)
              .argument(DNNL_ARG_DIFF_SRC, source);
    }

    private void prepareWeights() {
      var description =
          new convolution_backward_weights.primitive_desc(
              engine.cpu,
              algorithm.convolution_direct,
              source,
              anyWeights,
              bias,
              destination,
              strides,
              dilation,
              padding,
              padding,
              forwardDescription);
      weightGradients = Repacking.outOf(engine, publicWeights, description.diff_weights_desc());
      weights =
          weightGradients
              .bind(
                  new Call(engine, new convolution_backward_weights(description)),
                  DNNL_ARG_DIFF_WEIGHTS)
              .argument(DNNL_ARG_SRC, source)
              .argument(DNNL_ARG_DIFF_DST, destination);
      if (geometry.bias()) {
        weights.argument(DNNL_ARG_DIFF_BIAS, bias);
      }
    }
  }
}
