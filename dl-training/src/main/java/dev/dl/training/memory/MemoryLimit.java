package dev.dl.training.memory;

import dev.dl.core.data.Batch;
import dev.dl.core.kernel.NativeMemory;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.TrainingSpec;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limit of the memory for tensors beside what a training will take. */
public final class MemoryLimit {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryLimit.class);

  private MemoryLimit() {}

  /** Notes what a training will take, and warns if the limit is lower. */
  public static void check(Network network, Learner learner, Batch first, TrainingSpec spec) {
    try {
      MemoryDemand demand =
          MemoryProbe.demand(network, learner, first, spec.batchSize(), spec.samplesAtOnce());
      MemoryEstimate estimate = demand.at(spec.samplesAtOnce());
      LOG.info("memory for tensors, estimated: {}", estimate);
      if (exceeds(estimate)) {
        LOG.warn("memory for tensors, estimated: {}; {}", estimate, remedy(demand));
      }
    } catch (OutOfNativeMemoryError tooMuch) { // training finds out how far it can go
      LOG.info("memory for tensors: no estimate, there is too little for some samples");
    }
  }

  /** Whether there is less than that. */
  public static boolean exceeds(MemoryEstimate estimate) {
    long limit = NativeMemory.limitBytes();
    return limit > 0 && estimate.total() > limit;
  }

  /** What to do about a demand that exceeds the limit. */
  public static String remedy(MemoryDemand demand) {
    long limit = NativeMemory.limitBytes();
    OptionalInt fitting = demand.mostWithin(limit);
    return "the limit is %.0f MB%s"
        .formatted(
            limit / 1e6,
            fitting.isPresent()
                ? ", within which training.microBatchSize=" + fitting.getAsInt() + " would fit"
                : ", too little for one sample; raise it, such as"
                    + " DL_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.maxBytes=8g");
  }
}
