package dev.dl.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Known answers: the file kat_vectors of Random123, and src/test/python/data_golden.py. */
class CounterRandomTest {

  @Test
  void givesTheKnownAnswersOfPhilox() {
    assertThat(CounterRandom.bits(0, 0, 0)).isEqualTo(0xca00a0459843d731L);
    assertThat(CounterRandom.bits(-1, -1, -1)).isEqualTo(0x65b021d60cd8310fL);
    assertThat(CounterRandom.bits(0xa4093822299f31d0L, 0x13198a2e03707344L, 0x243f6a8885a308d3L))
        .isEqualTo(0x0a5e742c2997341cL);
  }

  @Test
  void addressesStreamsAsDocumented() {
    assertThat(CounterRandom.bits(7, RandomStream.ORDER.at(3), 5)).isEqualTo(0x3b8f01a5239ef54eL);
  }

  @Test
  void permutesByTheSeedAndTheStream() {
    assertThat(CounterRandom.permutation(7, RandomStream.ORDER.at(3), 10))
        .containsExactly(1, 7, 2, 9, 8, 4, 6, 5, 3, 0);
    assertThat(CounterRandom.permutation(7, RandomStream.ORDER.at(4), 10))
        .containsExactly(6, 8, 7, 4, 5, 2, 9, 1, 0, 3);
  }

  @Test
  void drawsFromTheStandardNormalDistribution() {
    long stream = RandomStream.WEIGHTS.at(2, 1);

    assertThat(CounterRandom.gaussian(7, stream, 0)).isCloseTo(-0.1682641657484472, within(1e-14));
    assertThat(CounterRandom.gaussian(7, stream, 1)).isCloseTo(-0.02919271411445681, within(1e-14));
    assertThat(CounterRandom.gaussian(7, stream, 2)).isCloseTo(-0.9425538236024831, within(1e-14));
    double[] values =
        IntStream.range(0, 100_000).mapToDouble(i -> CounterRandom.gaussian(1, 0, i)).toArray();
    assertThat(
            IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow())
        .isCloseTo(0, within(0.02));
    assertThat(IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum())
        .isCloseTo(values.length, within(0.02 * values.length));
  }

  @Test
  void spreadsWholeNumbersEvenlyOverTheirRange() {
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[CounterRandom.uniform(3, 9, i, 7)]++;
    }

    assertThat(IntStream.of(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
  }

  @Test
  void refusesPositionsThatWouldRunIntoAnotherStream() {
    assertThatThrownBy(() -> RandomStream.DROPOUT.at(1L << 40, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RandomStream.DROPOUT.at(0, 1 << 16))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RandomStream.DROPOUT.at(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
