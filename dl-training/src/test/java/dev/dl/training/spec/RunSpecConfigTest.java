package dev.dl.training.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.config.ConfigWriter;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSpecConfigTest {
  private static final String REQUIRED =
      "name: quickstart\ndata: {source: fashion-mnist-10k}\nmodel: {name: lenet5}\n";

  /** Settings with several allowed values each, so that random specs can be put together. */
  private static final List<List<String>> CHOICES =
      List.of(
          List.of("seed=0", "seed=9223372036854775807"),
          List.of("backend=cpu", "backend=cuda", "backend=cuda:1"),
          List.of(
              "model={layers: [{conv: 8}, relu, {residual: [{dense: 3}]}, {dropout: 0.25}]}",
              "model={layers: []}"),
          List.of("data.path=null", "data.path=/a b/\u00e4", "data.path='5'", "data.path='null'"),
          List.of("data.validationFraction=0", "data.validationFraction=0.2"),
          List.of("data.image.size=32", "data.image.size=null"),
          List.of("data.augmentation={randomCropPadding: 4, horizontalFlip: true}"),
          List.of(
              "optimizer.name=sgd",
              "optimizer.name=adam",
              "optimizer.name=adamw",
              "optimizer.name=lion"),
          List.of("optimizer.learningRate=0.1", "optimizer.learningRate=3e-7"),
          List.of("schedule.name=one-cycle", "schedule.name=cosine", "schedule.name=step"),
          List.of("schedule.warmupEpochs=0.5", "schedule.warmupEpochs=2"),
          List.of("training.maximumDuration=1h30m", "training.maximumDuration=90s"),
          List.of("training.loss={name: focal, classWeights: balanced}", "training.loss={}"),
          List.of("training.loss.classWeights=[1, 0.5]", "training.loss.labelSmoothing=0.1"),
          List.of("fineTuning.freeze=['embeddings.*']", "fineTuning.layerDecay=0.85"),
          List.of("fineTuning.rates=[{parameters: '*.bias', factor: 2}]", "fineTuning={}"),
          List.of("fineTuning.lora={rank: 4, targets: ['*.query.weight']}", "fineTuning.lora={}"),
          List.of("fineTuning.unfreezeEpochs=0.5", "fineTuning.unfreezeEpochs=null"),
          List.of(
              "training.onNonFinite=skip", "training.onNonFinite={action: rollback, atMost: 9}"),
          List.of("training.preflight=false"),
          List.of("training.emaDecay=0.999", "training.emaDecay=null"),
          List.of("training.checkpoint={everySteps: 100, keep: 5}", "training.checkpoint={}"),
          List.of("training.earlyStopping={}", "training.earlyStopping={mode: min, patience: 3}"));

  @Test
  void readsBackEverySpecItWrites() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<String> overrides =
          CHOICES.stream()
              .filter(choice -> random.nextBoolean())
              .map(choice -> choice.get(random.nextInt(choice.size())))
              .toList();
      RunSpec spec = ConfigReader.parse(REQUIRED, "test", overrides, RunSpec.class);

      RunSpec readBack =
          ConfigReader.parse(ConfigWriter.yaml(spec), "written", List.of(), RunSpec.class);

      assertThat(readBack).as("%s", overrides).isEqualTo(spec);
    }
  }

  @Test
  void everyChoiceOfTheRandomSpecsIsAllowed() {
    List<String> all = CHOICES.stream().flatMap(List::stream).toList();
    assertThat(all).hasSizeGreaterThan(25);
    IntStream.range(0, all.size())
        .forEach(i -> ConfigReader.parse(REQUIRED, "test", List.of(all.get(i)), RunSpec.class));
  }

  @Test
  void theSecondBetaFollowsTheOptimizerUnlessItIsGiven() {
    assertThat(optimizer("optimizer.name=adamw").beta2()).isEqualTo(0.999);
    assertThat(optimizer("optimizer.name=lion").beta2()).isEqualTo(0.99);
    assertThat(optimizer("optimizer={name: lion, beta2: 0.98}").beta2()).isEqualTo(0.98);
  }

  @Test
  void aModelHasANameOrLayers() {
    for (String model : List.of("{}", "{name: mlp, layers: [relu]}")) {
      ConfigException problems =
          catchThrowableOfType(
              ConfigException.class,
              () -> ConfigReader.parse(REQUIRED, "test", List.of("model=" + model), RunSpec.class));
      assertThat(problems)
          .hasMessageStartingWith("model: got ")
          .hasMessageContaining("one of them");
    }
  }

  private static OptimizerSpec optimizer(String override) {
    return ConfigReader.parse(REQUIRED, "test", List.of(override), RunSpec.class).optimizer();
  }

  @Test
  void saysWhereLabelSmoothingIs() {
    ConfigException problem =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigReader.parse(
                    REQUIRED, "test", List.of("training.labelSmoothing=0.1"), RunSpec.class));

    assertThat(problem)
        .hasMessageContaining("training.labelSmoothing: got an unknown key")
        .hasMessageContaining("did you mean training.loss.labelSmoothing?");
  }

  @Test
  void reportsAMisplacedKeyAndAValueOutOfRangeTogether() {
    ConfigException problems =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigReader.parse(
                    REQUIRED,
                    "test",
                    List.of("training.optimzer=x", "training.epochs=-1"),
                    RunSpec.class));

    assertThat(problems.problems()).hasSize(2);
    assertThat(problems)
        .hasMessageContaining("training.optimzer: got an unknown key")
        .hasMessageContaining("did you mean optimizer?")
        .hasMessageContaining("training.epochs: got -1, expected a whole number of at least 1");
  }
}
