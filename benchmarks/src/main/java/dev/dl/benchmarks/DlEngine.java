package dev.dl.benchmarks;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.backend.Doctor;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.Loss;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.RunSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Our engine: whole steps of the training loop's learner, clipping and schedule included. */
final class DlEngine implements Engine {
  private static final int STEPS_PER_EPOCH = 1_000;

  private Workload workload;
  private Network network;
  private Learner learner;
  private List<Batch> batches;
  private int next;

  @Override
  public Set<Workload> workloads() {
    return EnumSet.allOf(Workload.class);
  }

  @Override
  public String version() {
    return "dl with oneDNN " + Doctor.examine().libraries().oneDnn();
  }

  @Override
  public void prepare(Workload measured) {
    workload = measured;
    Compute compute = Compute.on(Backend.cpu("measured"));
    network =
        Network.create(
            DlNetworks.of(workload), new Loss.SoftmaxCrossEntropy(0), compute.kernels(), 1);
    batches = workload.batches();
    learner = Learner.of(network, spec(), STEPS_PER_EPOCH, compute.updates());
  }

  @Override
  public void step() {
    learner.step(batches.get(next % batches.size()), next);
    next++;
  }

  @Override
  public void infer() {
    network.logits(batches.get(next++ % batches.size()).inputs(), workload.batchSize());
  }

  /** All of them, to see which a step changes. */
  INDArray parameters() {
    return network.parameters();
  }

  @Override
  public long parameterCount() {
    return network.parameters().length();
  }

  private RunSpec spec() {
    String yaml =
        """
        name: %s
        data: {source: unused}
        model: {name: unused}
        optimizer: {name: adam, learningRate: %s, weightDecay: 0}
        training: {batchSize: %d}
        fineTuning: %s
        """
            .formatted(
                workload.label(), workload.learningRate(), workload.batchSize(), fineTuning());
    return ConfigReader.parse(yaml, "benchmark", List.of(), RunSpec.class);
  }

  private String fineTuning() {
    return switch (workload) {
      case MINILM_FROZEN ->
          "{freeze: [embeddings.*, encoder.layer.0.*, encoder.layer.1.*, encoder.layer.2.*,"
              + " encoder.layer.3.*]}";
      case MINILM_LORA -> "{lora: {}}"; // the adapters are part of the network
      default -> "{}";
    };
  }
}
