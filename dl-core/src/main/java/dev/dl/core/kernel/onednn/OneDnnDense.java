package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DenseKernel;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An affine map and its gradients as three matrix products and a column sum. */
final class OneDnnDense implements DenseKernel {
  private static final int BATCH_SIZES = 6;

  private final OneDnnEngine engine;
  private final int inputs;
  private final int outputs;
  private final Activation activation;
  private final Elementwise elementwise;
  private final PerSize<Prepared> prepared = new PerSize<>(BATCH_SIZES, Prepared::new);

  OneDnnDense(
      OneDnnEngine engine,
      int inputs,
      int outputs,
      Activation activation,
      Elementwise elementwise) {
    this.engine = engine;
    this.inputs = inputs;
    this.outputs = outputs;
    this.activation = activation.fused();
    this.elementwise = elementwise;
  }

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    Prepared sized = prepared.get(input.length() / inputs);
    Call call = bias == null ? sized.forward : sized.forwardWithBias.at(DNNL_ARG_BIAS, bias);
    call.at(DNNL_ARG_SRC, input).at(DNNL_ARG_WEIGHTS, weights).at(DNNL_ARG_DST, output).run();
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
    elementwise.gradient(activation, output, outputGradient, outputGradient);
    Prepared sized = prepared.get(input.length() / inputs);
    if (inputGradient != null) {
      product(sized.data, outputGradient, weights, inputGradient);
    }
    product(sized.weights, outputGradient, input, weightGradient);
    if (biasGradient != null) {
      sumRows(outputGradient, biasGradient);
    }
  }

  /** The bias gradient; oneDNN's reduction refuses a single row. */
  private void sumRows(INDArray rows, INDArray sum) {
    FloatBuffer from = DenseArrays.buffer(rows);
    float[] row = new float[outputs];
    double[] sums = new double[outputs];
    for (int start = 0; start < from.capacity(); start += outputs) {
      from.get(start, row);
      for (int c = 0; c < outputs; c++) {
        sums[c] += row[c];
      }
    }
    for (int c = 0; c < outputs; c++) {
      row[c] = (float) sums[c];
    }
    DenseArrays.buffer(sum).put(0, row);
  }

  private static void product(Call call, INDArray left, INDArray right, INDArray result) {
    call.at(DNNL_ARG_SRC, left).at(DNNL_ARG_WEIGHTS, right).at(DNNL_ARG_DST, result).run();
  }

  /** The primitives for one number of rows. */
  private final class Prepared {
    private final Call forward;
    private final Call forwardWithBias;
    private final Call data;
    private final Call weights;

    Prepared(long rows) {
      memory.desc input = engine.dense(rows, inputs);
      memory.desc output = engine.dense(rows, outputs);
      memory.desc weightValues = engine.dense(outputs, inputs);
      memory.desc bias = engine.dense(1, outputs);
      forward = product(input, engine.transposed(inputs, outputs), null, output, activation);
      forwardWithBias =
          product(input, engine.transposed(inputs, outputs), bias, output, activation);
      data = product(output, weightValues, null, input, Activation.NONE);
      weights =
          product(engine.transposed(outputs, rows), input, null, weightValues, Activation.NONE);
    }

    private Call product(
        memory.desc left,
        memory.desc right,
        memory.desc bias,
        memory.desc result,
        Activation after) {
      var attributes = OneDnnEngine.attributes(after);
      var description =
          bias == null
              ? new matmul.primitive_desc(engine.cpu, left, right, result, attributes, false)
              : new matmul.primitive_desc(engine.cpu, left, right, bias, result, attributes, false);
      Call call =
          new Call(engine, new matmul(description))
              .argument(DNNL_ARG_SRC, left)
              .argument(DNNL_ARG_WEIGHTS, right)
              .argument(DNNL_ARG_DST, result);
      return bias == null ? call : call.argument(DNNL_ARG_BIAS, bias);
    }
  }
}
