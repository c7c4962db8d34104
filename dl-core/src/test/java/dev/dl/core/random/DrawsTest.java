package dev.dl.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DrawsTest {
  private static final long STREAM = RandomStream.AUGMENTATION.at(3);

  @Test
  void aPositionAlwaysHasTheSameNumbersInTheSameOrder() {
    Draws first = Draws.of(7, STREAM, 41);
    Draws second = Draws.of(7, STREAM, 41);
    for (int i = 0; i < 100; i++) {
      assertThat(first.uniform()).isEqualTo(second.uniform());
    }
    assertThat(Draws.of(7, STREAM, 42).uniform()).isNotEqualTo(Draws.of(7, STREAM, 41).uniform());
    assertThat(Draws.of(8, STREAM, 41).uniform()).isNotEqualTo(Draws.of(7, STREAM, 41).uniform());
  }

  @Test
  void numbersStayInTheirBounds() {
    Draws draws = Draws.of(7, STREAM, 0);
    int chances = 0;
    for (int i = 0; i < 10_000; i++) {
      assertThat(draws.between(-2, 3)).isBetween(-2.0, 3.0);
      assertThat(draws.below(5)).isBetween(0, 4);
      chances += draws.chance(0.25) ? 1 : 0;
    }
    assertThat(chances).isBetween(2_300, 2_700);
  }

  @Test
  void aPositionEndsWhereTheNextBegins() {
    Draws draws = Draws.of(7, STREAM, 0);
    for (int i = 0; i < 65_536; i++) {
      draws.uniform();
    }
    assertThatThrownBy(draws::uniform).isInstanceOf(IllegalStateException.class);
  }
}
