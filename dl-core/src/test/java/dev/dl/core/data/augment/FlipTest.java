package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.Image;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlipTest {
  private static final Image PICTURE = new Image(1, 2, 2, new byte[] {1, 2, 3, 4});

  @Test
  void flipsThisShareOfThePictures() {
    assertThat(flipped(new HorizontalFlip(0))).isZero();
    assertThat(flipped(new HorizontalFlip(0.5))).isBetween(4_850L, 5_150L);
    assertThat(flipped(new HorizontalFlip(1))).isEqualTo(10_000);
    assertThat(flipped(new VerticalFlip(0))).isZero();
    assertThat(flipped(new VerticalFlip(0.2))).isBetween(1_880L, 2_120L);
    assertThat(flipped(new VerticalFlip(1))).isEqualTo(10_000);
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> new HorizontalFlip(1.5)).hasMessage("probability 1.5");
    assertThatThrownBy(() -> new VerticalFlip(Double.NaN)).hasMessage("probability NaN");
  }

  private static long flipped(Transform flip) {
    return IntStream.range(0, 10_000)
        .filter(sample -> flip.apply(PICTURE, TestDraws.of(sample)).pixels()[0] != 1)
        .count();
  }
}
