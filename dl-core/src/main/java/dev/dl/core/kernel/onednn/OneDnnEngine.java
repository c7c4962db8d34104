package dev.dl.core.kernel.onednn;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NativeMemory;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * The CPU engine of oneDNN with its one stream, and the descriptions of memory that the kernels
 * share.
 */
final class OneDnnEngine {
  final engine cpu = new engine(engine.kind.cpu, 0);
  final stream stream = new stream(cpu);
  private final ThreadLocal<PointMemory> scratchpads = ThreadLocal.withInitial(PointMemory::new);

  /** Dense row-major float32. */
  memory.desc dense(long... dimensions) {
    long[] strides = new long[dimensions.length];
    long stride = 1;
    for (int axis = dimensions.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dimensions[axis];
    }
    return new memory.desc(dimensions, memory.data_type.f32, strides);
  }

  /**
   * The transpose of a dense row-major matrix of {@code columns x rows}, as {@code rows x columns}.
   */
  memory.desc transposed(long rows, long columns) {
    return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, new long[] {1, rows});
  }

  /** A batch of images, channels last. */
  memory.desc images(long batch, ImageShape image) {
    return new memory.desc(dimensions(batch, image), memory.data_type.f32, memory.format_tag.nhwc);
  }

  /** A batch of images, channels first. */
  memory.desc imagesChannelsFirst(long batch, ImageShape image) {
    return new memory.desc(dimensions(batch, image), memory.data_type.f32, memory.format_tag.nchw);
  }

  /** Whatever layout the primitive likes best. */
  memory.desc any(long... dimensions) {
    return new memory.desc(dimensions, memory.data_type.f32, memory.format_tag.any);
  }

  /** Memory that oneDNN owns. */
  memory allocate(memory.desc description) {
    NativeMemory.addPrepared(description.get_size());
    return new memory(description, cpu);
  }

  /** Memory without storage, to be pointed at an array for each call. */
  memory unbound(memory.desc description) {
    return new memory(description, cpu, (Pointer) null);
  }

  /**
   * Where a primitive keeps what it needs during a call alone: one place for all that a thread
   * calls. Left to itself each primitive has its own, which nothing counts.
   */
  long scratchpad(long bytes) {
    return DenseArrays.address(scratchpads.get().ofLength((bytes + Float.BYTES - 1) / Float.BYTES));
  }

  /** Attributes of a primitive that is given its scratchpad, by {@link Call}. */
  static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    return attributes;
  }

  /** The same with an activation after the primitive. */
  static primitive_attr attributes(Activation activation) {
    return attributes(activation == Activation.NONE ? List.of() : List.of(Eltwise.of(activation)));
  }

  /** The same with an activation after it that passes a NaN on. */
  static primitive_attr attributesKeepingNan(Activation activation) {
    return attributes(Eltwise.keepingNan(activation));
  }

  private static primitive_attr attributes(List<Eltwise> functions) {
    post_ops after = new post_ops();
    functions.forEach(
        function -> after.append_eltwise(function.kind(), function.alpha(), function.beta()));
    primitive_attr attributes = attributes();
    attributes.set_post_ops(after);
    return attributes;
  }

  private static long[] dimensions(long batch, ImageShape image) {
    return new long[] {batch, image.channels(), image.height(), image.width()};
  }
}
