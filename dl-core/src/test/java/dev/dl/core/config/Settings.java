package dev.dl.core.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A spec with a setting of every type, for tests. */
record Settings(
    String name,
    @Default("auto") Mode mode,
    @Default("{}") Optimizer optimizer,
    @Default("{}") Training training,
    @Default("[1, 2]") @Minimum(1) List<Integer> stages,
    @Default("[]") List<Optimizer> others,
    @Default("null") Shares shares,
    @Default("[]") List<Layer> layers,
    @Default("{}") Map<String, List<Integer>> named) {

  sealed interface Shares {
    enum Word implements Shares {
      EVEN,
      BY_SIZE
    }

    record Listed(@Minimum(0) List<Double> of) implements Shares {}
  }

  sealed interface Layer permits MaxPool, Relu, Group {}

  record MaxPool(@Default("2") @Minimum(1) int size, @Default("null") Integer stride)
      implements Layer {}

  record Relu() implements Layer {}

  record Group(List<Layer> layers) implements Layer {}

  enum Mode {
    AUTO,
    ONE_CYCLE
  }

  record Optimizer(
      @Default("0.001") @Above(0) double learningRate,
      @Default("0") @Minimum(0) @Below(1) double momentum,
      @Default("false") boolean nesterov) {}

  record Training(
      @Default("10") @Minimum(1) int epochs,
      @Default("128") @Minimum(1) int batchSize,
      @Default("null") @Minimum(1) Integer microBatchSize,
      @Default("7") long seed,
      @Default("null") Long limit,
      @Default("null") @Maximum(1) Double decay,
      @Default("null") Boolean resume,
      @Default("null") String note,
      @Default("null") Duration maximumDuration) {

    Training {
      if (microBatchSize != null && microBatchSize > batchSize) {
        throw new ConfigException(
            "microBatchSize", "" + microBatchSize, "at most batchSize, " + batchSize, "");
      }
      if (note != null && note.isBlank()) {
        throw new IllegalArgumentException("a blank note");
      }
    }
  }
}
