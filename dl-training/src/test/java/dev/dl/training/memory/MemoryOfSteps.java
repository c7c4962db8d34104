package dev.dl.training.memory;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.training.benchmark.MeasuredMemory;
import dev.dl.training.benchmark.ModelBenchmark;

/** A process that takes a few training steps and tells its memory: {@code MODEL BATCH AT_ONCE}. */
public final class MemoryOfSteps {
  private static final int GARBAGE_MEBIBYTES = 256;

  private MemoryOfSteps() {}

  public static void main(String[] arguments) {
    Graph graph = ModelCatalog.find(arguments[0]).orElseThrow().graph();
    touchHeap();
    MeasuredMemory memory =
        ModelBenchmark.memory(
            graph,
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Backend.select(BackendChoice.CPU));
    System.out.println(memory.peakMebibytes() + " " + memory.estimate().total());
    System.out.println(memory.estimate());
  }

  /** Has the space for new objects resident from the start, whatever the model. */
  private static void touchHeap() {
    int sum = 0;
    for (int i = 0; i < GARBAGE_MEBIBYTES; i++) {
      sum += new byte[1 << 20].length;
    }
    if (sum == 0) {
      throw new IllegalStateException();
    }
  }
}
