package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {
  private static final int TEXTS = 5003;
  private static final int BATCH = 16;
  private static final int[] LENGTHS =
      IntStream.range(0, TEXTS).map(i -> 1 + CounterRandom.uniform(3, 1, i, 256)).toArray();

  @Test
  void takesEachTextOnceAndTheSmallerBatchLast() {
    int[][] batches = batches(7, 1);
    assertThat(Stream.of(batches).flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, TEXTS).toArray());
    assertThat(batches).hasNumberOfRows(313);
    assertThat(batches[312]).hasSize(TEXTS % BATCH);
    assertThat(Stream.of(batches).limit(312)).allMatch(batch -> batch.length == BATCH);
  }

  @Test
  void putsSimilarLengthsTogether() {
    long padded = 0;
    for (int[] batch : batches(7, 1)) {
      padded += (long) batch.length * longest(batch);
    }
    long tokens = Arrays.stream(LENGTHS).asLongStream().sum();
    assertThat(padded).isLessThan(tokens * 103 / 100);
  }

  @Test
  void isAFunctionOfSeedAndEpoch() {
    assertThat(batches(7, 1)).isDeepEqualTo(batches(7, 1));
    assertThat(batches(7, 1)[0]).isNotEqualTo(batches(7, 2)[0]);
    assertThat(batches(7, 1)[0]).isNotEqualTo(batches(8, 1)[0]);
  }

  @Test
  void shufflesTheBatches() {
    int[][] batches = batches(7, 1);
    int[] longest = Stream.of(batches).limit(100).mapToInt(LengthBucketsTest::longest).toArray();
    int rises = 0;
    for (int i = 1; i < longest.length; i++) {
      rises += longest[i] > longest[i - 1] ? 1 : 0;
    }
    assertThat(rises).isBetween(30, 70);
  }

  @Test
  void padsToAMultipleOfEight() {
    assertThat(LengthBuckets.paddedLength(0, 100)).isEqualTo(8);
    assertThat(LengthBuckets.paddedLength(8, 100)).isEqualTo(8);
    assertThat(LengthBuckets.paddedLength(9, 100)).isEqualTo(16);
    assertThat(LengthBuckets.paddedLength(99, 100)).isEqualTo(100);
  }

  private static int[][] batches(long seed, long epoch) {
    int[] order = CounterRandom.permutation(seed, epoch, TEXTS);
    return LengthBuckets.batches(LENGTHS, order, BATCH, seed, epoch);
  }

  private static int longest(int[] batch) {
    return Arrays.stream(batch).map(text -> LENGTHS[text]).max().orElseThrow();
  }
}
