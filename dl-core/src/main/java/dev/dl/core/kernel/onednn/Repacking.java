package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights between the public layout, in which parameters and gradients are kept, and the layout
 * that a primitive chose; a copy that is skipped where the two are the same.
 */
final class Repacking {
  private final memory packed;
  private final Call copy;
  private final int publicRole;

  private Repacking(memory packed, Call copy, int publicRole) {
    this.packed = packed;
    this.copy = copy;
    this.publicRole = publicRole;
  }

  /** For weights that a primitive reads. */
  static Repacking into(OneDnnEngine engine, memory.desc publicLayout, memory.desc chosen) {
    return of(engine, publicLayout, chosen, DNNL_ARG_SRC);
  }

  /** For weight gradients that a primitive writes. */
  static Repacking outOf(OneDnnEngine engine, memory.desc publicLayout, memory.desc chosen) {
    return of(engine, publicLayout, chosen, DNNL_ARG_DST);
  }

  private static Repacking of(
      OneDnnEngine engine, memory.desc publicLayout, memory.desc chosen, int publicRole) {
    if (chosen.equals(publicLayout)) {
      return new Repacking(engine.unbound(publicLayout), null, publicRole);
    }
    memory packed = engine.allocate(chosen);
    memory plain = engine.unbound(publicLayout);
    boolean reads = publicRole == DNNL_ARG_SRC;
    Call copy =
        new Call(engine, reads ? new reorder(plain, packed) : new reorder(packed, plain))
            .fixed(DNNL_ARG_SRC, reads ? plain : packed)
            .fixed(DNNL_ARG_DST, reads ? packed : plain);
    return new Repacking(packed, copy, publicRole);
  }

  /** Declares the weights as an argument of the primitive. */
  Call bind(Call call, int role) {
    return call.fixed(role, packed);
  }

  /** Points the primitive at the weights, packing them first if it reads another layout. */
  void before(Call call, int role, INDArray weights) {
    if (copy == null) {
      call.at(role, weights);
    } else if (publicRole == DNNL_ARG_SRC) {
      copy.at(publicRole, weights).run();
    }
  }

  /** Fills gradients with zeros, for a primitive that adds to what is there. */
  void clear() {
    Pointer.memset(packed.get_data_handle(), 0, packed.get_desc().get_size());
  }

  /** Unpacks what the primitive wrote. */
  void after(INDArray weights) {
    if (copy != null && publicRole == DNNL_ARG_DST) {
      copy.at(publicRole, weights).run();
    }
  }
}
