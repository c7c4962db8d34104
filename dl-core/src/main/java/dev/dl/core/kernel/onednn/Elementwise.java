package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Parallel;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
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
  private final TanhGelu tanhGelu;
  private final Map<Activation, PerSize<Call>> forward;
  private final Map<Activation, PerSize<Call>> backward;
  private final Map<Activation, PerSize<Call>> add;
  private final PerSize<Call> addRows =
      new PerSize<>(LENGTHS, size -> prepareRows(algorithm.binary_add, size));
  private final PerSize<Call> multiplyRows =
      new PerSize<>(LENGTHS, size -> prepareRows(algorithm.binary_mul, size));

  Elementwise(OneDnnEngine engine, Parallel parallel) {
    this.engine = engine;
    this.tanhGelu = new TanhGelu(engine, parallel);
    this.forward = perActivation(activation -> length -> prepareForward(activation, length));
    this.backward = perActivation(activation -> length -> prepareBackward(activation, length));
    this.add = perActivation(activation -> length -> prepareAdd(activation, length));
  }

  private static Map<Activation, PerSize<Call>> perActivation(
      Function<Activation, LongFunction<Call>> prepare) {
    Map<Activation, PerSize<Call>> calls = new EnumMap<>(Activation.class);
    for (Activation activation : Activation.values()) {
      calls.put(activation, new PerSize<>(LENGTHS, prepare.apply(activation)));
    }
    return calls;
  }

  void activate(Activation activation, INDArray input, INDArray output) {
    if (activation == Activation.GELU_TANH) {
      tanhGelu.forward(input, output);
      return;
    }
    forward
        .get(activation)
        .get(input.length())
        .at(DNNL_ARG_SRC, input)
        .at(DNNL_ARG_DST, output)
        .run();
  }

  /** The gradient of an activation; nothing happens for the identity in place. */
  void gradient(
      Activation activation, INDArray values, INDArray outputGradient, INDArray inputGradient) {
    if (activation == Activation.NONE && outputGradient == inputGradient) {
      return;
    }
    if (activation == Activation.GELU_TANH) {
      tanhGelu.backward(values, outputGradient, inputGradient);
      return;
    }
    backward
        .get(activation)
        .get(values.length())
        .at(valuesRole(activation), values)
        .at(DNNL_ARG_DIFF_DST, outputGradient)
        .at(DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  void add(INDArray first, INDArray second, Activation activation, INDArray output) {
    add.get(activation)
        .get(first.length())
        .at(DNNL_ARG_SRC_0, first)
        .at(DNNL_ARG_SRC_1, second)
        .at(DNNL_ARG_DST, output)
        .run();
  }

  /** {@code input + rows}, the rows the same for each sample. */
  void addRows(INDArray input, INDArray rows, INDArray output) {
    combine(addRows, input, rows, output);
  }

  /** {@code input · rows}, the rows the same for each sample. */
  void multiplyRows(INDArray input, INDArray rows, INDArray output) {
    combine(multiplyRows, input, rows, output);
  }

  private static void combine(PerSize<Call> calls, INDArray input, INDArray rows, INDArray output) {
    calls
        .get(PerSize.of(input.length() / rows.length(), rows.length()))
        .at(DNNL_ARG_SRC_0, input)
        .at(DNNL_ARG_SRC_1, rows)
        .at(DNNL_ARG_DST, output)
        .run();
  }

  private Call prepareRows(algorithm operation, long size) {
    memory.desc samples = engine.dense(PerSize.first(size), PerSize.second(size));
    memory.desc rows = engine.dense(1, PerSize.second(size));
    var description = new binary.primitive_desc(engine.cpu, operation, samples, rows, samples);
    return new Call(engine, new binary(description))
        .argument(DNNL_ARG_SRC_0, samples)
        .argument(DNNL_ARG_SRC_1, rows)
        .argument(DNNL_ARG_DST, samples);
  }

  private Call prepareForward(Activation activation, long length) {
    memory.desc vector = engine.dense(length);
    return new Call(engine, new eltwise_forward(description(Eltwise.of(activation), vector)))
        .argument(DNNL_ARG_SRC, vector)
        .argument(DNNL_ARG_DST, vector);
  }

  private Call prepareBackward(Activation activation, long length) {
    memory.desc vector = engine.dense(length);
    Eltwise function = Eltwise.differentiable(activation);
    var description =
        new eltwise_backward.primitive_desc(
            engine.cpu,
            function.kind(),
            vector,
            vector,
            vector,
            function.alpha(),
            function.beta(),
            description(function, vector));
    return new Call(engine, new eltwise_backward(description))
        .argument(valuesRole(activation), vector)
        .argument(DNNL_ARG_DIFF_DST, vector)
        .argument(DNNL_ARG_DIFF_SRC, vector);
  }

  private static int valuesRole(Activation activation) {
    return activation.gradientFollowsFromOutput() && activation != Activation.NONE
        ? DNNL_ARG_DST
        : DNNL_ARG_SRC;
  }

  private eltwise_forward.primitive_desc description(Eltwise function, memory.desc vector) {
    return new eltwise_forward.primitive_desc(
        engine.cpu,
        prop_kind.forward_training,
        function.kind(),
        vector,
        vector,
        function.alpha(),
        function.beta());
  }

  private Call prepareAdd(Activation activation, long length) {
    memory.desc vector = engine.dense(length);
    var description =
        new binary.primitive_desc(
            engine.cpu,
            algorithm.binary_add,
            vector,
            vector,
            vector,
            OneDnnEngine.attributes(activation),
            false);
    return new Call(engine, new binary(description))
        .argument(DNNL_ARG_SRC_0, vector)
        .argument(DNNL_ARG_SRC_1, vector)
        .argument(DNNL_ARG_DST, vector);
  }
}
