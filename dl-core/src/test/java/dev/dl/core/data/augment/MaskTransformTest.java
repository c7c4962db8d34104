package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A picture's mask goes where the picture goes: here each pixel is 50 times its class. */
class MaskTransformTest {
  private static final int SAMPLES = 64;
  private static final int TIMES = 50;

  static Stream<Transform> moving() {
    return Stream.of(
        new HorizontalFlip(0.5),
        new VerticalFlip(0.5),
        new PaddedRandomCrop(3),
        new RandomResizedCrop(12, 10, 0.08, 1, 0.75, 1.33, Filter.NEAREST),
        new RandomErasing(0.5, 0.02, 0.33, 0.3, List.of(0)));
  }

  @ParameterizedTest
  @MethodSource("moving")
  void movesTheMaskWithThePicture(Transform transform) {
    int changed = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      Image mask = mask(sample);
      Image moved = transform.ofMask().apply(mask, TestDraws.of(sample));

      assertThat(transform.apply(times(mask), TestDraws.of(sample)).pixels())
          .isEqualTo(times(moved).pixels());
      changed += Arrays.equals(moved.pixels(), mask.pixels()) ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(SAMPLES / 4);
  }

  @Test
  void resizesMasksWithoutNewClassesWhateverTheFilterOfPictures() {
    Transform crop = new RandomResizedCrop(12, 10, 0.08, 1, 0.75, 1.33, Filter.BILINEAR);
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (byte pixel : crop.ofMask().apply(times(mask(sample)), TestDraws.of(sample)).pixels()) {
        assertThat((pixel & 0xff) % TIMES).isZero();
      }
    }
  }

  @Test
  void leavesMasksAsTheyAreWhereColoursChange() {
    Transform jitter = new ColorJitter(0.4, 0.4, 0.4, 0.1);
    assertThat(jitter.ofMask().apply(mask(1), TestDraws.of(1)).pixels())
        .isEqualTo(mask(1).pixels());
  }

  @Test
  void takesFromRandAugmentWhatMovesPixels() {
    RandAugment augment = new RandAugment(1, 20);
    int moved = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      RandAugment.Step step = augment.draw(TestDraws.of(sample)).get(0);
      Image picture = times(mask(sample));
      Image changed = augment.ofMask().apply(picture, TestDraws.of(sample));
      boolean moves =
          List.of("SHEAR_X", "SHEAR_Y", "TRANSLATE_X", "TRANSLATE_Y", "ROTATE")
              .contains(step.operation().name());
      moved += moves ? 1 : 0;
      assertThat(changed.pixels())
          .as("%s", step)
          .isEqualTo(
              moves ? augment.apply(picture, TestDraws.of(sample)).pixels() : picture.pixels());
    }
    assertThat(moved).isBetween(SAMPLES / 8, SAMPLES / 2);
  }

  /** Eleven rows of nine pixels of the classes 1 to 3. */
  private static Image mask(int seed) {
    byte[] pixels = new byte[11 * 9];
    Random random = new Random(seed);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (1 + random.nextInt(3));
    }
    return new Image(1, 11, 9, pixels);
  }

  private static Image times(Image mask) {
    byte[] pixels = mask.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (TIMES * pixels[i]);
    }
    return new Image(1, mask.height(), mask.width(), pixels);
  }
}
