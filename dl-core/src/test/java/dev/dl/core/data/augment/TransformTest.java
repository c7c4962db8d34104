package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformTest {
  private static final int SAMPLES = 64;
  private static final Transform ALL =
      Transform.inTurn(
          List.of(
              new RandomResizedCrop(12, 10, 0.08, 1, 0.75, 1.33, Filter.AREA),
              new PaddedRandomCrop(2),
              new HorizontalFlip(0.5),
              new VerticalFlip(0.5),
              new ColorJitter(0.4, 0.4, 0.4, 0.1),
              new RandAugment(2, 9),
              new RandomErasing(0.5, 0.02, 0.33, 0.3, List.of(0))));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void isTheSameForTheSameSampleInAnyOrderOnAnyThread(int channels) {
    Image picture = picture(channels);
    byte[] before = picture.pixels().clone();
    List<byte[]> inOrder = IntStream.range(0, SAMPLES).mapToObj(i -> changed(picture, i)).toList();
    List<byte[]> reversed =
        IntStream.range(0, SAMPLES)
            .parallel()
            .mapToObj(i -> changed(picture, SAMPLES - 1 - i))
            .toList();

    for (int sample = 0; sample < SAMPLES; sample++) {
      assertThat(reversed.get(SAMPLES - 1 - sample)).isEqualTo(inOrder.get(sample));
    }
    assertThat(inOrder.stream().map(Arrays::hashCode).distinct()).hasSizeGreaterThan(SAMPLES / 2);
    assertThat(picture.pixels()).as("the picture itself").isEqualTo(before);
  }

  @Test
  void changesInTurn() {
    Image picture = picture(3);
    Transform both = Transform.inTurn(List.of(new HorizontalFlip(1), new VerticalFlip(1)));

    assertThat(both.apply(picture, TestDraws.of(0)).pixels())
        .isEqualTo(VerticalFlip.flipped(HorizontalFlip.flipped(picture)).pixels());
    assertThat(Transform.inTurn(List.of()).apply(picture, TestDraws.of(0))).isSameAs(picture);
  }

  private static byte[] changed(Image picture, int sample) {
    return ALL.apply(picture, TestDraws.of(sample)).pixels();
  }

  private static Image picture(int channels) {
    byte[] pixels = new byte[channels * 15 * 14];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i % 251);
    }
    return new Image(channels, 15, 14, pixels);
  }
}
