package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RecurrentWeights;
import dev.dl.core.kernel.onednn.StepOrder.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  /** Steps that inference takes at a time. */
  private static final int STRETCH = 5;

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
      train(input, mask, weights, output);
    } else {
      infer(input, mask, weights, output);
    }
  }

  private void train(
      INDArray input, INDArray mask, List<RecurrentWeights> weights, INDArray output) {
    Sequences all = Sequences.of(input);
    orders = directions().mapToObj(direction -> order(all, mask, direction).rounded()).toList();
    orders.get(0).clearUnlessFull(parallel, output);
    List<RecurrentPass> passes = training.get(PerSize.of(orders.get(0).steps(), all.count()));
    for (int direction = 0; direction < passes.size(); direction++) {
      RecurrentPass pass = passes.get(direction);
      pass.begin(weights.get(direction));
      run(pass, orders.get(direction), input, output, direction);
    }
  }

  private IntStream directions() {
    return IntStream.range(0, geometry.directions());
  }

  private static StepOrder order(Sequences sequences, INDArray mask, int direction) {
    return StepOrder.of(sequences, mask, direction == 1);
  }

  private void run(
      RecurrentPass pass, StepOrder order, INDArray input, INDArray output, int direction) {
    order.gather(parallel, input, 0, pass.source(), geometry.inputs());
    pass.forward();
    order.scatter(
        parallel, pass.destination(), geometry.hidden(), output, direction * geometry.hidden());
  }

  /** Each thread infers some of the sequences, where that is faster: no thread waits at a step. */
  private void infer(
      INDArray input, INDArray mask, List<RecurrentWeights> weights, INDArray output) {
    Sequences all = Sequences.of(input);
    int parts = parallel.isOpenMp() && fitsCache() ? parallel.threads() : 1;
    if (all.count() < parts * SEQUENCES) {
      infer(all, input, mask, weights, output);
      return;
    }
    parallel.runByThread(parts, part -> infer(all.part(part, parts), input, mask, weights, output));
  }

  private boolean fitsCache() {
    long hidden = geometry.hidden();
    return hidden * hidden * geometry.cell().gates() <= OWN_WEIGHTS;
  }

  /** A stretch of steps at a time, so that what they read and write stays in the caches. */
  private void infer(
      Sequences sequences,
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output) {
    order(sequences, mask, 0).clearUnlessFull(parallel, output);
    for (int direction = 0; direction < geometry.directions(); direction++) {
      StepOrder order = order(sequences, mask, direction);
      int stretch = Math.min(order.steps(), STRETCH);
      RecurrentPass pass =
          inference.get().get(PerSize.of(stretch, sequences.count())).get(direction);
      pass.begin(weights.get(direction));
      for (int step = 0; step < order.steps(); step += stretch) {
        run(pass, order.part(step, stretch), input, output, direction);
      }
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
    if (inputGradient != null) {
      orders.get(0).clearUnlessFull(parallel, inputGradient);
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
