package dev.dl.training;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.kernel.Loss;
import dev.dl.models.KnownModels;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.memory.MemoryProbe;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;

/** The memory that the training of a spec takes, without training. */
public final class FittedMemory {
  private FittedMemory() {}

  /**
   * Reads the data and trains passes over a few samples, which come to nothing.
   *
   * @param models that the spec may name
   * @param backend already selected
   * @param workingDirectory where relative paths of the spec start
   */
  public static MemoryDemand of(
      RunSpec spec, KnownModels models, Backend backend, Path workingDirectory) throws IOException {
    DataSplits data = DataSplits.open(spec.data(), workingDirectory);
    Task task = Task.of(data.preprocessing(), spec);
    Compute compute = Compute.on(backend);
    Loss loss = LossChoice.of(spec.training().loss(), task.head(), data.train());
    Network network = task.network(spec, models, loss, compute.kernels());
    Batches training = new Batches(data.train(), spec.training().batchSize());
    Learner learner = Learner.of(network, spec, training.count(), compute.updates());
    return MemoryProbe.demand(
        network,
        learner,
        training.first(spec.seed()),
        spec.training().batchSize(),
        spec.training().samplesAtOnce());
  }
}
