package dev.dl.benchmarks;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.RunSpec;
import java.util.List;

/** Our engine: whole steps of the training loop's learner, clipping and schedule included. */
final class DlEngine implements Engine {
  private static final int STEPS_PER_EPOCH = 1_000;

  private Network network;
  private Learner learner;
  private List<Batch> batches;
  private int next;

  @Override
  public void prepare(Workload workload) {
    Graph graph =
        switch (workload) {
          case CNN28 -> cnn28(workload);
        };
    Compute compute = Compute.on(new Backend("cpu", "measured"));
    network = Network.create(graph, 0, compute.kernels(), 1);
    learner = Learner.of(network, spec(workload), STEPS_PER_EPOCH, compute.updates());
    batches = workload.batches();
  }

  @Override
  public void step() {
    learner.step(batches.get(next % batches.size()), next);
    next++;
  }

  @Override
  public long parameterCount() {
    return network.parameters().length();
  }

  private static Graph cnn28(Workload workload) {
    return Graph.of(
        Node.input(Shape.of(workload.image()))
            .then("conv1", Convolution.same(32, 3))
            .then("conv2", Convolution.same(64, 3))
            .then("pool1", Pooling.maximum(2))
            .then("conv3", Convolution.same(64, 3))
            .then("pool2", Pooling.maximum(2))
            .then("flatten", new Flatten())
            .then("fc1", new Dense(128, Activation.RELU))
            .then("fc2", Dense.linear(workload.classes())));
  }

  private static RunSpec spec(Workload workload) {
    String yaml =
        """
        name: %s
        data: {source: unused}
        model: {name: unused}
        optimizer: {name: adam, learningRate: %s, weightDecay: 0}
        training: {batchSize: %d}
        """
            .formatted(workload.label(), workload.learningRate(), workload.batchSize());
    return ConfigReader.parse(yaml, "benchmark", List.of(), RunSpec.class);
  }
}
