package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * GELU by its approximation with the hyperbolic tangent, written with the logistic function {@code
 * s}: {@code x · s(a·x + b·x³)}, which is the same function. oneDNN's own takes four times as long.
 */
final class TanhGelu {
  private static final float A = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float B = (float) (0.044715 * 2 * Math.sqrt(2 / Math.PI));

  /** Squares count no further, as the logistic function is 0 or 1 there: they would overflow. */
  private static final float LIMIT = 256;

  private static final int LENGTHS = 64;
  private static final int TILE = 2048;
  private static final int PARTS = 16;

  private final OneDnnEngine engine;
  private final Parallel parallel;
  private final PerSize<Call> values = new PerSize<>(LENGTHS, length -> prepare(length, true));
  private final PerSize<Call> logistic = new PerSize<>(LENGTHS, length -> prepare(length, false));

  TanhGelu(OneDnnEngine engine, Parallel parallel) {
    this.engine = engine;
    this.parallel = parallel;
  }

  void forward(INDArray input, INDArray output) {
    values.get(input.length()).at(DNNL_ARG_SRC_0, input).at(DNNL_ARG_DST, output).run();
  }

  /**
   * @param inputGradient not {@code outputGradient}
   */
  void backward(INDArray input, INDArray outputGradient, INDArray inputGradient) {
    logistic.get(input.length()).at(DNNL_ARG_SRC_0, input).at(DNNL_ARG_DST, inputGradient).run();
    FloatBuffer inputs = DenseArrays.buffer(input);
    FloatBuffer gradients = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    int tiles = (inputs.capacity() + TILE - 1) / TILE;
    int parts = Math.min(PARTS, tiles);
    parallel.run(
        parts,
        part -> {
          float[] x = new float[TILE];
          float[] s = new float[TILE];
          float[] gradient = new float[TILE];
          for (int tile = tiles * part / parts; tile < tiles * (part + 1) / parts; tile++) {
            int start = tile * TILE;
            int length = Math.min(TILE, inputs.capacity() - start);
            inputs.get(start, x, 0, length);
            to.get(start, s, 0, length);
            gradients.get(start, gradient, 0, length);
            differentiate(x, s, gradient, length);
            to.put(start, gradient, 0, length);
          }
        });
  }

  /** {@code gradient · (s + s · (1 - s) · (a·x + 3·b·x³))}, in place. */
  private static void differentiate(float[] x, float[] s, float[] gradient, int length) {
    for (int i = 0; i < length; i++) {
      float slope = A + 3 * B * Math.min(x[i] * x[i], LIMIT);
      gradient[i] *= s[i] + s[i] * (1 - s[i]) * x[i] * slope;
    }
  }

  /** {@code s(a·x + b·x³)}, times {@code x} if so asked. */
  private Call prepare(long length, boolean timesInput) {
    memory.desc vector = engine.dense(length);
    post_ops after = new post_ops();
    after.append_eltwise(algorithm.eltwise_linear, B, A);
    after.append_binary(algorithm.binary_mul, vector);
    after.append_eltwise(algorithm.eltwise_logistic, 0, 0);
    if (timesInput) {
      after.append_binary(algorithm.binary_mul, vector);
    }
    primitive_attr attributes = OneDnnEngine.attributes();
    attributes.set_post_ops(after);
    var description =
        new binary.primitive_desc(
            engine.cpu, algorithm.binary_mul, vector, vector, vector, attributes, false);
    memory input = engine.unbound(vector);
    Call call =
        new Call(engine, new binary(description))
            .fixed(DNNL_ARG_SRC_0, input)
            .fixed(DNNL_ARG_SRC_1, input)
            .fixed(argument(1), input)
            .argument(DNNL_ARG_DST, vector);
    return timesInput ? call.fixed(argument(3), input) : call;
  }

  /** The operand of the post-op of this number. */
  private static int argument(int postOp) {
    return DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (postOp + 1) | DNNL_ARG_SRC_1;
  }
}
