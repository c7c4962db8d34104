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

  /** Shapes timed both ways (docs/adr/0180). */
  @ParameterizedTest
  @CsvSource({
    "144, 144, 144, 32, 3, 1, 64, IMAGE_BY_IMAGE, IMAGE_BY_IMAGE", // depthwise
    "144, 144, 144, 32, 3, 2, 64, IMAGE_BY_IMAGE, DIRECT", // reads four times what it writes
    "192, 192, 192, 16, 3, 1, 64, DIRECT, IMAGE_BY_IMAGE", // 24 MiB forward, 36 MiB backward
    "576, 576, 576, 8, 3, 1, 64, DIRECT, DIRECT", // fits into the cache
    "144, 144, 144, 32, 3, 1, 16, DIRECT, DIRECT",
    "24, 144, 1, 32, 1, 1, 64, DIRECT, IMAGE_BY_IMAGE", // widens
    "144, 24, 1, 32, 1, 1, 64, IMAGE_BY_IMAGE, DIRECT", // narrows
    "96, 96, 96, 112, 3, 1, 64, DIRECT, DIRECT", // an image of 9 MiB
    "64, 64, 2, 64, 3, 1, 64, DIRECT, DIRECT", // does much with what it reads
  })
  void takesLightConvolutionsImageByImage(
      int inputs,
      int outputs,
      int groups,
      int pixels,
      int kernel,
      int stride,
      long batch,
      Algorithm forward,
      Algorithm backward) {
    ConvolutionGeometry geometry = geometry(inputs, outputs, groups, pixels, kernel, stride);
    assertThat(ConvolutionRule.CACHE_AWARE.algorithm(geometry, Pass.FORWARD, batch))
        .isEqualTo(forward);
    assertThat(ConvolutionRule.CACHE_AWARE.algorithm(geometry, Pass.BACKWARD, batch))
        .isEqualTo(backward);
  }

  /** What a run recorded decides its last bits. */
  @Test
  void keepsWhatARecordedRuleMeans() {
    ConvolutionGeometry plain = geometry(64, 64, 32, 3, 1);
    ConvolutionGeometry depthwise = geometry(144, 144, 144, 32, 3, 1);
    for (Pass pass : Pass.values()) {
      assertThat(ConvolutionRule.DIRECT.algorithm(plain, pass, 64)).isEqualTo(Algorithm.DIRECT);
      assertThat(ConvolutionRule.DIRECT.algorithm(depthwise, pass, 64)).isEqualTo(Algorithm.DIRECT);
      assertThat(ConvolutionRule.LEAST_COST.algorithm(plain, pass, 64))
          .isEqualTo(ConvolutionRule.CACHE_AWARE.algorithm(plain, pass, 64))
          .isEqualTo(Algorithm.WINOGRAD);
      assertThat(ConvolutionRule.LEAST_COST.algorithm(depthwise, pass, 64))
          .isEqualTo(Algorithm.DIRECT);
    }
  }

  private static ConvolutionGeometry geometry(
      int inputs, int outputs, int pixels, int kernel, int stride) {
    return geometry(inputs, outputs, 1, pixels, kernel, stride);
  }

  private static ConvolutionGeometry geometry(
      int inputs, int outputs, int groups, int pixels, int kernel, int stride) {
    return new ConvolutionGeometry(
        new ImageShape(inputs, pixels, pixels),
        outputs,
        Window.centred(kernel, stride),
        groups,
        false,
        Activation.NONE);
  }
}
