package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {

  @Test
  void keepsAValueWhereTheRandomNumberReachesTheRate() {
    float[] values = new float[4_000];
    Arrays.fill(values, 3);
    for (double rate : new double[] {0, 0.1, 0.5, CounterRandom.uniform(7, 9, 5)}) {
      float[] dropped = values.clone();
      Dropout.apply(dropped, dropped.length, 2, rate, 7, 9);
      for (int i = 0; i < dropped.length; i++) {
        boolean kept = CounterRandom.uniform(7, 9, 2 + i) >= rate;
        assertThat(dropped[i]).isEqualTo(kept ? 3 * (float) (1 / (1 - rate)) : 0);
        assertThat(Dropout.keeps(7, 9, 2 + i, rate)).isEqualTo(kept);
      }
    }
  }
}
