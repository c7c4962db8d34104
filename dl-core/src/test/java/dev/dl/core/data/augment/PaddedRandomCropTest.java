package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.Image;
import org.junit.jupiter.api.Test;

class PaddedRandomCropTest {
  private static final Image DOT = new Image(1, 3, 3, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0});

  @Test
  void movesThePictureEverywhereEquallyOften() {
    PaddedRandomCrop crop = new PaddedRandomCrop(1);
    int[] counts = new int[9];
    for (int sample = 0; sample < 9_000; sample++) {
      byte[] pixels = crop.apply(DOT, TestDraws.of(sample)).pixels();
      for (int i = 0; i < counts.length; i++) {
        counts[i] += pixels[i];
      }
    }

    assertThat(counts).hasSize(9);
    for (int count : counts) {
      assertThat(count).isBetween(880, 1_120);
    }
  }

  @Test
  void movesAPictureOutOfItselfWhenThePaddingIsWider() {
    assertThat(new PaddedRandomCrop(5).with(DOT, 0, 10).pixels()).containsOnly(0);
    assertThat(new PaddedRandomCrop(5).with(DOT, 5, 5).pixels()).isEqualTo(DOT.pixels());
  }

  @Test
  void refusesNegativePadding() {
    assertThatThrownBy(() -> new PaddedRandomCrop(-1)).hasMessage("padding -1");
  }
}
