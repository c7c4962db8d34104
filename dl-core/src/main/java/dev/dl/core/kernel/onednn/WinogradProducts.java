package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.winograd.Tiling;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The products of a Winograd convolution, one for each of the 36 points, by one thread's
 * primitives: they are made for as many threads as the loops of that thread have.
 */
final class WinogradProducts {
  private static final int SIZES = 16;

  private final OneDnnEngine engine;
  private final int inputs;
  private final int outputs;
  private final PerSize<Call> forward = new PerSize<>(SIZES, this::prepareForward);
  private final PerSize<Call> data = new PerSize<>(SIZES, this::prepareData);
  private final PerSize<Call> weights =
      new PerSize<>(SIZES, tiles -> prepareWeights(tiles, new post_ops()));
  private final PerSize<Call> moreWeights =
      new PerSize<>(SIZES, tiles -> prepareWeights(tiles, addition()));

  WinogradProducts(OneDnnEngine engine, int inputs, int outputs) {
    this.engine = engine;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** {@code [36, tiles, inputs]} times {@code [36, inputs, outputs]}. */
  void forward(long tiles, INDArray source, INDArray kernel, INDArray destination) {
    multiply(forward.get(tiles), source, kernel, DenseArrays.address(destination));
  }

  /** {@code [36, tiles, outputs]} times {@code [36, outputs, inputs]}. */
  void data(long tiles, INDArray destination, INDArray kernel, INDArray source) {
    multiply(data.get(tiles), destination, kernel, DenseArrays.address(source));
  }

  /**
   * The transpose of {@code [36, tiles, outputs]} times {@code [36, tiles, inputs]}.
   *
   * @param sum the address of the result
   * @param adds whether the products are added to what is there
   */
  void weights(long tiles, INDArray destination, INDArray source, long sum, boolean adds) {
    multiply((adds ? moreWeights : weights).get(tiles), destination, source, sum);
  }

  private static void multiply(Call product, INDArray left, INDArray right, long result) {
    product.at(DNNL_ARG_SRC, left).at(DNNL_ARG_WEIGHTS, right).at(DNNL_ARG_DST, result).run();
  }

  private Call prepareForward(long tiles) {
    return product(
        engine.dense(Tiling.POINTS, tiles, inputs),
        engine.dense(Tiling.POINTS, inputs, outputs),
        engine.dense(Tiling.POINTS, tiles, outputs),
        new post_ops());
  }

  private Call prepareData(long tiles) {
    return product(
        engine.dense(Tiling.POINTS, tiles, outputs),
        engine.dense(Tiling.POINTS, outputs, inputs),
        engine.dense(Tiling.POINTS, tiles, inputs),
        new post_ops());
  }

  private Call prepareWeights(long tiles, post_ops after) {
    memory.desc transposed =
        new memory.desc(
            new long[] {Tiling.POINTS, outputs, tiles},
            memory.data_type.f32,
            new long[] {tiles * outputs, 1, outputs});
    return product(
        transposed,
        engine.dense(Tiling.POINTS, tiles, inputs),
        engine.dense(Tiling.POINTS, outputs, inputs),
        after);
  }

  private Call product(memory.desc left, memory.desc right, memory.desc result, post_ops after) {
    primitive_attr attributes = OneDnnEngine.attributes();
    attributes.set_post_ops(after);
    return Call.product(engine, left, right, new memory.desc(), result, attributes);
  }

  private static post_ops addition() {
    post_ops after = new post_ops();
    after.append_sum(1, 0, memory.data_type.undef);
    return after;
  }
}
