package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Address;
import dev.dl.core.kernel.DenseArrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A primitive with its arguments: some keep their memory, the others are pointed at arrays before
 * each run.
 */
final class Call {
  private final OneDnnEngine engine;
  private final primitive primitive;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final Map<Integer, memory> memories = new HashMap<>();
  private final Address address = new Address();

  Call(OneDnnEngine engine, primitive primitive) {
    this.engine = engine;
    this.primitive = primitive;
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
    primitive.execute(engine.stream, arguments);
    engine.stream._wait();
  }
}
