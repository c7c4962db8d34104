package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Operations on each element alone; primitives are shared by all arrays of a length. */
final class Elementwise {
  private static final int LENGTHS = 128;

  private final OneDnnEngine engine;
  private final PerSize<Call> relu = new PerSize<>(LENGTHS, this::prepareRelu);
  private final PerSize<Call> reluGradient = new PerSize<>(LENGTHS, this::prepareReluGradient);
  private final PerSize<Call> add = new PerSize<>(LENGTHS, length -> prepareAdd(length, false));
  private final PerSize<Call> addRelu = new PerSize<>(LENGTHS, length -> prepareAdd(length, true));

  Elementwise(OneDnnEngine engine) {
    this.engine = engine;
  }

  void relu(INDArray input, INDArray output) {
    relu.get(input.length()).at(DNNL_ARG_SRC, input).at(DNNL_ARG_DST, output).run();
  }

  void reluGradient(INDArray output, INDArray outputGradient, INDArray inputGradient) {
    reluGradient
        .get(output.length())
        .at(DNNL_ARG_DST, output)
        .at(DNNL_ARG_DIFF_DST, outputGradient)
        .at(DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  void add(INDArray first, INDArray second, boolean withRelu, INDArray output) {
    (withRelu ? addRelu : add)
        .get(first.length())
        .at(DNNL_ARG_SRC_0, first)
        .at(DNNL_ARG_SRC_1, second)
        .at(DNNL_ARG_DST, output)
        .run();
  }

  private Call prepareRelu(long length) {
    memory.desc vector = engine.dense(length);
    return new Call(engine, new eltwise_forward(reluDescription(vector)))
        .argument(DNNL_ARG_SRC, vector)
        .argument(DNNL_ARG_DST, vector);
  }

  private Call prepareReluGradient(long length) {
    memory.desc vector = engine.dense(length);
    var description =
        new eltwise_backward.primitive_desc(
            engine.cpu,
            algorithm.eltwise_relu_use_dst_for_bwd,
            vector,
            vector,
            vector,
            reluDescription(vector));
    return new Call(engine, new eltwise_backward(description))
        .argument(DNNL_ARG_DST, vector)
        .argument(DNNL_ARG_DIFF_DST, vector)
        .argument(DNNL_ARG_DIFF_SRC, vector);
  }

  private eltwise_forward.primitive_desc reluDescription(memory.desc vector) {
    return new eltwise_forward.primitive_desc(
        engine.cpu,
        prop_kind.forward_training,
        algorithm.eltwise_relu_use_dst_for_bwd,
        vector,
        vector);
  }

  private Call prepareAdd(long length, boolean withRelu) {
    memory.desc vector = engine.dense(length);
    var description =
        new binary.primitive_desc(
            engine.cpu,
            algorithm.binary_add,
            vector,
            vector,
            vector,
            OneDnnEngine.attributes(withRelu),
            false);
    return new Call(engine, new binary(description))
        .argument(DNNL_ARG_SRC_0, vector)
        .argument(DNNL_ARG_SRC_1, vector)
        .argument(DNNL_ARG_DST, vector);
  }
}
