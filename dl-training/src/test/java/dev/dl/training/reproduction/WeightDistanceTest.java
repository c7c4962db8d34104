package dev.dl.training.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.tensorfile.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightDistanceTest {

  @Test
  void measuresTheLargestDifferenceAndTheLengthOfAll() {
    Map<String, Tensor> first = Map.of("a", vector(3, 0), "b", vector(4));

    assertThat(WeightDistance.between(first, first)).contains(new WeightDistance(0, 0));
    assertThat(WeightDistance.between(first, Map.of("a", vector(3, 0), "b", vector(4.5f))))
        .contains(new WeightDistance(0.5, 0.1));
    assertThat(WeightDistance.between(first, Map.of("a", vector(6, 0), "b", vector(0))))
        .contains(new WeightDistance(4, 1));
  }

  @Test
  void comparesOnlyWhatHasTheSameNamesAndShapes() {
    Map<String, Tensor> first = Map.of("a", vector(3));

    assertThat(WeightDistance.between(first, Map.of("b", vector(3)))).isEmpty();
    assertThat(WeightDistance.between(first, Map.of("a", vector(3, 0)))).isEmpty();
  }

  private static Tensor vector(float... values) {
    return new Tensor(List.of((long) values.length), values);
  }
}
