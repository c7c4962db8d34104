package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.kernel.update.JavaUpdateKernels;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
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
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);
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
        new OneDnnKernels(PARALLEL),
        1);
  }

  private static Learner learner(Network network, RunSpec spec) {
    return Learner.of(network, spec, 10, new JavaUpdateKernels(PARALLEL));
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
