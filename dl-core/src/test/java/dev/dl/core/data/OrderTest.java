package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final int SIZE = 100_003;

  @Test
  void everySampleComesOnceInAnOrderThatIsAFunctionOfSeedAndEpoch() {
    for (Access access : Access.values()) {
      int[] order = Order.shuffled(new Numbers(access), 3, 1);

      assertThat(IntStream.of(order).sorted().toArray())
          .containsExactly(IntStream.range(0, SIZE).toArray());
      assertThat(Order.shuffled(new Numbers(access), 3, 1)).isEqualTo(order);
      assertThat(Order.shuffled(new Numbers(access), 3, 2)).isNotEqualTo(order);
      assertThat(Order.shuffled(new Numbers(access), 4, 1)).isNotEqualTo(order);
    }
  }

  @Test
  void neighboursThatAreReadTogetherFasterStayNear() {
    int[] order = Order.shuffled(new Numbers(Access.NEIGHBOURS), 3, 1);
    int[] place = new int[SIZE];
    IntStream.range(0, SIZE).forEach(i -> place[order[i]] = i);

    long near =
        IntStream.range(1, SIZE).filter(i -> Math.abs(place[i] - place[i - 1]) < 16_384).count();
    long side =
        IntStream.range(1, SIZE).filter(i -> Math.abs(order[i] - order[i - 1]) == 1).count();
    assertThat(near).isGreaterThan(SIZE * 98 / 100);
    assertThat(side).isLessThan(SIZE / 1_000);
  }

  /** Samples without content. */
  private record Numbers(Access access) implements Dataset<Integer> {
    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public float[] target(int sample) {
      return Targets.ofClass(0);
    }

    @Override
    public Integer read(int sample) {
      return sample;
    }

    @Override
    public byte[] digest(int sample) {
      return new byte[0];
    }

    @Override
    public String name(int sample) {
      return String.valueOf(sample);
    }
  }
}
