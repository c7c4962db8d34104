package dev.dl.models.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundedWidthTest {

  /** As torchvision's {@code _make_divisible(width, 8)}. */
  @ParameterizedTest
  @CsvSource({"3, 8", "16, 16", "18, 24", "20, 24", "27, 32", "28, 32", "35.2, 32", "44.8, 48"})
  void isTheNearestMultipleOfEightThatIsNotMuchSmaller(double channels, int rounded) {
    assertThat(RoundedWidth.of(channels)).isEqualTo(rounded);
  }
}
