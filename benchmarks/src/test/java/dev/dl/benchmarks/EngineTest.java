package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EngineTest {
  static List<Contender> contenders() {
    return Contender.all().toList();
  }

  /** 3x3 weights and biases of three convolutions, then of two dense layers. */
  @ParameterizedTest
  @MethodSource("contenders")
  void everyEngineTrainsTheSameNetwork(Contender contender) {
    Engine engine = contender.engine().get();
    engine.prepare(Workload.CNN28);
    assertThat(engine.parameterCount())
        .isEqualTo(
            (9 * 32 + 32)
                + (9 * 32 * 64 + 64)
                + (9 * 64 * 64 + 64)
                + (7 * 7 * 64 * 128 + 128)
                + (128 * 10 + 10));
  }

  @Test
  void namesWhatItKnowsWhenAskedForAnotherEngineOrWorkload() {
    assertThatThrownBy(() -> Contender.of("jax"))
        .hasMessage("engine: got jax, expected one of [stock, stock-tuned, dl]");
    assertThatThrownBy(() -> Workload.of("cnn"))
        .hasMessage("workload: got cnn, expected one of [cnn28]");
  }
}
