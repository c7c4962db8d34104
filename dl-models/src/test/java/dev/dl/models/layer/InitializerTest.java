package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Moments of the values that layers begin with, over a few ten thousand of them. */
final class InitializerTest {
  private static final List<Shape> IMAGE = List.of(Shape.of(32, 8, 8));

  /** Weights {@code [128, 32, 3, 3]}: normal, of a variance of two over 128·9. */
  @Test
  void convolutionsBeforeANormalizationBeginNormalByTheFanOut() {
    double[] values = values(Convolution.beforeNormalization(128, 3, 1).parameters(IMAGE).get(0));
    double variance = moment(values, 2);
    assertThat(values).hasSize(128 * 32 * 9);
    assertThat(moment(values, 1)).isCloseTo(0, within(0.001));
    assertThat(variance).isCloseTo(2.0 / (128 * 9), within(0.02 * variance));
    assertThat(moment(values, 4) / (variance * variance)).isCloseTo(3, within(0.1));
  }

  /** Weights {@code [512, 1, 5, 5]}: each output of one channel alone. */
  @Test
  void convolutionsOfEachChannelAloneBeginByTheirOwnFanOut() {
    List<Shape> wide = List.of(Shape.of(512, 8, 8));
    double[] values = values(Convolution.depthwise(512, 5, 1).parameters(wide).get(0));
    double variance = moment(values, 2);
    assertThat(variance).isCloseTo(2.0 / 25, within(0.05 * variance));
  }

  /**
   * Within one over the root of the inputs, as PyTorch's, with a variance of a third of that
   * squared.
   */
  @Test
  void denseLayersBeginUniformByTheFanIn() {
    double[] values = values(Dense.linear(512).parameters(List.of(Shape.of(64))).get(0));
    assertThat(DoubleStream.of(values).map(Math::abs).max()).hasValueCloseTo(0.125, within(1e-4));
    assertThat(moment(values, 2)).isCloseTo(1 / (3 * 64.0), within(0.0001));
  }

  private static double[] values(Parameter parameter) {
    return LongStream.range(0, parameter.length())
        .mapToDouble(position -> parameter.initializer().value(7, 3, position))
        .toArray();
  }

  private static double moment(double[] values, int power) {
    double sum = 0;
    for (double value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }
}
