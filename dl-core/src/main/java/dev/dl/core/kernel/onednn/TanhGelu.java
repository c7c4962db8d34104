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
 * GELU by its approximation with the hyperbolic tangent. Values are written with the logistic
 * function {@code s}: {@code x · s(a·x + b·x³)}, which is the same function; oneDNN's own takes
 * four times as long. The derivative less 1/2 is odd and comes to ±1/2: a rational function stands
 * for it, in one pass over memory.
 */
final class TanhGelu {
  private static final float A = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float B = (float) (0.044715 * 2 * Math.sqrt(2 / Math.PI));

  /** From here on the derivative is 0 or 1 to the last bit. */
  private static final float LIMIT = 5.26f;

  private static final int LENGTHS = 64;
  private static final int TILE = 2048;
  private static final int PARTS = 16;

  private final OneDnnEngine engine;
  private final Parallel parallel;
  private final PerSize<Call> values = new PerSize<>(LENGTHS, this::prepare);

  TanhGelu(OneDnnEngine engine, Parallel parallel) {
    this.engine = engine;
    this.parallel = parallel;
  }

  void forward(INDArray input, INDArray output) {
    values.get(input.length()).at(DNNL_ARG_SRC_0, input).at(DNNL_ARG_DST, output).run();
  }

  void backward(INDArray input, INDArray outputGradient, INDArray inputGradient) {
    FloatBuffer inputs = DenseArrays.buffer(input);
    FloatBuffer from = DenseArrays.buffer(outputGradient);
    FloatBuffer to = DenseArrays.buffer(inputGradient);
    int tiles = (inputs.capacity() + TILE - 1) / TILE;
    int parts = Math.min(PARTS, tiles);
    parallel.run(
        parts,
        part -> {
          float[] x = new float[TILE];
          float[] gradient = new float[TILE];
          for (int tile = tiles * part / parts; tile < tiles * (part + 1) / parts; tile++) {
            int start = tile * TILE;
            int length = Math.min(TILE, inputs.capacity() - start);
            inputs.get(start, x, 0, length);
            from.get(start, gradient, 0, length);
            differentiate(x, gradient, length);
            to.put(start, gradient, 0, length);
          }
        });
  }

  /**
   * {@code gradient} times {@code 1/2 + c·p(c²)/q(c²)}, in place: {@code c} is {@code x} within
   * limits, where the fraction is ±1/2 to the last bit. It is 4e-7 off at most, as {@code
   * tools/tanh_gelu.py} says, which made it.
   */
  private static void differentiate(float[] x, float[] gradient, int length) {
    for (int i = 0; i < length; i++) {
      float c = Math.max(-LIMIT, Math.min(LIMIT, x[i]));
      float u = c * c;
      float p = 1.516937118e-7f;
      p = Math.fma(p, u, 3.187558832e-5f);
      p = Math.fma(p, u, -1.547469728e-4f);
      p = Math.fma(p, u, 0.01313516498f);
      p = Math.fma(p, u, -0.03909808025f);
      p = Math.fma(p, u, 0.7978853583f);
      float q = 7.695302884e-6f;
      q = Math.fma(q, u, 1.397528686e-4f);
      q = Math.fma(q, u, 0.002262869151f);
      q = Math.fma(q, u, 0.03551923484f);
      q = Math.fma(q, u, 0.2859933078f);
      q = Math.fma(q, u, 1);
      gradient[i] *= 0.5f + c * p / q;
    }
  }

  private Call prepare(long length) {
    memory.desc vector = engine.dense(length);
    post_ops after = new post_ops();
    after.append_eltwise(algorithm.eltwise_linear, B, A);
    after.append_binary(algorithm.binary_mul, vector);
    after.append_eltwise(algorithm.eltwise_logistic, 0, 0);
    after.append_binary(algorithm.binary_mul, vector);
    primitive_attr attributes = OneDnnEngine.attributes();
    attributes.set_post_ops(after);
    var description =
        new binary.primitive_desc(
            engine.cpu, algorithm.binary_mul, vector, vector, vector, attributes, false);
    memory input = engine.unbound(vector);
    return new Call(engine, new binary(description))
        .fixed(DNNL_ARG_SRC_0, input)
        .fixed(DNNL_ARG_SRC_1, input)
        .fixed(argument(1), input)
        .fixed(argument(3), input)
        .argument(DNNL_ARG_DST, vector);
  }

  /** The operand of the post-op of this number. */
  private static int argument(int postOp) {
    return DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (postOp + 1) | DNNL_ARG_SRC_1;
  }
}
