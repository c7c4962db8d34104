package dev.dl.benchmarks.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.dl.benchmarks.Engine;
import dev.dl.benchmarks.Workload;
import dev.dl.benchmarks.Workload.ImageInput;
import dev.dl.benchmarks.Workload.TokenInput;
import dev.dl.core.data.Batch;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.LongStream;

/** libtorch through DJL, with PyTorch's fused Adam. */
final class LibtorchEngine implements Engine {
  private final boolean tuned;

  private TorchScript program;
  private List<Sample> batches;
  private NDArray learningRate;
  private long parameterCount;
  private int next;
  private long stepNanos;
  private long updateNanos;

  /** A batch in libtorch's memory. */
  private record Sample(NDArray input, NDArray labels) {}

  /**
   * @param tuned whether images and the weights of convolutions are channels last
   */
  LibtorchEngine(boolean tuned) {
    this.tuned = tuned;
  }

  @Override
  public Set<Workload> workloads() {
    return EnumSet.complementOf(EnumSet.of(Workload.MINILM_FROZEN, Workload.MINILM_LORA));
  }

  @Override
  public String version() {
    return "libtorch " + ai.djl.engine.Engine.getEngine("PyTorch").getVersion();
  }

  @Override
  public void prepare(Workload workload) {
    PtNDManager manager = (PtNDManager) ai.djl.engine.Engine.getEngine("PyTorch").newBaseManager();
    boolean channelsLast = tuned && workload.input() instanceof ImageInput;
    program = TorchScript.load(manager, workload.label());
    JniUtils.setGradMode(true);
    batches =
        workload.batches().stream()
            .map(batch -> sample(batch, workload, channelsLast, manager))
            .toList();
    learningRate = manager.create((float) workload.learningRate());
    try (NDArray count = program.callInTraining("create", batches.get(0).input())) {
      parameterCount = count.getLong();
    }
  }

  private Sample sample(Batch batch, Workload workload, boolean channelsLast, PtNDManager manager) {
    Shape shape =
        new Shape(
            LongStream.concat(
                    LongStream.of(workload.batchSize()), LongStream.of(workload.input().shape()))
                .toArray());
    NDArray input = manager.create(batch.inputs(), shape);
    if (workload.input() instanceof TokenInput) {
      input = input.toType(DataType.INT64, false);
    }
    NDArray labels = manager.create(batch.labels()).toType(DataType.INT64, false);
    return new Sample(
        channelsLast ? program.callInTraining("channels_last", input) : input, labels);
  }

  @Override
  public void step() {
    long start = System.nanoTime();
    Sample sample = batches.get(next++ % batches.size());
    program.callInTraining("gradient", sample.input(), sample.labels()).close();
    long update = System.nanoTime();
    program.call("update", learningRate).close();
    long end = System.nanoTime();
    stepNanos += end - start;
    updateNanos += end - update;
  }

  @Override
  public void infer() {
    program.call("infer", batches.get(next++ % batches.size()).input()).close();
  }

  @Override
  public long parameterCount() {
    return parameterCount;
  }

  @Override
  public OptionalDouble optimizerShare() {
    return OptionalDouble.of((double) updateNanos / stepNanos);
  }
}
