package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.Samples;
import dev.dl.core.kernel.Loss;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Shape;
import dev.dl.models.network.Network;
import dev.dl.training.checkpoint.Remedies;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.checkpoint.TrainingState.Origin;
import dev.dl.training.checkpoint.TrainingState.Position;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrainerTest {
  private static final Compute COMPUTE = Compute.on(Backend.cpu("test"));
  private static final String CONFIG =
      """
      name: test
      data: {source: idx}
      model: {layers: [{dense: 3}]}
      schedule: {name: plateau, factor: 0.5, patience: 2}
      training: {epochs: 6, batchSize: 4, checkpoint: {everySteps: 2}}
      """;

  private RunSpec spec = ConfigReader.parse(CONFIG, "test", List.of(), RunSpec.class);
  private final Batches batches = new Batches(new Zeros(12), 4);
  private final List<StepResult> steps = new ArrayList<>();
  private final List<TrainingState> saved = new ArrayList<>();

  /** Samples of two classes that say nothing of them. */
  private record Zeros(int size) implements Samples {
    @Override
    public float[] target(int sample) {
      return new float[] {sample % 2};
    }

    @Override
    public int[][] shuffled(long seed, int epoch, int batchSize) {
      return IntStream.range(0, size / batchSize)
          .mapToObj(batch -> IntStream.range(batch * batchSize, (batch + 1) * batchSize).toArray())
          .toArray(int[][]::new);
    }

    @Override
    public Batch batch(int[] samples) {
      int[] labels = Arrays.stream(samples).map(sample -> sample % 2).toArray();
      return Batch.labelled(new float[samples.length * 2], labels, samples);
    }

    @Override
    public byte[] digest(int sample) {
      return new byte[0];
    }

    @Override
    public String name(int sample) {
      return "train " + sample;
    }
  }

  /** Validation that says these accuracies, one an epoch. */
  private record Said(Iterator<Double> accuracies) implements Trainer.Validation {
    @Override
    public Map<String, Double> metrics() {
      return Map.of("validation.accuracy", accuracies.next());
    }

    @Override
    public Optional<String> writing() {
      return Optional.empty();
    }
  }

  @Test
  void aSaveThatFailedEndsTheRunBeforeItsNextStep() {
    Trainer trainer =
        trainer(
            List.of(0.1),
            () -> {
              if (saved.size() == 1) { // of step 2
                throw new IOException("the disk is full");
              }
            });

    assertThatThrownBy(() -> trainer.run(fresh(), List.of(recording())))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(steps).hasSize(2);
    assertThat(trainer.state().step()).isEqualTo(2);
  }

  @Test
  void theRateFallsAtPlateausAndARunThatGoesOnFindsItAgain() throws Exception {
    List<Double> accuracies = List.of(0.5, 0.4, 0.4, 0.6, 0.6, 0.6);
    trainer(accuracies, () -> {}).run(fresh(), List.of(recording()));
    List<StepResult> unbroken = List.copyOf(steps);

    assertThat(unbroken.stream().filter(step -> step.stepInEpoch() == 1))
        .extracting(StepResult::learningRate)
        .containsExactly(0.001, 0.001, 0.001, 0.0005, 0.0005, 0.0005);
    assertThat(saved.get(saved.size() - 1).plateaus()).isEqualTo(2);

    for (TrainingState state : List.copyOf(saved)) {
      steps.clear();
      int epoch = state.position().epoch();
      List<Double> left = accuracies.subList(Math.min(epoch - 1, 6), 6);
      trainer(left, () -> {}).run(state, List.of(recording()));
      assertThat(steps)
          .extracting(StepResult::learningRate)
          .containsExactlyElementsOf(
              unbroken.stream()
                  .filter(step -> step.step() > state.step())
                  .map(StepResult::learningRate)
                  .toList());
    }
  }

  /** Epochs of three steps, the third of them broken off; its evaluation is still made. */
  @Test
  void endsAfterTheMostStepsAndARunThatGoesOnEndsThereToo() throws Exception {
    spec =
        ConfigReader.parse(
            CONFIG,
            "test",
            List.of("training.maximumSteps=7", "schedule={name: cosine}"),
            RunSpec.class);
    List<Double> accuracies = List.of(0.5, 0.6, 0.7);
    Trainer unbroken = trainer(accuracies, () -> {});
    StopReason reason = unbroken.run(fresh(), List.of(recording()));
    List<StepResult> all = List.copyOf(steps);

    assertThat(reason).isEqualTo(StopReason.COMPLETED);
    assertThat(all).extracting(StepResult::step).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(all.get(6).learningRate())
        .as("half a cosine over 7 steps")
        .isCloseTo(0.001 * (1 + Math.cos(Math.PI * 6 / 7)) / 2, within(1e-12));
    assertThat(unbroken.state().best().metrics()).containsEntry("validation.accuracy", 0.7);
    assertThat(saved.get(saved.size() - 1).position()).isEqualTo(new Position(7, 4, 0));

    List<TrainingState> states = new ArrayList<>(saved);
    states.add(beforeTheLastEvaluation(saved.get(saved.size() - 2)));
    for (TrainingState state : states) {
      steps.clear();
      List<Double> left = accuracies.subList(state.position().epoch() - 1, 3);
      Trainer resumed = trainer(left, () -> {});
      assertThat(resumed.run(state, List.of(recording()))).isEqualTo(StopReason.COMPLETED);
      assertThat(steps).hasSize((int) (7 - state.step()));
      assertThat(resumed.state().best().step()).isEqualTo(7);
    }
  }

  /** What a saver is asked for before each step. */
  @FunctionalInterface
  private interface Checked {
    void check() throws IOException;
  }

  private Trainer trainer(List<Double> accuracies, Checked checked) {
    Graph graph = Graph.of(Node.input(Shape.of(2)).then("fc", Dense.linear(2)));
    Network network = Network.create(graph, new Loss.SoftmaxCrossEntropy(0), COMPUTE.kernels(), 1);
    Learner learner = Learner.of(network, spec, batches.count(), COMPUTE.updates());
    Selection selection = Selection.of(null, spec.schedule(), "validation.accuracy", Mode.MAX);
    Trainer.Saver saver =
        new Trainer.Saver() {
          @Override
          public void save(TrainingState state, boolean best) {
            saved.add(state);
          }

          @Override
          public void check() throws IOException {
            checked.check();
          }

          @Override
          public TrainingState restore() {
            return saved.get(saved.size() - 1);
          }
        };
    return new Trainer(
        learner,
        batches,
        new Said(accuracies.iterator()),
        selection,
        saver,
        spec.training(),
        spec.seed());
  }

  private Callback recording() {
    return new Callback() {
      @Override
      public Optional<StopReason> afterStep(StepResult result) {
        steps.add(result);
        return Optional.empty();
      }
    };
  }

  private static TrainingState beforeTheLastEvaluation(TrainingState state) {
    return new TrainingState(
        new Position(7, 3, 1),
        state.best(),
        state.badEpochs(),
        state.plateaus(),
        state.metrics(),
        Map.of(),
        0,
        state.origin(),
        state.remedies());
  }

  private static TrainingState fresh() {
    return new TrainingState(
        new Position(0, 1, 0),
        null,
        0,
        0,
        Map.of(),
        Map.of(),
        0,
        new Origin("a", "b"),
        Remedies.NONE);
  }
}
