package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.DataCheck.Leak;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataCheckTest {
  private static final ImagePreprocessing PREPROCESSING =
      ImagePreprocessing.ofClasses(
          new ImageShape(1, 1, 2), Filter.BILINEAR, Normalization.none(1), List.of("a", "b"));

  @Test
  void countsClassesAndFindsSamplesThatAreInTwoSplits() {
    Samples train =
        dataset(new int[] {0, 1, 1}, new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {3, 4});
    Samples validation = dataset(new int[] {1}, new byte[] {2, 1});
    Samples test = dataset(new int[] {0, 1}, new byte[] {3, 4}, new byte[] {2, 1});
    DataCheck check =
        DataCheck.of(
            new DataSplits(
                Map.of(Split.TRAIN, train, Split.VALIDATION, validation, Split.TEST, test),
                PREPROCESSING,
                "",
                List.of("one thing")));

    assertThat(check.counts())
        .containsEntry(Split.TRAIN, List.of(1, 2))
        .containsEntry(Split.VALIDATION, List.of(0, 1))
        .containsEntry(Split.TEST, List.of(1, 1));
    assertThat(check.leaks())
        .containsExactly(
            new Leak(Split.TRAIN, 1, Split.TEST, 0, false),
            new Leak(Split.VALIDATION, 0, Split.TEST, 1, true));
    assertThat(check.notices()).containsExactly("one thing");
  }

  private static Samples dataset(int[] labels, byte[]... images) {
    return new ImageSamples(
        new MemoryDataset<>(
            Stream.of(images).map(pixels -> new Image(1, 1, 2, pixels)).toList(),
            IntStream.of(labels).mapToObj(Targets::ofClass).toList(),
            Content.IMAGE),
        PREPROCESSING,
        Specs.augmentation());
  }
}
