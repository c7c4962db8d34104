package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights of all gates, or their gradients, between our order and layout and those of a primitive.
 */
final class GatePacking {
  private final GateOrder gates;
  private final Repacking repacking;
  private final int role;

  /** In oneDNN's order of gates; {@code null} where that is ours. */
  private final INDArray reordered;

  private GatePacking(GateOrder gates, Repacking repacking, int role, INDArray reordered) {
    this.gates = gates;
    this.repacking = repacking;
    this.role = role;
    this.reordered = reordered;
  }

  /**
   * For weights that a primitive reads.
   *
   * @param role of the weights among the primitive's arguments
   */
  static GatePacking into(OneDnnEngine engine, GateOrder gates, memory.desc chosen, int role) {
    memory.desc plain = plain(chosen);
    return new GatePacking(
        gates, Repacking.into(engine, plain, chosen), role, scratch(gates, plain));
  }

  /** For gradients that a primitive adds to what is there. */
  static GatePacking outOf(OneDnnEngine engine, GateOrder gates, memory.desc chosen, int role) {
    memory.desc plain = plain(chosen);
    return new GatePacking(
        gates, Repacking.outOf(engine, plain, chosen), role, scratch(gates, plain));
  }

  /** {@code [gates · hidden, features]} as oneDNN describes it. */
  private static memory.desc plain(memory.desc chosen) {
    return new memory.desc(chosen.get_dims(), memory.data_type.f32, memory.format_tag.ldgoi);
  }

  private static INDArray scratch(GateOrder gates, memory.desc plain) {
    return gates.sameAsOurs()
        ? null
        : DenseArrays.allocate(DataType.FLOAT, plain.get_size() / Float.BYTES);
  }

  Call bind(Call call) {
    return repacking.bind(call, role);
  }

  /** Gives the weights to the primitive. */
  void read(Call call, INDArray weights) {
    if (reordered != null) {
      gates.reorder(DenseArrays.buffer(weights), DenseArrays.buffer(reordered));
    }
    repacking.before(call, role, inOrder(weights));
  }

  /** Makes room for gradients, zero to begin with. */
  void begin(Call call, INDArray gradients) {
    repacking.before(call, role, inOrder(gradients));
    repacking.clear();
  }

  /** Takes the gradients from the primitive. */
  void write(INDArray gradients) {
    repacking.after(inOrder(gradients));
    if (reordered != null) {
      gates.reorder(DenseArrays.buffer(reordered), DenseArrays.buffer(gradients));
    }
  }

  private INDArray inOrder(INDArray weights) {
    return reordered == null ? weights : reordered;
  }
}
