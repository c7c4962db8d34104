package dev.dl.models.adaptation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
  private static final List<String> NAMES =
      List.of("embeddings.LayerNorm.weight", "encoder.layer.1.dense.bias", "encoder.layer.10.bias");

  @ParameterizedTest
  @CsvSource({
    "encoder.layer.1.*, encoder.layer.1.dense.bias, true",
    "encoder.layer.1.*, encoder.layer.10.dense.bias, false",
    "encoder.layer.?.*, encoder.layer.10.dense.bias, false",
    "*.bias, encoder.layer.10.dense.bias, true",
    "*, cls_token, true",
    "cls_token, cls_token, true",
    "token, cls_token, false",
    "layer1.conv, layer1xconv, false",
  })
  void starsStandForAnythingAndEverythingElseForItself(String text, String name, boolean matches) {
    assertThat(new NamePattern(text).matches(name)).isEqualTo(matches);
  }

  @Test
  void aPatternThatMeansNothingIsRefusedWithWhatIsNear() {
    assertThatThrownBy(() -> require("embedding.*"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("fineTuning.freeze: got embedding.*, expected a pattern that")
        .hasMessageContaining("did you mean embeddings.*");
    assertThatThrownBy(() -> require("encoder.layers.1.*"))
        .hasMessageContaining("did you mean encoder.layer.1.*");
    assertThatThrownBy(() -> require("quite.another.*")).hasMessageEndingWith("weight");
    assertThatCode(() -> require("encoder.*", "*.bias")).doesNotThrowAnyException();
  }

  private static void require(String... patterns) {
    NamePattern.requireMatches("fineTuning.freeze", List.of(patterns), NAMES);
  }
}
