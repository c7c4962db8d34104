package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.dl.core.kernel.Activation;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An affine map of many rows, whose weights are first brought into the layout that oneDNN likes
 * best, in memory of the thread: from some hundred rows on the product gains more than that costs.
 */
final class PackedProduct {
  /** Bits of an instruction set that has AVX-512. */
  private static final int AVX512 = 0x20;

  private static final long FEWEST_ROWS = 512;

  private final OneDnnEngine engine;
  private final Call packing;
  private final Call product;
  private final long bytes;

  PackedProduct(
      OneDnnEngine engine,
      long rows,
      int inputs,
      int outputs,
      boolean hasBias,
      Activation activation) {
    this.engine = engine;
    memory.desc left = engine.dense(rows, inputs);
    memory.desc bias = hasBias ? engine.dense(outputs) : new memory.desc();
    memory.desc result = engine.dense(rows, outputs);
    try (var description =
        new inner_product_forward.primitive_desc(
            engine.cpu,
            prop_kind.forward_inference,
            left,
            engine.any(outputs, inputs),
            bias,
            result,
            OneDnnEngine.attributes(activation),
            false)) {
      memory.desc plain = engine.dense(outputs, inputs);
      memory.desc packed = new memory.desc(description.weights_desc());
      bytes = packed.get_size();
      packing =
          new Call(engine, new reorder(engine.unbound(plain), engine.unbound(packed)))
              .argument(DNNL_ARG_SRC, plain)
              .argument(DNNL_ARG_DST, packed);
      Call call =
          new Call(engine, new inner_product_forward(description))
              .argument(DNNL_ARG_SRC, left)
              .argument(DNNL_ARG_WEIGHTS, packed)
              .argument(DNNL_ARG_DST, result);
      product = hasBias ? call.argument(DNNL_ARG_BIAS, bias) : call;
    }
  }

  /** Whether this is the faster way, by shape and processor alone: every run has the same bits. */
  static boolean pays(long rows) {
    return rows >= FEWEST_ROWS && (dnnl.dnnl_get_effective_cpu_isa() & AVX512) == 0;
  }

  void run(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    long packed = engine.packedWeights(bytes);
    packing.at(DNNL_ARG_SRC, weights).at(DNNL_ARG_DST, packed).run();
    if (bias != null) {
      product.at(DNNL_ARG_BIAS, bias);
    }
    product.at(DNNL_ARG_SRC, input).at(DNNL_ARG_WEIGHTS, packed).at(DNNL_ARG_DST, output).run();
  }
}
