package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.backend.WorkerFailedException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.Memory;
import dev.dl.models.layer.Operation;
import dev.dl.models.layer.OperationContext;
import dev.dl.models.layer.Shape;
import dev.dl.models.network.Network;
import dev.dl.models.text.Bert;
import dev.dl.training.optimizer.FineTuning;
import dev.dl.training.optimizer.Schedule;
import dev.dl.training.spec.RunSpec;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Workers on the CPU stand for GPUs: what they share is the same. */
final class ReplicasTest {
  private static final Compute FOUR = compute(4);
  private static final Compute TWO = compute(2);
  private static final Compute ONE = compute(1); // the last, so that this thread has its team again
  private static final int LENGTH = 16;
  private static final Graph TEXTS =
      new Bert(1, 8, 2, 12, 40, 0.2, Bert.Form.MEAN)
          .define(new TextInput(LENGTH, 10), Head.tags(3));

  private static Compute compute(int workers) {
    return Compute.forTraining(Backend.cpu("test", workers), ConvolutionRule.CURRENT);
  }

  private static RunSpec spec(String... overrides) {
    String minimal =
        "{name: test, data: {source: idx}, model: {name: lenet5}, training: {batchSize: 8}, "
            + "optimizer: {name: sgd, learningRate: 1, weightDecay: 0}}";
    return ConfigReader.parse(minimal, "test", List.of(overrides), RunSpec.class);
  }

  private static Network network(Graph graph) {
    return Network.create(graph, new Loss.SoftmaxCrossEntropy(0), ONE.kernels(), 1);
  }

  private static Learner learner(Network network, RunSpec spec, Compute compute) {
    return Learner.of(
        network,
        Batch::targets,
        FineTuning.of(spec.fineTuning(), network.graph(), 10),
        spec,
        Schedule.of(spec, 10),
        compute);
  }

  /** Texts of different lengths, each token of which has a target. */
  private static Batch texts(int size) {
    Random random = new Random(3);
    float[] ids = new float[size * LENGTH];
    float[] tags = new float[size * LENGTH];
    for (int i = 0; i < ids.length; i++) {
      boolean filled = i % LENGTH < 2 * (1 + i / LENGTH);
      ids[i] = filled ? 1 + random.nextInt(9) : 0;
      tags[i] = filled ? random.nextInt(3) : -1;
    }
    return new Batch(ids, tags, IntStream.range(0, size).toArray());
  }

  private static Batch rows(int size) {
    Random random = new Random(5);
    float[] values = new float[size * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Batch.labelled(
        values, random.ints(size, 0, 3).toArray(), IntStream.range(0, size).toArray());
  }

  private static Graph dense(Layer... before) {
    Node node = Node.input(Shape.of(2));
    for (Layer layer : before) {
      node = node.then("before", layer);
    }
    return Graph.of(node.then("fc", Dense.linear(3)));
  }

  /** With dropout: what it drops of a sample does not depend on the device. */
  @ParameterizedTest
  @CsvSource({"2, 8, 8", "2, 5, 8", "2, 8, 3", "2, 1, 8", "4, 8, 8", "4, 7, 1", "4, 2, 8"})
  void sharesOfABatchGiveTheUpdateOfTheWholeBatch(int workers, int size, int atOnce) {
    Network whole = network(TEXTS);
    Network shared = network(TEXTS);
    RunSpec spec = spec("training.microBatchSize=" + atOnce);
    Learner expected = learner(whole, spec(), ONE);
    Learner found = learner(shared, spec, workers == 2 ? TWO : FOUR);
    for (int step = 0; step < 2; step++) {
      Learner.Update all = expected.step(texts(size), step);
      Learner.Update parts = found.step(texts(size), step);
      assertThat(parts.loss()).isCloseTo(all.loss(), within(1e-6));
      assertThat(parts.accuracy()).isEqualTo(all.accuracy());
      assertThat(parts.gradientNorm()).isCloseTo(all.gradientNorm(), within(1e-5));
    }
    assertThat(DenseArrays.read(shared.parameters()))
        .containsExactly(DenseArrays.read(whole.parameters()), within(4e-6f));
    assertThat(whole.parameters()).isNotEqualTo(network(TEXTS).parameters());
  }

  @Test
  void itDoesNotMatterWhichDeviceIsFaster() {
    float[][] weights = new float[3][];
    for (int late = 0; late < 3; late++) {
      Network network = network(TEXTS);
      Learner learner = learner(network, spec(), FOUR);
      for (int step = 0; step < 3; step++) {
        if (late > 0) {
          FOUR.workers().get((late + step) % 3).submit(() -> sleep(100));
        }
        learner.step(texts(7), step);
      }
      weights[late] = DenseArrays.read(network.parameters());
    }
    assertThat(weights[1]).containsExactly(weights[0]);
    assertThat(weights[2]).containsExactly(weights[0]);
  }

  private static Object sleep(long milliseconds) throws InterruptedException {
    Thread.sleep(milliseconds);
    return null;
  }

  @Test
  void statisticsOfBatchesAreTheMeanOfTheDevices() {
    Graph graph = dense(new BatchNormalization(Activation.NONE));
    Network whole = network(graph);
    Network shared = network(graph);
    learner(whole, spec(), ONE).step(rows(8), 0);
    learner(shared, spec(), TWO).step(rows(8), 0);
    assertThat(shared.weights().get("before.running_mean").values())
        .containsExactly(whole.weights().get("before.running_mean").values(), within(1e-6f));
    assertThat(shared.weights().get("before.running_var").values())
        .isNotEqualTo(network(graph).weights().get("before.running_var").values());
  }

  @Test
  void whatIsFrozenIsSoOnEveryDevice() {
    Network whole = network(TEXTS);
    Network shared = network(TEXTS);
    RunSpec spec = spec("fineTuning.freeze=[embeddings*]");
    learner(whole, spec, ONE).step(texts(8), 0);
    learner(shared, spec, TWO).step(texts(8), 0);
    assertThat(DenseArrays.read(shared.gradients()))
        .containsExactly(DenseArrays.read(whole.gradients()), within(2e-5f));
  }

  @Test
  void aTeacherIsAskedOnTheCallingThreadAlone() {
    RunSpec spec = spec("training.microBatchSize=2");
    Network shared = network(TEXTS);
    Network whole = network(TEXTS);
    taught(shared, spec, TWO).step(texts(7), 0);
    taught(whole, spec, ONE).step(texts(7), 0);
    assertThat(DenseArrays.read(shared.parameters()))
        .containsExactly(DenseArrays.read(whole.parameters()), within(4e-6f));
  }

  /** With other targets than those of the data. */
  private static Learner taught(Network network, RunSpec spec, Compute compute) {
    Thread here = Thread.currentThread();
    Function<Batch, float[]> teacher =
        batch -> {
          assertThat(Thread.currentThread()).isSameAs(here);
          assertThat(batch.size()).isLessThanOrEqualTo(2);
          float[] targets = batch.targets().clone();
          for (int i = 0; i < targets.length; i++) {
            targets[i] = targets[i] < 0 ? -1 : (targets[i] + 1) % 3;
          }
          return targets;
        };
    return Learner.of(
        network,
        teacher,
        FineTuning.of(spec.fineTuning(), network.graph(), 10),
        spec,
        Schedule.of(spec, 10),
        compute);
  }

  @Test
  void saysWhatSeesFewerSamplesTogether() {
    Network normalized = network(dense(new BatchNormalization(Activation.NONE)));
    Network contrastive = Network.create(dense(), new Loss.Contrastive(20), ONE.kernels(), 1);
    assertThat(Learner.noticeOfAccumulation(spec().training(), normalized, 2).orElseThrow())
        .startsWith("batch normalization sees 4 samples at once, not the 8 of a batch");
    assertThat(Learner.noticeOfAccumulation(spec().training(), contrastive, 3).orElseThrow())
        .startsWith("the contrastive loss sees 3 samples at once, not the 8 of a batch");
    assertThat(Learner.noticeOfAccumulation(spec().training(), normalized, 1)).isEmpty();
    assertThat(Learner.noticeOfAccumulation(spec().training(), network(TEXTS), 2)).isEmpty();
  }

  /** Hands its input on, and does something about it on the threads of workers. */
  private record OnWorkers(IntConsumer samples) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public Operation operation(OperationContext context) {
      return new Operation() {
        @Override
        public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
          if (Thread.currentThread().getName().startsWith("worker-")) {
            samples.accept((int) inputs[0].size(0));
          }
          INDArray output = memory.activation(inputs[0].shape());
          output.assign(inputs[0]);
          return output;
        }

        @Override
        public INDArray[] backward(INDArray outputGradient, Memory memory) {
          return new INDArray[] {null};
        }
      };
    }
  }

  @Test
  void aDeviceThatFailsEndsTheStepAndChangesNoWeight() {
    OnWorkers failing =
        new OnWorkers(
            samples -> {
              throw new IllegalStateException("the device is gone");
            });
    Network network = network(dense(failing));
    float[] before = DenseArrays.read(network.parameters());
    Learner learner = learner(network, spec(), TWO);
    assertThatThrownBy(() -> learner.step(rows(8), 0))
        .isInstanceOf(WorkerFailedException.class)
        .hasMessageStartingWith(
            "worker cpu:1 failed: java.lang.IllegalStateException: the device is gone; ")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(DenseArrays.read(network.parameters())).containsExactly(before);
  }

  @Test
  void aDeviceWithTooLittleMemoryHasAllTakeSmallerParts() {
    OnWorkers small =
        new OnWorkers(
            samples -> {
              if (samples > 2) {
                throw new OutOfMemoryError("Cannot allocate new FloatPointer");
              }
            });
    Network network = network(dense(small));
    Network whole = network(dense(new OnWorkers(samples -> {})));
    Learner learner = learner(network, spec(), TWO);
    learner.step(rows(7), 0);
    learner(whole, spec(), ONE).step(rows(7), 0);
    assertThat(learner.microBatchSize()).isEqualTo(2);
    assertThat(DenseArrays.read(network.parameters()))
        .containsExactly(DenseArrays.read(whole.parameters()), within(1e-6f));
  }
}
