package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.data.Split;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.kernel.update.Nd4jUpdateKernels;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.network.Network;
import dev.dl.models.vision.ConvNet;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The first epoch of the quickstart by ND4J's operations, which a GPU runs, beside the CPU's
 * kernels. The loss of a single batch drifts apart by rounding, as it does between two numbers of
 * threads (docs/GPU.md); the mean of the epoch so far is what the terminal shows.
 */
@Tag("slow")
final class FirstEpochTest {
  private static final int FIRST_STEPS = 3;

  @Test
  void isTheSameCurveOnBothKernels() throws IOException {
    RunSpec spec =
        ConfigReader.parse(
            Files.readString(Path.of("../configs/quickstart.yaml")),
            "quickstart",
            List.of(),
            RunSpec.class);
    DataSplits data = DataSplits.open(spec.data(), Path.of(""));
    Batches batches = new Batches(data.samples().get(Split.TRAIN), spec.training().batchSize());
    Parallel parallel = Parallel.onOpenMp(2);
    Learner onCpu =
        learner(spec, batches, new OneDnnKernels(parallel), UpdateKernels.onHost(parallel));
    Learner byNd4j =
        learner(spec, batches, new Nd4jKernels(DataType.FLOAT), new Nd4jUpdateKernels());
    double sum = 0;
    double sumByNd4j = 0;
    try (Prefetcher epoch = batches.shuffled(spec.seed(), 1, 0)) {
      for (int step = 0; step < batches.count(); step++) {
        Batch batch = epoch.next();
        double loss = onCpu.step(batch, step).loss();
        double lossByNd4j = byNd4j.step(batch, step).loss();
        if (step < FIRST_STEPS) {
          assertThat(lossByNd4j).isCloseTo(loss, within(1e-6));
        }
        sum += loss;
        sumByNd4j += lossByNd4j;
        assertThat(sumByNd4j / (step + 1))
            .as("mean after %d steps", step + 1)
            .isCloseTo(sum / (step + 1), within(1e-3));
      }
    }
    assertThat(sum / batches.count()).as("it learns").isLessThan(1.7);
  }

  private static Learner learner(
      RunSpec spec, Batches batches, Kernels kernels, UpdateKernels updates) {
    Head head = Head.classes(10);
    Graph graph = ConvNet.SMALL.define(ImageInput.of(1, 28, 28), head);
    Network network = Network.create(graph, head.loss(0), kernels, spec.seed());
    return Learner.of(network, spec, batches.count(), updates);
  }
}
