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
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's primitives of a convolution for one number of images, which lie at addresses of native
 * memory; those of the backward pass are made when first needed. Weights are set before images go
 * through, and weight gradients read after them.
 */
final class ConvolutionPrimitives {
  private final OneDnnEngine engine;
  private final ConvolutionGeometry geometry;
  private final long[] strides;
  private final long[] padding;
  private final long[] dilation;
  private final memory.desc source;
  private final memory.desc destination;
  private final memory.desc publicWeights;
  private final memory.desc anyWeights;
  private final memory.desc bias;
  private final convolution_forward.primitive_desc forwardDescription;
  private final Repacking forwardWeights;
  private final Call forward;
  private Repacking dataWeights;
  private Call data;
  private Repacking weightGradients;
  private Call weights;

  ConvolutionPrimitives(
      OneDnnEngine engine, ConvolutionGeometry geometry, primitive_attr attributes, long images) {
    this.engine = engine;
    this.geometry = geometry;
    strides = new long[] {geometry.window().rowStride(), geometry.window().columnStride()};
    padding = both(geometry.window().padding());
    // oneDNN counts the pixels left out between two elements.
    dilation = both(geometry.window().dilation() - 1);
    source = engine.images(images, geometry.input());
    destination = engine.images(images, geometry.output());
    publicWeights = engine.dense(weightShape());
    anyWeights = engine.any(weightShape());
    bias = geometry.bias() ? engine.dense(geometry.outputs()) : new memory.desc();
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

  void setForwardWeights(INDArray weightValues, INDArray biasValues) {
    forwardWeights.before(forward, DNNL_ARG_WEIGHTS, weightValues);
    if (geometry.bias()) {
      forward.at(DNNL_ARG_BIAS, biasValues);
    }
  }

  void forward(long input, long output) {
    forward.at(DNNL_ARG_SRC, input).at(DNNL_ARG_DST, output).run();
  }

  void setBackwardWeights(INDArray weightValues) {
    if (data == null) {
      prepareData();
    }
    dataWeights.before(data, DNNL_ARG_WEIGHTS, weightValues);
  }

  void backwardData(long outputGradient, long inputGradient) {
    data.at(DNNL_ARG_DIFF_DST, outputGradient).at(DNNL_ARG_DIFF_SRC, inputGradient).run();
  }

  /** Writes the gradients of the weights, and of the bias if there is one. */
  void backwardWeights(
      long input, long outputGradient, INDArray weightGradient, INDArray biasGradient) {
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
            forwardDescription,
            OneDnnEngine.attributes(),
            false);
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
            forwardDescription,
            OneDnnEngine.attributes(),
            false);
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
