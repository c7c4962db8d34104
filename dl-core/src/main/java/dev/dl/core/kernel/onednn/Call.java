package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;

import dev.dl.core.kernel.Address;
import dev.dl.core.kernel.DenseArrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A primitive with its arguments: some keep their memory, the others are pointed at arrays before
 * each run, and one that asks for a scratchpad is given its thread's.
 */
final class Call {
  private final OneDnnEngine engine;
  private final primitive primitive;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final Map<Integer, memory> memories = new HashMap<>();
  private final Address address = new Address();
  private final long scratchpadBytes;

  Call(OneDnnEngine engine, primitive primitive) {
    this.engine = engine;
    this.primitive = primitive;
    this.scratchpadBytes =
        dnnl_memory_desc_get_size(
            dnnl_primitive_desc_query_md(
                primitive.get_dnnl_primitive_desc(), dnnl_query_scratchpad_md, 0));
    if (scratchpadBytes > 0) {
      argument(
          DNNL_ARG_SCRATCHPAD,
          new memory.desc(new long[] {scratchpadBytes}, memory.data_type.u8, memory.format_tag.a));
    }
  }

  /** A product of two matrices or batches of them, plus a bias unless its description is empty. */
  static Call product(
      OneDnnEngine engine,
      memory.desc left,
      memory.desc right,
      memory.desc bias,
      memory.desc result,
      primitive_attr attributes) {
    // Closed at once: it holds half a megabyte.
    try (var description =
        new matmul.primitive_desc(engine.cpu, left, right, bias, result, attributes, false)) {
      return new Call(engine, new matmul(description))
          .argument(DNNL_ARG_SRC, left)
          .argument(DNNL_ARG_WEIGHTS, right)
          .argument(DNNL_ARG_DST, result);
    }
  }

  /** Declares an argument that {@link #at} points at an array. */
  Call argument(int role, memory.desc description) {
    return fixed(role, engine.unbound(description));
  }

  /** Declares an argument that keeps its memory. */
  Call fixed(int role, memory memory) {
    memories.put(role, memory);
    arguments.put(role, memory);
    return this;
  }

  /** Points an argument at an array. */
  Call at(int role, INDArray array) {
    return at(role, DenseArrays.address(array));
  }

  /** Points an argument at native memory. */
  Call at(int role, long nativeAddress) {
    memories.get(role).set_data_handle(address.at(nativeAddress));
    return this;
  }

  void run() {
    if (scratchpadBytes > 0) {
      at(DNNL_ARG_SCRATCHPAD, engine.scratchpad(scratchpadBytes));
    }
    primitive.execute(engine.stream, arguments);
    engine.stream._wait();
  }
}
