package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int SIZE = 23;
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  private static final Batches BATCHES = new Batches(samples(), 5);

  @Test
  void visitsEverySampleOnceAndKeepsTheSmallerLastBatch() {
    List<Batch> epoch = all(BATCHES.shuffled(1, 1, 0));

    assertThat(BATCHES.count()).isEqualTo(5);
    assertThat(epoch).extracting(Batch::size).containsExactly(5, 5, 5, 5, 3);
    assertThat(samples(epoch)).containsExactlyInAnyOrder(IntStream.range(0, SIZE).toArray());
    assertThat(samples(epoch)).isNotEqualTo(IntStream.range(0, SIZE).toArray());
  }

  @Test
  void repeatsAnEpochExactlyAndChangesBetweenEpochs() {
    List<Batch> epoch = all(BATCHES.shuffled(1, 1, 0));

    assertSame(all(BATCHES.shuffled(1, 1, 0)), epoch);
    assertThat(samples(all(BATCHES.shuffled(1, 2, 0)))).isNotEqualTo(samples(epoch));
    assertThat(samples(all(BATCHES.shuffled(2, 1, 0)))).isNotEqualTo(samples(epoch));
  }

  @Test
  void startsAtAnyBatchOfAnEpoch() {
    List<Batch> epoch = all(BATCHES.shuffled(1, 1, 0));

    for (int first = 0; first <= BATCHES.count(); first++) {
      assertSame(all(BATCHES.shuffled(1, 1, first)), epoch.subList(first, epoch.size()));
    }
    assertThatThrownBy(() -> BATCHES.shuffled(1, 1, 6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void evaluatesInOrderWithoutAugmentation() {
    List<Batch> batches = all(BATCHES.inOrder());

    assertThat(samples(batches)).containsExactly(IntStream.range(0, SIZE).toArray());
    assertThat(batches.get(4).targets()).containsExactly(2, 0, 1);
    assertThat(Arrays.copyOfRange(batches.get(4).inputs(), 8, 12))
        .containsExactly(22 / 255f, 22 / 255f, 22 / 255f, 0);
  }

  /** Sample i: label i mod 3, pixels i i i 0. */
  private static Samples samples() {
    List<Image> images =
        IntStream.range(0, SIZE)
            .mapToObj(i -> new Image(1, 2, 2, new byte[] {(byte) i, (byte) i, (byte) i, 0}))
            .toList();
    List<float[]> targets = IntStream.range(0, SIZE).mapToObj(i -> Targets.ofClass(i % 3)).toList();
    return new ImageSamples(
        new MemoryDataset<>(images, targets, Content.IMAGE, Integer::toString),
        ImagePreprocessing.ofClasses(
            SHAPE, Filter.BILINEAR, Normalization.none(1), List.of("a", "b", "c")),
        Specs.augmentation("randomCropPadding=1", "horizontalFlip=true"));
  }

  private static List<Batch> all(Prefetcher prefetcher) {
    try (prefetcher) {
      List<Batch> batches = new ArrayList<>();
      prefetcher.forEachRemaining(batches::add);
      return batches;
    }
  }

  private static int[] samples(List<Batch> batches) {
    return batches.stream().flatMapToInt(batch -> Arrays.stream(batch.samples())).toArray();
  }

  private static void assertSame(List<Batch> actual, List<Batch> expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}
