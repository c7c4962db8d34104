package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryDatasetTest {
  @Test
  void refusesTargetsThatDoNotMatch() {
    assertThatThrownBy(
            () ->
                new MemoryDataset<>(
                    List.of(new int[1]), List.of(), Content.TOKENS, Integer::toString))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
