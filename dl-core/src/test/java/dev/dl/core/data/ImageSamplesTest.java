package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSamplesTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
  private static final int SIZE = 40;

  @Test
  void everyAugmentationGivesTheSameBatchesForAnyNumberOfThreads() {
    ImageSamples samples =
        samples(
            12,
            "randomResizedCrop={}",
            "randomCropPadding=2",
            "horizontalFlip=true",
            "verticalFlip=true",
            "colorJitter={brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1}",
            "randAugment={}",
            "randomErasing={}",
            "mixup=0.2",
            "cutMix=1");

    List<Batch> expected = epoch(samples, 1);
    assertThat(epoch(samples, 2)).usingRecursiveComparison().isEqualTo(expected);
    assertThat(epoch(samples, 7)).usingRecursiveComparison().isEqualTo(expected);
    assertThat(expected.get(0).inputs()).hasSize(8 * SHAPE.size());
  }

  @Test
  void batchesToMeasureAreNeverChanged() {
    int[] first = {3, 4};
    Batch plain = samples(8).batch(first);

    Batch measured = samples(8, "horizontalFlip=true", "mixup=1").batch(first);

    assertThat(measured.inputs()).containsExactly(plain.inputs());
    assertThat(measured.targets()).containsExactly(0, 1);
  }

  @Test
  void mixedPicturesHaveMixedTargets() {
    ImageSamples samples = samples(8, "mixup=1");
    int[] first = {0, 1, 2};
    Batch mixed = samples.trainingBatch(first, 5, 1, 0);
    Batch plain = samples.batch(first);

    float share = mixed.targets()[2];
    assertThat(share).isBetween(0f, 1f);
    assertThat(mixed.targets()).containsExactly(0, 2, share, 1, 1, share, 2, 0, share);
    for (int i = 0; i < SHAPE.size(); i++) {
      float expected =
          share * plain.inputs()[i] + (1 - share) * plain.inputs()[2 * SHAPE.size() + i];
      assertThat(mixed.inputs()[i]).isCloseTo(expected, within(1e-6f));
    }
  }

  @Test
  void cropsAreTakenFromWholePictures() {
    int[] one = {0};
    ImageSamples samples = samples(32, "randomResizedCrop={maximumArea: 0.1}");
    float[] whole = samples.batch(one).inputs();

    float[] cropped = samples.trainingBatch(one, 1, 1, 0).inputs();

    assertThat(cropped).hasSameSizeAs(whole);
    assertThat(cropped).isNotEqualTo(whole);
    assertThat(samples.trainingBatch(one, 1, 2, 0).inputs()).isNotEqualTo(cropped);
  }

  private static List<Batch> epoch(ImageSamples samples, int threads) {
    int[][] order = samples.shuffled(5, 3, 8);
    List<Batch> batches = new ArrayList<>();
    try (Prefetcher prefetcher =
        Prefetcher.start(
            0,
            order.length,
            batch -> samples.trainingBatch(order[batch], 5, 3, batch),
            threads,
            Duration.ofMinutes(1))) {
      prefetcher.forEachRemaining(batches::add);
    }
    return batches;
  }

  /** Pictures of noise of this height and width, of class i mod 3. */
  private static ImageSamples samples(int side, String... augmentation) {
    Random random = new Random(1);
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      byte[] pixels = new byte[3 * side * side];
      random.nextBytes(pixels);
      images.add(new Image(3, side, side, pixels));
    }
    return new ImageSamples(
        new MemoryDataset<>(
            images,
            IntStream.range(0, SIZE).mapToObj(i -> Targets.ofClass(i % 3)).toList(),
            Content.IMAGE,
            Integer::toString),
        ImagePreprocessing.ofClasses(
            SHAPE, Filter.BILINEAR, Normalization.none(3), List.of("a", "b", "c")),
        Specs.augmentation(augmentation));
  }
}
