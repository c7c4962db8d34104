package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RecurrentWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * LSTM and GRU by oneDNN's primitives, which run from the first step to the last and know no mask.
 * So each direction has its sequences copied into the order of its steps, without what is masked:
 * what comes after the end of a sequence then cannot change anything before it, and its gradient is
 * zero.
 */
final class OneDnnRecurrent implements RecurrentKernel {
  private static final int SIZES = 32;

  /** Fewest sequences that are worth a thread. */
  private static final int SEQUENCES = 8;

  /** Most hidden weights that each thread reads at each step: 1 MiB, its second-level cache. */
  private static final long OWN_WEIGHTS = 1 << 18;

  private final OneDnnEngine engine;
  private final Parallel parallel;
  private final RecurrentGeometry geometry;
  private final PerSize<List<RecurrentPass>> training;
  private final ThreadLocal<PerSize<List<RecurrentPass>>> inference;
  private List<StepOrder> orders = List.of();

  OneDnnRecurrent(OneDnnEngine engine, Parallel parallel, RecurrentGeometry geometry) {
    this.engine = engine;
    this.parallel = parallel;
    this.geometry = geometry;
    this.training = passes(true);
    this.inference = ThreadLocal.withInitial(() -> passes(false));
  }

  private PerSize<List<RecurrentPass>> passes(boolean forTraining) {
    List<RecurrentPass.Memory> memories =
        Stream.generate(RecurrentPass.Memory::new).limit(geometry.directions()).toList();
    return new PerSize<>(SIZES, size -> prepare(size, memories, forTraining));
  }

  private List<RecurrentPass> prepare(
      long size, List<RecurrentPass.Memory> memories, boolean forTraining) {
    List<RecurrentPass> passes = new ArrayList<>();
    for (int direction = 0; direction < geometry.directions(); direction++) {
      passes.add(
          new RecurrentPass(
              engine,
              geometry,
              memories.get(direction),
              PerSize.first(size),
              PerSize.second(size),
              forTraining));
    }
    return passes;
  }

  @Override
  public void forward(
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output,
      boolean forTraining) {
    if (forTraining) {
      orders = orders(input, mask);
      run(training, orders, input, weights, output);
    } else {
      infer(input, mask, weights, output);
    }
  }

  /** Each thread infers some of the sequences, where that is faster: no thread waits at a step. */
  private void infer(
      INDArray input, INDArray mask, List<RecurrentWeights> weights, INDArray output) {
    long batch = input.size(0);
    int parts = parallel.isOpenMp() && fitsCache() ? parallel.threads() : 1;
    if (batch < (long) parts * SEQUENCES) {
      run(inference.get(), orders(input, mask), input, weights, output);
      return;
    }
    parallel.runByThread(
        parts,
        part -> {
          var some = NDArrayIndex.interval(batch * part / parts, batch * (part + 1) / parts);
          INDArray theirs = input.get(some);
          INDArray theirMask = mask == null ? null : mask.get(some);
          run(inference.get(), orders(theirs, theirMask), theirs, weights, output.get(some));
        });
  }

  private boolean fitsCache() {
    long hidden = geometry.hidden();
    return hidden * hidden * geometry.cell().gates() <= OWN_WEIGHTS;
  }

  /** The order of the steps in each direction. */
  private List<StepOrder> orders(INDArray input, INDArray mask) {
    int batch = Math.toIntExact(input.size(0));
    int length = Math.toIntExact(input.size(1));
    return IntStream.range(0, geometry.directions())
        .mapToObj(direction -> StepOrder.of(batch, length, mask, direction == 1))
        .toList();
  }

  private void run(
      PerSize<List<RecurrentPass>> prepared,
      List<StepOrder> orders,
      INDArray input,
      List<RecurrentWeights> weights,
      INDArray output) {
    if (orders.get(0).skips()) {
      output.assign(0);
    }
    int batch = Math.toIntExact(input.size(0));
    List<RecurrentPass> passes = prepared.get(PerSize.of(orders.get(0).steps(), batch));
    for (int direction = 0; direction < passes.size(); direction++) {
      RecurrentPass pass = passes.get(direction);
      StepOrder order = orders.get(direction);
      order.gather(parallel, input, 0, pass.source(), geometry.inputs());
      pass.forward(weights.get(direction));
      order.scatter(
          parallel, pass.destination(), geometry.hidden(), output, direction * geometry.hidden());
    }
  }

  @Override
  public void backward(
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      List<RecurrentWeights> weightGradients) {
    int batch = Math.toIntExact(input.size(0));
    List<RecurrentPass> passes = training.get(PerSize.of(orders.get(0).steps(), batch));
    if (inputGradient != null && orders.get(0).skips()) {
      inputGradient.assign(0);
    }
    for (int direction = 0; direction < passes.size(); direction++) {
      RecurrentPass pass = passes.get(direction);
      StepOrder order = orders.get(direction);
      order.gather(
          parallel,
          outputGradient,
          direction * geometry.hidden(),
          pass.destinationGradient(),
          geometry.hidden());
      pass.backward(weights.get(direction), weightGradients.get(direction));
      if (inputGradient != null && direction == 0) {
        order.scatter(parallel, pass.sourceGradient(), geometry.inputs(), inputGradient, 0);
      } else if (inputGradient != null) {
        order.scatterAdd(parallel, pass.sourceGradient(), inputGradient);
      }
    }
  }
}
