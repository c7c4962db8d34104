package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of one to nine tokens, whose features are their number and the sum of their ids. */
final class FeatureSamplesTest {
  private static final int SIZE = 23;

  private final List<Integer> batchSizes = new ArrayList<>();

  private static TextSamples texts() {
    List<int[]> tokens =
        IntStream.range(0, SIZE)
            .mapToObj(i -> IntStream.range(0, 1 + i * 4 % 9).map(t -> i + t + 1).toArray())
            .toList();
    List<float[]> targets = IntStream.range(0, SIZE).mapToObj(i -> Targets.ofClass(i % 3)).toList();
    int[] lengths = tokens.stream().mapToInt(ids -> ids.length).toArray();
    return new TextSamples(
        new MemoryDataset<>(tokens, targets, Content.TOKENS, i -> "line " + i),
        lengths,
        9,
        0,
        false);
  }

  private float[] features(Batch batch) {
    batchSizes.add(batch.size());
    int length = batch.inputs().length / batch.size();
    float[] features = new float[2 * batch.size()];
    for (int i = 0; i < batch.inputs().length; i++) {
      features[2 * (i / length)] += batch.inputs()[i] > 0 ? 1 : 0;
      features[2 * (i / length) + 1] += batch.inputs()[i];
    }
    return features;
  }

  /** In memory, and in a file. */
  @ParameterizedTest
  @ValueSource(ints = {1, 0})
  void givesEachSampleItsFeaturesWhateverTheOrder(int megabytes) throws IOException {
    TextSamples texts = texts();
    FeatureSamples samples =
        FeatureSamples.of(texts, 5, new CacheSpec(megabytes, false), this::features);
    assertThat(batchSizes).containsExactly(5, 5, 5, 5, 3);
    assertThat(samples.size()).isEqualTo(SIZE);
    int[] wanted = {22, 0, 7, 8};
    for (int sample : wanted) {
      int tokens = texts.tokens(sample).length;
      float sum = IntStream.of(texts.tokens(sample)).sum();
      Batch alone = samples.trainingBatch(new int[] {sample}, 1, 1, 0);
      assertThat(alone.inputs()).containsExactly(tokens, sum);
      assertThat(alone.targets()).containsExactly(sample % 3);
      assertThat(samples.target(sample)).containsExactly(sample % 3);
      assertThat(samples.name(sample)).isEqualTo("line " + sample);
      assertThat(samples.digest(sample)).isEqualTo(texts.digest(sample));
    }
    Batch together = samples.batch(wanted);
    assertThat(together.inputs()).hasSize(8).startsWith(samples.batch(new int[] {22}).inputs());
    assertThat(together.targets()).containsExactly(1, 0, 1, 2);
    assertThat(together.samples()).containsExactly(wanted);
    assertThat(samples.shuffled(4, 2, 5)).isDeepEqualTo(texts.shuffled(4, 2, 5));
  }
}
