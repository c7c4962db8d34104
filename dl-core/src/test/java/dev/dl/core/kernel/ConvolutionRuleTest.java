package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.ConvolutionRule.Algorithm;
import dev.dl.core.kernel.ConvolutionRule.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConvolutionRuleTest {

  /** Each shape was timed with both algorithms (docs/adr/0051). */
  @ParameterizedTest
  @CsvSource({
    "64, 64, 32, 64, WINOGRAD, WINOGRAD",
    "512, 512, 4, 64, WINOGRAD, WINOGRAD",
    "32, 64, 28, 128, WINOGRAD, WINOGRAD",
    "3, 64, 32, 64, DIRECT, DIRECT",
    "8, 8, 32, 128, DIRECT, DIRECT",
    "512, 512, 2, 64, DIRECT, DIRECT",
    "64, 64, 5, 64, DIRECT, DIRECT",
    "512, 512, 4, 1, DIRECT, DIRECT"
  })
  void takesWhatWasFaster(
      int inputs, int outputs, int pixels, long batch, Algorithm forward, Algorithm backward) {
    ConvolutionGeometry geometry = geometry(inputs, outputs, pixels, 3, 1);
    assertThat(ConvolutionRule.LEAST_COST.algorithm(geometry, Pass.FORWARD, batch))
        .isEqualTo(forward);
    assertThat(ConvolutionRule.LEAST_COST.algorithm(geometry, Pass.BACKWARD, batch))
        .isEqualTo(backward);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "3, 2"})
  void takesDirectWhereWinogradDoesNotApply(int kernel, int stride) {
    ConvolutionGeometry geometry = geometry(64, 64, 32, kernel, stride);
    for (Pass pass : Pass.values()) {
      assertThat(ConvolutionRule.LEAST_COST.algorithm(geometry, pass, 64))
          .isEqualTo(Algorithm.DIRECT);
    }
  }

  @Test
  void canBeToldToTakeDirectAlways() {
    assertThat(ConvolutionRule.DIRECT.algorithm(geometry(64, 64, 32, 3, 1), Pass.FORWARD, 64))
        .isEqualTo(Algorithm.DIRECT);
  }

  private static ConvolutionGeometry geometry(
      int inputs, int outputs, int pixels, int kernel, int stride) {
    return new ConvolutionGeometry(
        new ImageShape(inputs, pixels, pixels),
        outputs,
        Window.centred(kernel, stride),
        1,
        false,
        Activation.NONE);
  }
}
