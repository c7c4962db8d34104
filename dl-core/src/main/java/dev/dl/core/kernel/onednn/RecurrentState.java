package dev.dl.core.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;

import dev.dl.core.kernel.RecurrentCell;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * The state that a stretch of steps begins with, zeros at first, and the one that it leaves, with
 * which the next begins.
 */
final class RecurrentState {
  private final List<Vector> vectors = new ArrayList<>();

  /** The hidden state or an LSTM's cell. */
  private static final class Vector {
    private final int roleBefore;
    private final int roleAfter;
    private memory before;
    private memory after;

    Vector(OneDnnEngine engine, memory.desc state, int roleBefore, int roleAfter) {
      this.roleBefore = roleBefore;
      this.roleAfter = roleAfter;
      before = engine.allocate(state);
      after = engine.allocate(state);
    }

    void begin() {
      Pointer.memset(before.get_data_handle(), 0, before.get_desc().get_size());
    }

    void give(Call call) {
      call.at(roleBefore, before.get_data_handle().address())
          .at(roleAfter, after.get_data_handle().address());
    }

    void advance() {
      memory left = after;
      after = before;
      before = left;
    }
  }

  /** Declares the states among the arguments of a pass. */
  RecurrentState(OneDnnEngine engine, RecurrentCell cell, memory.desc state, Call call) {
    vectors.add(new Vector(engine, state, DNNL_ARG_SRC_ITER, DNNL_ARG_DST_ITER));
    if (cell == RecurrentCell.LSTM) {
      vectors.add(new Vector(engine, state, DNNL_ARG_SRC_ITER_C, DNNL_ARG_DST_ITER_C));
    }
    for (Vector vector : vectors) {
      call.argument(vector.roleBefore, state).argument(vector.roleAfter, state);
    }
  }

  /** Back to zeros. */
  void begin() {
    vectors.forEach(Vector::begin);
  }

  /** Points a pass at the states. */
  void give(Call call) {
    vectors.forEach(vector -> vector.give(call));
  }

  /** What the pass left is what the next one begins with. */
  void advance() {
    vectors.forEach(Vector::advance);
  }
}
