package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.AttentionGeometry;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The products and the softmax of a tile of attention: probabilities {@code [samples, heads,
 * queries, keys]}, all else views of the arrays of the sequences.
 */
final class AttentionTile {
  /** Added to the score of a key that may not be attended to. */
  static final float PENALTY = -1e30f;

  /**
   * The size of a tile.
   *
   * @param heads of each sample, neighbouring ones
   * @param keys the first ones of each sequence, to which the queries may attend
   * @param masked whether a mask says which keys count
   * @param sums whether gradients of keys and values are added to those of other queries
   */
  record Extent(int samples, int heads, int queries, int keys, boolean masked, boolean sums) {
    int rows() {
      return samples * heads * queries;
    }
  }

  private static final int FIRST_BINARY = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 2 | DNNL_ARG_SRC_1;
  private static final int SECOND_BINARY = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 3 | DNNL_ARG_SRC_1;

  private final OneDnnEngine engine;
  private final AttentionGeometry geometry;
  private final Extent extent;
  private final Call scores;
  private final Call softmax;
  private final Call output;
  private final Call probabilityGradient;
  private final Call valueGradient;
  private final Call queryGradient;
  private final Call keyGradient;

  AttentionTile(OneDnnEngine engine, AttentionGeometry geometry, Extent extent) {
    this.engine = engine;
    this.geometry = geometry;
    this.extent = extent;
    int features = geometry.features();
    memory.desc queries = sequences(extent.queries, 3 * features);
    memory.desc keys = sequences(extent.keys, 3 * features);
    memory.desc keysTransposed = sequencesTransposed(extent.keys, 3 * features);
    memory.desc outputs = sequences(extent.queries, features);
    memory.desc tile = tile();
    memory.desc tileTransposed = tileTransposed();
    scores = scores(queries, keysTransposed, tile);
    softmax = softmax();
    output = product(tile, keys, outputs, OneDnnEngine.attributes());
    probabilityGradient = product(outputs, keysTransposed, tile, OneDnnEngine.attributes());
    valueGradient = product(tileTransposed, outputs, keys, adding());
    queryGradient = product(tile, keys, queries, OneDnnEngine.attributes());
    keyGradient = product(tileTransposed, queries, keys, adding());
  }

  /** {@code [samples, heads, positions, size]} in rows of {@code width} values. */
  private memory.desc sequences(int positions, long width) {
    return view(
        new long[] {extent.samples, extent.heads, positions, geometry.headSize()},
        geometry.length() * width,
        geometry.headSize(),
        width,
        1);
  }

  private memory.desc sequencesTransposed(int positions, long width) {
    return view(
        new long[] {extent.samples, extent.heads, geometry.headSize(), positions},
        geometry.length() * width,
        geometry.headSize(),
        1,
        width);
  }

  private memory.desc tile() {
    return engine.dense(extent.samples, extent.heads, extent.queries, extent.keys);
  }

  private memory.desc tileTransposed() {
    long size = (long) extent.queries * extent.keys;
    return view(
        new long[] {extent.samples, extent.heads, extent.keys, extent.queries},
        extent.heads * size,
        size,
        1,
        extent.keys);
  }

  private static memory.desc view(long[] dimensions, long... strides) {
    return new memory.desc(dimensions, memory.data_type.f32, strides);
  }

  private Call scores(memory.desc queries, memory.desc keysTransposed, memory.desc tile) {
    post_ops after = new post_ops();
    after.append_eltwise(algorithm.eltwise_linear, (float) geometry.scale(), 0);
    memory.desc causal = engine.dense(1, 1, extent.queries, extent.keys);
    if (geometry.causal()) {
      after.append_binary(algorithm.binary_add, causal);
    }
    memory.desc mask = engine.dense(extent.samples, 1, 1, extent.keys);
    if (extent.masked) {
      after.append_binary(algorithm.binary_add, mask);
    }
    primitive_attr attributes = OneDnnEngine.attributes();
    attributes.set_post_ops(after);
    Call call = product(queries, keysTransposed, tile, attributes);
    if (geometry.causal()) {
      call.fixed(FIRST_BINARY, causalPenalties(causal));
    }
    return extent.masked ? call.argument(maskRole(), mask) : call;
  }

  private int maskRole() {
    return geometry.causal() ? SECOND_BINARY : FIRST_BINARY;
  }

  /** Nothing for a key up to the query's own position, which ends at the last key. */
  private memory causalPenalties(memory.desc description) {
    float[] penalties = new float[extent.queries * extent.keys];
    for (int query = 0; query < extent.queries; query++) {
      for (int key = extent.keys - extent.queries + query + 1; key < extent.keys; key++) {
        penalties[query * extent.keys + key] = PENALTY;
      }
    }
    memory values = engine.allocate(description);
    new FloatPointer(values.get_data_handle()).put(penalties);
    return values;
  }

  private Call softmax() {
    memory.desc rows = engine.dense(extent.rows(), extent.keys);
    var description =
        new softmax_forward.primitive_desc(
            engine.cpu, prop_kind.forward_inference, algorithm.softmax_accurate, rows, rows, 1);
    return new Call(engine, new softmax_forward(description))
        .argument(DNNL_ARG_SRC, rows)
        .argument(DNNL_ARG_DST, rows);
  }

  private primitive_attr adding() {
    primitive_attr attributes = OneDnnEngine.attributes();
    if (extent.sums) {
      post_ops after = new post_ops();
      after.append_sum();
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  private Call product(
      memory.desc left, memory.desc right, memory.desc result, primitive_attr attributes) {
    return Call.product(engine, left, right, new memory.desc(), result, attributes);
  }

  /**
   * Softmax of the scaled products of queries and keys.
   *
   * @param penalties {@code [samples, keys]}, where there is a mask
   */
  void probabilities(long queries, long keys, long penalties, long result) {
    if (extent.masked) {
      scores.at(maskRole(), penalties);
    }
    run(scores, queries, keys, result);
    softmax.at(DNNL_ARG_SRC, result).at(DNNL_ARG_DST, result).run();
  }

  void output(long probabilities, long values, long result) {
    run(output, probabilities, values, result);
  }

  void probabilityGradient(long outputGradient, long values, long result) {
    run(probabilityGradient, outputGradient, values, result);
  }

  void valueGradient(long probabilities, long outputGradient, long result) {
    run(valueGradient, probabilities, outputGradient, result);
  }

  void queryGradient(long scoreGradient, long keys, long result) {
    run(queryGradient, scoreGradient, keys, result);
  }

  void keyGradient(long scoreGradient, long queries, long result) {
    run(keyGradient, scoreGradient, queries, result);
  }

  private static void run(Call product, long left, long right, long result) {
    product.at(DNNL_ARG_SRC, left).at(DNNL_ARG_WEIGHTS, right).at(DNNL_ARG_DST, result).run();
  }
}
