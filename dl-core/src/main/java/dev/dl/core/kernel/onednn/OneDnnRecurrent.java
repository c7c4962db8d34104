package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RecurrentWeights;
import java.util.ArrayList;
import java.util.List;
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

  private final OneDnnEngine engine;
  private final Parallel parallel;
  private final RecurrentGeometry geometry;
  private final PerSize<List<RecurrentPass>> training;
  private final PerSize<List<RecurrentPass>> inference;
  private final List<RecurrentPass.Memory> memories;
  private List<StepOrder> orders = List.of();

  OneDnnRecurrent(OneDnnEngine engine, Parallel parallel, RecurrentGeometry geometry) {
    this.engine = engine;
    this.parallel = parallel;
    this.geometry = geometry;
    this.memories =
        Stream.generate(RecurrentPass.Memory::new).limit(geometry.directions()).toList();
    this.training = new PerSize<>(SIZES, size -> prepare(size, true));
    this.inference = new PerSize<>(SIZES, size -> prepare(size, false));
  }

  private List<RecurrentPass> prepare(long size, boolean forTraining) {
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
    int batch = Math.toIntExact(input.size(0));
    List<StepOrder> currentOrders = new ArrayList<>();
    for (int direction = 0; direction < geometry.directions(); direction++) {
      currentOrders.add(StepOrder.of(batch, (int) input.size(1), mask, direction == 1));
    }
    if (forTraining) {
      orders = currentOrders;
    }
    if (currentOrders.get(0).skips()) {
      output.assign(0);
    }
    List<RecurrentPass> passes =
        (forTraining ? training : inference).get(PerSize.of(currentOrders.get(0).steps(), batch));
    for (int direction = 0; direction < passes.size(); direction++) {
      RecurrentPass pass = passes.get(direction);
      StepOrder order = currentOrders.get(direction);
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
