package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBlocksTest {
  private static final int[] IDS = IntStream.range(0, 24).toArray();

  @Test
  void givesEachInputTheIdThatFollows() {
    TokenBlocks blocks = TokenBlocks.of(IDS, 5);
    assertThat(blocks.size()).isEqualTo(4);
    assertThat(blocks.inputs(0)).containsExactly(0, 1, 2, 3, 4);
    assertThat(blocks.targets(0)).containsExactly(1, 2, 3, 4, 5);
    assertThat(blocks.inputs(3)).containsExactly(15, 16, 17, 18, 19);
    assertThat(blocks.targets(3)).containsExactly(16, 17, 18, 19, 20);
    assertThat(blocks.dropped()).isEqualTo(3);
  }

  @Test
  void needsOneIdMoreThanABlockIsLong() {
    assertThat(TokenBlocks.of(IDS, 23).size()).isEqualTo(1);
    assertThat(TokenBlocks.of(IDS, 24).size()).isZero();
    assertThat(TokenBlocks.of(IDS, 24).dropped()).isEqualTo(24);
    assertThat(TokenBlocks.of(new int[0], 4).size()).isZero();
    assertThat(TokenBlocks.of(new int[0], 4).dropped()).isZero();
  }

  @Test
  void holdsOutTheEnd() {
    TokenBlocks.HeldOut parts = TokenBlocks.holdOut(IDS, 5, 0.25);
    assertThat(parts.training().size()).isEqualTo(3);
    assertThat(parts.training().targets(2)).endsWith(15);
    assertThat(parts.training().dropped()).isEqualTo(2);
    assertThat(parts.validation().inputs(0)).containsExactly(18, 19, 20, 21, 22);
    assertThat(TokenBlocks.holdOut(IDS, 5, 0).validation().size()).isZero();
  }
}
