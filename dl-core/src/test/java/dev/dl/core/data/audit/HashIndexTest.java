package dev.dl.core.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.random.CounterRandom;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashIndexTest {
  private static final int COUNT = 500;

  /** Hashes that differ from those a hundred before in 0 to 10 random bits. */
  private static long[] hashes() {
    long[] hashes = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      hashes[i] = i < 100 ? CounterRandom.bits(1, 1, i) : hashes[i - 100];
      for (int flip = 0; i >= 100 && flip < i % 11; flip++) {
        hashes[i] ^= 1L << CounterRandom.uniform(2, flip, i, Long.SIZE);
      }
    }
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7})
  void findsWhatComparingEachWithEachFinds(int bits) {
    long[] hashes = hashes();
    HashIndex index = new HashIndex(hashes);
    int found = 0;
    for (int i = 0; i < COUNT; i++) {
      int hash = i;
      Set<Integer> near = new TreeSet<>();
      index.forEachEarlierWithin(bits, hash, near::add);
      assertThat(near)
          .isEqualTo(
              IntStream.range(0, hash)
                  .filter(j -> Long.bitCount(hashes[hash] ^ hashes[j]) <= bits)
                  .boxed()
                  .collect(Collectors.toSet()));
      found += near.size();
    }
    assertThat(found).isGreaterThan(30);
  }
}
