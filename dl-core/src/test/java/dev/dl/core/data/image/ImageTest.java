package dev.dl.core.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden values: Pillow 12.3, src/test/python/data_golden.py. */
class ImageTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 13;
  private static final Image PHOTOGRAPH = photograph();

  @Test
  void shrinksAndCropsAsPillow() {
    assertThat(ints(PHOTOGRAPH.fit(4, 4, Filter.BILINEAR), 0, 16))
        .containsExactly(18, 36, 56, 77, 42, 65, 91, 116, 70, 97, 129, 162, 94, 126, 164, 201);
  }

  @Test
  void growsAndCropsAsPillow() {
    assertThat(ints(PHOTOGRAPH.fit(12, 12, Filter.BILINEAR), (2 * 12 + 5) * 12, 12))
        .containsExactly(65, 79, 93, 106, 120, 133, 147, 161, 174, 189, 202, 216);
  }

  /** A picture twice as wide as high, fitted to a square of its height, loses both ends. */
  @Test
  void isBroughtBackToItsSizeWithZerosWhereItWasCropped() {
    Image wide = new Image(1, 2, 4, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    Image back = wide.fit(2, 2, Filter.NEAREST).unfit(2, 4);
    assertThat(back.pixels()).containsExactly(0, 2, 3, 0, 0, 6, 7, 0);
    Image larger = wide.fit(4, 8, Filter.NEAREST);
    assertThat(larger.unfit(2, 4)).extracting(Image::pixels).isEqualTo(wide.pixels());
    Image high = new Image(1, 5, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    assertThat(high.fit(2, 2, Filter.NEAREST).unfit(5, 2).pixels())
        .as("the crop begins where rounding three halves puts it")
        .containsExactly(0, 0, 0, 0, 5, 6, 7, 8, 0, 0);
  }

  @Test
  void turnsGreyAsPillow() {
    assertThat(ints(PHOTOGRAPH.withChannels(1), 2 * WIDTH, WIDTH))
        .containsExactly(22, 33, 43, 54, 65, 75, 86, 96, 107, 118, 128, 139, 150);
  }

  @Test
  void repeatsGreyInColour() {
    Image grey = new Image(1, 1, 2, new byte[] {5, -6});

    assertThat(grey.withChannels(3).pixels()).containsExactly(5, -6, 5, -6, 5, -6);
  }

  @Test
  void keepsAddsAndDropsAlpha() {
    Image transparent = new Image(2, 1, 2, new byte[] {5, -6, 0, 7});

    assertThat(transparent.withChannels(4).pixels()).containsExactly(5, -6, 5, -6, 5, -6, 0, 7);
    assertThat(transparent.withoutAlpha().pixels()).containsExactly(5, -6);
    assertThat(transparent.withoutAlpha().withChannels(2).pixels()).containsExactly(5, -6, -1, -1);
    assertThat(new Image(4, 1, 1, new byte[] {1, 2, 3, 4}).withoutAlpha().pixels())
        .containsExactly(1, 2, 3);
  }

  @Test
  void coversShapesThatAreNotSquare() {
    for (int height = 1; height < 20; height += 3) {
      for (int width = 1; width < 20; width += 3) {
        Image fitted = PHOTOGRAPH.fit(height, width, Filter.BILINEAR);
        assertThat(List.of(fitted.height(), fitted.width())).containsExactly(height, width);
      }
    }
  }

  @Test
  void leavesAPictureOfTheRightSizeAlone() {
    assertThat(PHOTOGRAPH.fit(HEIGHT, WIDTH, Filter.BILINEAR)).isSameAs(PHOTOGRAPH);
  }

  private static Image photograph() {
    byte[] pixels = new byte[3 * HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      int channel = i / (WIDTH * HEIGHT);
      pixels[i] = (byte) (x * 7 + y * 11 + x * y * (channel + 1));
    }
    return new Image(3, HEIGHT, WIDTH, pixels);
  }

  private static int[] ints(Image image, int from, int count) {
    byte[] part = Arrays.copyOfRange(image.pixels(), from, from + count);
    return IntStream.range(0, count).map(i -> part[i] & 0xff).toArray();
  }
}
