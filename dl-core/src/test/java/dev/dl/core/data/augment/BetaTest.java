package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaTest {
  private static final int COUNT = 20_000;

  /** Quantiles: {@code scipy.stats.beta.ppf}, SciPy 1.10. */
  @ParameterizedTest
  @CsvSource({
    "0.2, 0.000248, 0.023815, 0.216342",
    "1, 0.1, 0.25, 0.4",
    "4, 0.278602, 0.378848, 0.453896"
  })
  void drawsFromTheDistribution(double alpha, double tenth, double quarter, double twoFifths) {
    double[] numbers = numbers(alpha);

    assertThat(Arrays.stream(numbers).average().orElseThrow()).isCloseTo(0.5, within(0.008));
    double variance = Arrays.stream(numbers).map(x -> (x - 0.5) * (x - 0.5)).sum() / COUNT;
    assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.003));
    assertThat(shareBelow(tenth, numbers)).isCloseTo(0.1, within(0.006));
    assertThat(shareBelow(quarter, numbers)).isCloseTo(0.25, within(0.009));
    assertThat(shareBelow(twoFifths, numbers)).isCloseTo(0.4, within(0.01));
    assertThat(shareBelow(1 - quarter, numbers)).isCloseTo(0.75, within(0.009));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.001, 1e9})
  void staysANumberForExtremeAlphas(double alpha) {
    for (int sample = 0; sample < 1_000; sample++) {
      assertThat(Beta.symmetric(alpha, TestDraws.of(sample))).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aTinyAlphaChoosesOneOrTheOther() {
    double[] numbers = numbers(1e-9);

    assertThat(Arrays.stream(numbers).allMatch(number -> number < 1e-9 || number > 1 - 1e-9))
        .isTrue();
    assertThat(shareBelow(0.5, numbers)).isCloseTo(0.5, within(0.01));
  }

  private static double[] numbers(double alpha) {
    return IntStream.range(0, COUNT)
        .mapToDouble(sample -> Beta.symmetric(alpha, TestDraws.of(sample)))
        .toArray();
  }

  private static double shareBelow(double bound, double[] numbers) {
    return Arrays.stream(numbers).filter(number -> number < bound).count() / (double) COUNT;
  }
}
