package dev.dl.core.kernel;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory for tensors, outside of the heap: its limit, and what kernels take of it beside the
 * arrays that layers are given. It belongs to the process, and so do these numbers.
 */
public final class NativeMemory {
  private static final AtomicLong SCRATCH = new AtomicLong();
  private static final AtomicLong PREPARED = new AtomicLong();

  private NativeMemory() {}

  /** How much there may be: {@code org.bytedeco.javacpp.maxBytes}. */
  public static long limitBytes() {
    return Pointer.maxBytes();
  }

  /** Has ND4J refuse arrays beyond the limit; JavaCPP, whose limit it is, does not see them. */
  public static void enforceLimit() {
    if (limitBytes() > 0) {
      Nd4j.getEnvironment().setDeviceLimit(0, limitBytes());
    }
  }

  /** What kernels hold for intermediate results, which grows with the samples. */
  public static long scratchBytes() {
    return SCRATCH.get();
  }

  /**
   * What kernels were given so far for weights in other layouts and the like, for each batch size.
   */
  public static long preparedBytes() {
    return PREPARED.get();
  }

  /** Counts scratch memory that was taken or, if negative, given back. */
  public static void addScratch(long bytes) {
    SCRATCH.addAndGet(bytes);
  }

  /** Counts what was prepared for a batch size. */
  public static void addPrepared(long bytes) {
    PREPARED.addAndGet(bytes);
  }
}
