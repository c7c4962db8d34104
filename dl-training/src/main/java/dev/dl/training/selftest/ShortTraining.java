package dev.dl.training.selftest;

import dev.dl.core.backend.Compute;
import dev.dl.core.backend.Machine;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.data.Split;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.network.Network;
import dev.dl.models.vision.ConvNet;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first steps of a training on the pictures that come with dl. Not by Adam, which makes steps
 * of the usual size out of gradients that are nothing but rounding.
 */
final class ShortTraining {
  private static final int STEPS = 40;
  private static final int WARM_STEPS = 10;
  private static final String SPEC =
      """
      name: self-test
      data: {source: fashion-mnist-10k}
      model: {name: convnet}
      optimizer: {name: sgd, learningRate: 0.02}
      schedule: {name: constant}
      training: {epochs: 1, batchSize: 64}
      """;

  private final float[] losses = new float[STEPS];
  private long warmMebibytes;

  private ShortTraining() {}

  static ShortTraining run(Compute compute) throws IOException {
    RunSpec spec = ConfigReader.parse(SPEC, "self-test", List.of(), RunSpec.class);
    DataSplits data = DataSplits.open(spec.data(), Path.of(""));
    Batches batches = new Batches(data.samples().get(Split.TRAIN), spec.training().batchSize());
    Head head = Head.classes(data.preprocessing().classNames().size());
    Graph graph = ConvNet.SMALL.define(ImageInput.of(1, 28, 28), head);
    Network network = Network.create(graph, head.loss(0), compute.kernels(), spec.seed());
    Learner learner = Learner.of(network, spec, batches.count(), compute.updates());
    ShortTraining training = new ShortTraining();
    try (Prefetcher epoch = batches.shuffled(spec.seed(), 1, 0)) {
      for (int step = 0; step < STEPS; step++) {
        Batch batch = epoch.next();
        training.losses[step] = (float) learner.step(batch, step).loss();
        if (step == WARM_STEPS) {
          training.warmMebibytes = Machine.residentMebibytes();
        }
      }
    }
    return training;
  }

  /** Step by step. */
  Tensor losses() {
    return new Tensor(List.of((long) STEPS), losses);
  }

  List<Float> lossList() {
    List<Float> list = new ArrayList<>();
    for (float loss : losses) {
      list.add(loss);
    }
    return list;
  }

  long warmMebibytes() {
    return warmMebibytes;
  }
}
