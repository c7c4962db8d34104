package dev.dl.core.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.random.CounterRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearPicturesTest {
  /** Golden: Pillow and SciPy, tools/golden/perceptual_hash.py. */
  @ParameterizedTest
  @CsvSource({
    "32, 32, 1, 811c19397753aafa",
    "40, 30, 2, 800f3c393bf2be54",
    "28, 28, 3, 831e313674ada9b5",
    "100, 64, 4, 830301039717bfff"
  })
  void hashesAsAnIndependentImplementationDoes(int height, int width, int seed, String hash) {
    assertThat(Long.toHexString(PerceptualHash.of(pattern(height, width, seed)))).isEqualTo(hash);
  }

  @Test
  void joinsAPictureWithItsCopies() {
    Image picture = pattern(60, 48, 5);
    assertThat(joined(picture, picture.resize(90, 72, Filter.BICUBIC))).isTrue();
    assertThat(joined(picture, picture.withChannels(2))).isTrue();
    assertThat(joined(picture, noisy(picture, 9))).isTrue();
  }

  @Test
  void keepsPicturesApartThatOnlyHaveTheSameShapes() {
    Image picture = pattern(60, 48, 5);
    assertThat(joined(picture, noisy(picture, 200))).isFalse();
    assertThat(joined(picture, darker(picture))).isFalse();
    assertThat(joined(picture, pattern(60, 48, 7))).isFalse();
    assertThat(PerceptualHash.of(darker(picture))).isEqualTo(PerceptualHash.of(picture));
  }

  @Test
  void seesNothingInPicturesOfOneColour() {
    assertThat(joined(new Image(1, 8, 8, new byte[64]), new Image(1, 9, 9, new byte[81])))
        .isFalse();
  }

  @Test
  void tellsColoursOfTheSameBrightnessApart() {
    Image green = coloured(1);
    assertThat(joined(green, coloured(0))).isFalse();
    assertThat(joined(green, coloured(1))).isTrue();
  }

  /** A square of one bright colour channel on black. */
  private static Image coloured(int channel) {
    byte[] pixels = new byte[3 * 256];
    for (int i = 0; i < 64; i++) {
      int at = channel * 256 + (i / 8 + 3) * 16 + i % 8 + 5;
      pixels[at] = (byte) 200;
    }
    return new Image(3, 16, 16, pixels);
  }

  private static boolean joined(Image one, Image other) {
    Groups groups = new Groups(2);
    new NearPictures(2, List.of(one, other)::get).join(new int[] {0, 1}, groups);
    return groups.together(0, 1);
  }

  private static Image noisy(Image image, int strength) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      int noise = CounterRandom.uniform(1, 1, i, strength) - strength / 2;
      pixels[i] = (byte) Math.max(0, Math.min(255, (pixels[i] & 0xff) + noise));
    }
    return new Image(image.channels(), image.height(), image.width(), pixels);
  }

  private static Image darker(Image image) {
    byte[] pixels = new byte[image.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((image.pixels()[i] & 0xff) / 2);
    }
    return new Image(image.channels(), image.height(), image.width(), pixels);
  }

  private static Image pattern(int height, int width, int seed) {
    byte[] pixels = new byte[height * width];
    IntStream.range(0, pixels.length)
        .forEach(
            i -> {
              int y = i / width;
              int x = i % width;
              pixels[i] =
                  (byte) ((x * x * 3 + y * 7 * seed + x * y * (seed + 2)) / (seed + 4) % 256);
            });
    return new Image(1, height, width, pixels);
  }
}
