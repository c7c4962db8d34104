package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import dev.dl.models.table.Mlp;
import dev.dl.models.text.Bert;
import dev.dl.training.spec.OptimizerKind;
import dev.dl.training.spec.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LearnerTest {
  private static final ImageShape IMAGE = new ImageShape(1, 28, 28);
  private static final Compute COMPUTE = Compute.on(Backend.cpu("test"));
  private static final int BATCH = 8;

  private final Batch batch = batch(1f);

  private static Batch batch(float scale) {
    Random random = new Random(1);
    float[] inputs = new float[BATCH * IMAGE.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = scale * (float) random.nextGaussian();
    }
    return Batch.labelled(
        inputs, random.ints(BATCH, 0, 10).toArray(), IntStream.range(0, BATCH).toArray());
  }

  private static RunSpec spec(String... overrides) {
    String minimal =
        "{name: test, data: {source: idx}, model: {name: lenet5}, training: {batchSize: 8}}";
    return ConfigReader.parse(minimal, "test", List.of(overrides), RunSpec.class);
  }

  private static Network network() {
    return Network.create(
        ModelCatalog.find("lenet5")
            .orElseThrow()
            .architecture()
            .define(new ImageInput(IMAGE), Head.classes(10)),
        new Loss.SoftmaxCrossEntropy(0),
        COMPUTE.kernels(),
        1);
  }

  private static Learner learner(Network network, RunSpec spec) {
    return Learner.of(network, spec, 10, COMPUTE.updates());
  }

  @Test
  void microBatchesWithARaggedLastOneGiveTheUpdateOfTheWholeBatch() {
    Network whole = network();
    Network parts = network();
    RunSpec sgd = spec("optimizer.name=sgd", "optimizer.learningRate=0.1");
    Learner.Update expected = learner(whole, sgd).step(batch, 0);
    RunSpec inThrees =
        spec("optimizer.name=sgd", "optimizer.learningRate=0.1", "training.microBatchSize=3");
    Learner.Update found = learner(parts, inThrees).step(batch, 0);
    assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-6));
    assertThat(found.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-5));
    assertThat(found.accuracy()).isEqualTo(expected.accuracy());
    assertThat(DenseArrays.read(parts.parameters()))
        .containsExactly(DenseArrays.read(whole.parameters()), within(1e-6f));
    assertThat(whole.parameters()).isNotEqualTo(network().parameters());
  }

  @Test
  void aStepThatIsNotFiniteIsNotMade() {
    Network network = network();
    float[] before = DenseArrays.read(network.parameters());
    Learner.Update update = learner(network, spec()).step(batch(Float.NaN), 0);
    assertThat(update.applied()).isFalse();
    assertThat(DenseArrays.read(network.parameters())).containsExactly(before);
  }

  /** Batch normalization has seen the batch by then, and its running statistics with it. */
  @Test
  void aStepThatIsNotFiniteLeavesNoTraceInTheBuffers() {
    Network network = normalized();
    float[] before = DenseArrays.read(network.buffers());
    assertThat(learner(network, spec()).step(batch(Float.NaN), 0).applied()).isFalse();
    assertThat(DenseArrays.read(network.buffers())).containsExactly(before);
  }

  private static Network normalized() {
    return Network.create(
        new Mlp(List.of(8), true, 0).define(new ImageInput(IMAGE), Head.classes(10)),
        new Loss.SoftmaxCrossEntropy(0),
        COMPUTE.kernels(),
        1);
  }

  @Test
  void namesTheFirstLayerAndTheSampleThatIsNotFinite() {
    Batch poisoned = batch(1f);
    float[] filter = network().weights().get("conv1.weight").values();
    for (int i = 0; i < 25; i++) { // so that the products with the first filter add up
      int pixel = (10 + i / 5) * IMAGE.width() + 10 + i % 5;
      poisoned.inputs()[3 * IMAGE.size() + pixel] = Math.copySign(3e38f, filter[i]);
    }
    for (String microBatch : List.of("null", "3")) {
      Network network = network();
      Learner learner = learner(network, spec("training.microBatchSize=" + microBatch));
      float[] weights = DenseArrays.read(network.parameters());
      assertThat(learner.step(poisoned, 7).applied()).isFalse();
      Diagnosis diagnosis = learner.diagnose(poisoned, 7);
      assertThat(diagnosis.place()).isEqualTo("the output of conv1");
      assertThat(diagnosis.samples()).containsExactly(3);
      assertThat(DenseArrays.read(network.parameters())).containsExactly(weights);
    }
  }

  @Test
  void looksForTheInputFirstAndThenForTheWeights() {
    Network network = network();
    Learner learner = learner(network, spec());
    Batch poisoned = batch(1f);
    poisoned.inputs()[2 * IMAGE.size()] = Float.NaN;
    assertThat(learner.step(poisoned, 0).applied()).isFalse();
    assertThat(learner.diagnose(poisoned, 0)).isEqualTo(new Diagnosis("the input", List.of(2)));
    assertThat(learner.isFinite()).isTrue();

    network.parameters().putScalar(0, Float.POSITIVE_INFINITY);
    assertThat(learner.step(batch, 0).applied()).isFalse();
    assertThat(learner.diagnose(batch, 0)).isEqualTo(new Diagnosis("the weights", List.of()));
    assertThat(learner.isFinite()).isFalse();
  }

  /**
   * Where the loss weighs a class by 3e38, gradients overflow on the way back from large values.
   */
  @Test
  void findsGradientsToo() {
    Network network =
        Network.create(
            new Mlp(List.of(8), 0).define(new ImageInput(IMAGE), Head.classes(2)),
            new Loss.SoftmaxCrossEntropy(0, List.of(1.0, 3e38)),
            COMPUTE.kernels(),
            1);
    Learner learner = learner(network, spec());
    float[] inputs = batch(100f).inputs();
    float[] logits = network.logits(inputs, BATCH);
    int wrong = 0; // the sample that is most surely of the other class
    for (int i = 1; i < BATCH; i++) {
      boolean surer = logits[2 * i] - logits[2 * i + 1] > logits[2 * wrong] - logits[2 * wrong + 1];
      wrong = surer ? i : wrong;
    }
    int[] labels = new int[BATCH];
    labels[wrong] = 1;
    Batch weighted = Batch.labelled(inputs, labels, batch.samples());
    assertThat(learner.step(weighted, 0).applied()).isFalse();
    Diagnosis diagnosis = learner.diagnose(weighted, 0);
    assertThat(diagnosis.place()).startsWith("the gradient of ");
    assertThat(diagnosis.samples()).containsExactly(wrong);
  }

  @Test
  void tokensWeighTheSameInWhateverMicroBatchTheyAre() {
    int length = 16;
    Random random = new Random(3);
    float[] ids = new float[BATCH * length];
    float[] tags = new float[BATCH * length];
    for (int i = 0; i < ids.length; i++) {
      boolean filled = i % length < 2 * (1 + i / length);
      ids[i] = filled ? 1 + random.nextInt(9) : 0;
      tags[i] = filled ? random.nextInt(3) : -1;
    }
    Batch texts = new Batch(ids, tags, batch.samples());
    float[][] updated = new float[2][];
    for (int i = 0; i < 2; i++) {
      Network network =
          Network.create(
              new Bert(1, 8, 2, 12, 40, 0.2, Bert.Form.MEAN)
                  .define(new TextInput(length, 10), Head.tags(3)),
              new Loss.SoftmaxCrossEntropy(0),
              COMPUTE.kernels(),
              1);
      Learner learner =
          learner(
              network,
              spec(
                  "optimizer={name: sgd, learningRate: 1, weightDecay: 0}",
                  "training.microBatchSize=" + (i == 0 ? 8 : 3)));
      learner.step(texts, 0);
      updated[i] = DenseArrays.read(network.parameters());
    }
    assertThat(updated[1]).containsExactly(updated[0], within(2e-6f));
  }

  @Test
  void clippingLimitsTheChangeOfTheParameters() {
    Network network = network();
    float[] before = DenseArrays.read(network.parameters());
    RunSpec clipped =
        spec(
            "optimizer={name: sgd, learningRate: 1, momentum: 0, weightDecay: 0}",
            "training.maximumGradientNorm=0.01");
    Learner.Update update = learner(network, clipped).step(batch, 0);
    float[] after = DenseArrays.read(network.parameters());
    double squares = 0;
    for (int i = 0; i < after.length; i++) {
      squares += Math.pow((double) after[i] - before[i], 2);
    }
    assertThat(update.gradientNorm()).as("as measured, before clipping").isGreaterThan(0.01);
    assertThat(Math.sqrt(squares)).isCloseTo(0.01, within(1e-5));
  }

  @Test
  void inferenceSeesTheAveragesAndTrainingGoesOnWithTheWeights() {
    Network network = network();
    Learner learner = learner(network, spec("training.emaDecay=0.9"));
    learner.step(batch, 0);
    learner.step(batch, 1);
    float[] trained = DenseArrays.read(network.parameters());
    float[] seen = learner.withInferenceWeights(() -> DenseArrays.read(network.parameters()));
    assertThat(seen).isNotEqualTo(trained);
    assertThat(DenseArrays.read(network.parameters())).containsExactly(trained);
    assertThat(
            Learner.inferenceWeights(learner.weights(), learner.optimizerState())
                .get("conv1.bias")
                .values())
        .containsExactly(Arrays.copyOfRange(seen, offset(network), offset(network) + 6));
  }

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void frozenParametersKeepTheirBits(OptimizerKind kind) {
    Network network = network();
    float[] before = DenseArrays.read(network.parameters());
    String name = kind.name().toLowerCase(Locale.ROOT);
    Learner learner =
        learner(
            network,
            spec(
                "optimizer={name: %s, weightDecay: 0.5}".formatted(name),
                "fineTuning.freeze=[conv*]"));
    learner.step(batch, 0);
    learner.step(batch, 1);
    float[] after = DenseArrays.read(network.parameters());
    for (NamedRange range : network.parameterRanges()) {
      int start = (int) range.offset();
      int end = (int) (range.offset() + range.length());
      boolean unchanged = Arrays.equals(before, start, end, after, start, end);
      assertThat(unchanged).as(range.name()).isEqualTo(range.name().startsWith("conv"));
    }
  }

  @Test
  void nothingIsKeptForWhatIsFrozen() {
    Learner learner = learner(network(), spec("fineTuning.freeze=[conv*]"));
    learner.step(batch, 0);
    assertThat(learner.optimizerState().keySet())
        .contains("firstMoment.fc1.weight")
        .noneMatch(name -> name.contains("conv"));
    assertThat(learner.weights()).containsKey("conv1.weight");
  }

  /** Ten steps are an epoch: fc3 is trained from the start, fc2 after 2 steps, fc1 after 4. */
  @Test
  void blocksBeginOneAfterTheOtherFromTheHeadDown() {
    Network network = network();
    Learner learner = learner(network, spec("fineTuning.unfreezeEpochs=0.2"));
    List<String> begun = new ArrayList<>();
    for (int step = 0; step < 9; step++) {
      float[] before = DenseArrays.read(network.parameters());
      learner.step(batch, step);
      float[] after = DenseArrays.read(network.parameters());
      for (NamedRange range : network.parameterRanges()) {
        int start = (int) range.offset();
        int end = (int) (range.offset() + range.length());
        boolean changed = !Arrays.equals(before, start, end, after, start, end);
        String started = step + " " + range.name().replaceAll("\\..*", "");
        if (changed && begun.stream().noneMatch(s -> s.endsWith(started.substring(2)))) {
          begun.add(started);
        }
      }
    }
    assertThat(begun).containsExactly("0 fc3", "2 fc2", "4 fc1", "6 conv2", "8 conv1");
  }

  @Test
  void goesOnToTheSameBitsWhereverItIsTakenUpWhileBlocksBegin() {
    RunSpec spec = spec("fineTuning={unfreezeEpochs: 0.2, layerDecay: 0.5, freeze: [conv1.bias]}");
    Network unbroken = network();
    Learner expected = learner(unbroken, spec);
    for (int step = 0; step < 10; step++) {
      Network network = network();
      Learner resumed = learner(network, spec);
      resumed.restore(expected.weights(), expected.optimizerState(), step);
      resumed.step(batch, step);
      expected.step(batch, step);
      assertThat(DenseArrays.read(network.parameters()))
          .as("step %d", step)
          .containsExactly(DenseArrays.read(unbroken.parameters()));
    }
  }

  private static int offset(Network network) {
    return (int)
        network.parameterRanges().stream()
            .filter(range -> range.name().equals("conv1.bias"))
            .findFirst()
            .orElseThrow()
            .offset();
  }
}
