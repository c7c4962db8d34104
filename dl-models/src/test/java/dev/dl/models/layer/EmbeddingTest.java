package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.kernel.Kernels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

final class EmbeddingTest {

  static Stream<Kernels> kernels() {
    return GoldenBench.KERNELS.stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void refusesIdsThatAreNotOfTheVocabulary(Kernels kernels) {
    Shape shape = Shape.of(2);
    Bench bench = new Bench(kernels, Embedding.of(5, 3), shape);
    Operation operation = Embedding.of(5, 3).operation(bench);
    for (float wrong : new float[] {5, -1, 1.5f, Float.NaN}) {
      INDArray ids = bench.array(new float[] {0, 4, 1, wrong}, 2, shape);
      assertThatThrownBy(() -> operation.forward(new INDArray[] {ids}, true, bench))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "got the id %s at position 1 of sample 1, expected whole numbers from 0 to 4"
                  .formatted(wrong));
    }
  }

  @Test
  void aPaddingVectorBeginsAtZero() {
    Initializer initializer =
        Embedding.of(4, 3).withPadding(2).parameters(List.of(Shape.of(5))).get(0).initializer();
    assertThat(initializer.value(1, 2, 5)).isNotZero();
    assertThat(initializer.value(1, 2, 6)).isZero();
    assertThat(initializer.value(1, 2, 8)).isZero();
    assertThat(initializer.value(1, 2, 9)).isNotZero();
  }
}
