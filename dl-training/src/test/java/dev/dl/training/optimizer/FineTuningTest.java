package dev.dl.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.models.ModelCatalog;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.graph.Graph;
import dev.dl.training.spec.FineTuningSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of BERT with two blocks, and ten steps an epoch. */
final class FineTuningTest {
  private static final Graph BERT = ModelCatalog.find("bert-tiny").orElseThrow().graph();

  private static FineTuning tuning(String spec) {
    return FineTuning.of(
        ConfigReader.parse(spec, "test", List.of(), FineTuningSpec.class), BERT, 10);
  }

  /** BEiT's scale: decay to the power of (blocks + 1 - number). */
  @ParameterizedTest
  @CsvSource({
    "classifier.weight, 1",
    "pooler.dense.bias, 1",
    "encoder.layer.1.attention.self.query.weight, 0.8",
    "encoder.layer.0.output.LayerNorm.weight, 0.64",
    "embeddings.word_embeddings.weight, 0.512",
    "embeddings.LayerNorm.bias, 0.512",
  })
  void ratesFallFromTheHeadToTheEmbeddings(String name, double rate) {
    assertThat(tuning("layerDecay: 0.8").pace(name).rate()).isCloseTo(rate, within(1e-12));
    assertThat(tuning("{}").pace(name)).isEqualTo(Pace.FULL);
  }

  @Test
  void ratesByPatternMultiplyThoseOfTheBlocks() {
    FineTuning tuning =
        tuning(
            "{layerDecay: 0.5, rates: [{parameters: '*.bias', factor: 3},"
                + " {parameters: classifier.*, factor: 10}]}");
    assertThat(tuning.pace("classifier.bias").rate()).isEqualTo(30);
    assertThat(tuning.pace("classifier.weight").rate()).isEqualTo(10);
    assertThat(tuning.pace("encoder.layer.1.output.dense.bias").rate()).isEqualTo(1.5);
    assertThat(tuning.pace("encoder.layer.1.output.dense.weight").rate()).isEqualTo(0.5);
  }

  @Test
  void frozenIsFrozenWheneverItsBlockBegins() {
    FineTuning tuning = tuning("{freeze: [embeddings.*, '*.LayerNorm.*'], unfreezeEpochs: 1.5}");
    String block = "encoder.layer.0.output.";
    assertThat(tuning.frozen(block + "dense.weight", 29)).isTrue();
    assertThat(tuning.frozen(block + "dense.weight", 30)).isFalse();
    assertThat(tuning.frozen(block + "LayerNorm.weight", 1_000_000)).isTrue();
    assertThat(tuning.pace("embeddings.position_embeddings.weight")).isEqualTo(Pace.FROZEN);
    assertThat(tuning.frozen("classifier.weight", 0)).isFalse();
  }

  @Test
  void adaptersAndTheLastLayerAreTrainedInPlaceOfAllElse() {
    LowRankAdaptation lora = new LowRankAdaptation(List.of("*.query.weight"), 2, 4, 0);
    FineTuning tuning =
        FineTuning.of(
            ConfigReader.parse(
                "{lora: {targets: ['*.query.weight']}, freeze: [classifier.bias]}",
                "test",
                List.of(),
                FineTuningSpec.class),
            lora.adapt(BERT, "targets"),
            10);
    String query = "encoder.layer.1.attention.self.query.";
    assertThat(tuning.pace(query + "lora_A.weight")).isEqualTo(Pace.FULL);
    assertThat(tuning.pace(query + "lora_B.weight")).isEqualTo(Pace.FULL);
    assertThat(tuning.pace(query + "weight")).isEqualTo(Pace.FROZEN);
    assertThat(tuning.pace("pooler.dense.bias")).isEqualTo(Pace.FROZEN);
    assertThat(tuning.pace("classifier.weight")).isEqualTo(Pace.FULL);
    assertThat(tuning.pace("classifier.bias")).isEqualTo(Pace.FROZEN);
    assertThat(tuning.trained(0)).isEqualTo(2 * 2 + 1);
  }

  @Test
  void aProbeTrainsTheLastLayerUnlessItIsSaidWhatIsFrozen() {
    FineTuning last = tuning("probe: true");
    assertThat(last.frozen("pooler.dense.weight")).isTrue();
    assertThat(last.frozen("classifier.weight")).isFalse();
    assertThat(last.trained(0)).isEqualTo(2);
    FineTuning more = tuning("{probe: true, freeze: [embeddings.*, encoder.*]}");
    assertThat(more.frozen("encoder.layer.1.output.dense.weight")).isTrue();
    assertThat(more.frozen("pooler.dense.weight")).isFalse();
    assertThat(more.trained(0)).isEqualTo(4);
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> tuning("freeze: [encoder.layr.0.*]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fineTuning.freeze: got encoder.layr.0.*")
        .hasMessageContaining("did you mean encoder.layer.0.*");
    assertThatThrownBy(() -> tuning("rates: [{parameters: head.*, factor: 2}]"))
        .hasMessageContaining("fineTuning.rates: got head.*");
    assertThatThrownBy(() -> tuning("freeze: ['*']")).hasMessageContaining("left to train");
  }
}
