package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.augment.ColorJitter.Adjustment;
import dev.dl.core.data.augment.ColorJitter.Quality;
import dev.dl.core.data.augment.RandAugment.Step;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the first samples draw. These values decide recorded runs: a change to one of them is a
 * change to what a seed means.
 */
class FirstDrawsTest {

  @Test
  void ofFlips() {
    Image picture = new Image(1, 2, 2, new byte[] {0, 1, 2, 3});

    assertThat(firstPixels(new HorizontalFlip(0.5), picture))
        .containsExactly(1, 0, 1, 0, 0, 1, 0, 1);
    assertThat(firstPixels(new VerticalFlip(0.5), picture)).containsExactly(2, 0, 2, 0, 0, 2, 0, 2);
  }

  @Test
  void ofPaddedRandomCrop() {
    Image picture = new Image(1, 2, 2, new byte[] {1, 2, 3, 4});

    assertThat(firstPixels(new PaddedRandomCrop(1), picture))
        .containsExactly(0, 4, 0, 4, 0, 0, 2, 1);
  }

  @Test
  void ofRandomResizedCrop() {
    RandomResizedCrop crop = new RandomResizedCrop(8, 8, 0.08, 1, 0.75, 4 / 3.0, Filter.AREA);

    assertThat(IntStream.range(0, 3).mapToObj(i -> crop.draw(50, 60, TestDraws.of(i))))
        .containsExactly(new Box(25, 30, 24, 23), new Box(1, 4, 49, 56), new Box(4, 3, 20, 22));
  }

  @Test
  void ofRandomErasing() {
    RandomErasing erasing = new RandomErasing(0.5, 0.02, 0.33, 0.3, List.of(0));

    assertThat(IntStream.range(0, 3).mapToObj(i -> erasing.draw(50, 60, TestDraws.of(i))))
        .containsExactly(
            Optional.of(new Box(30, 8, 13, 36)),
            Optional.empty(),
            Optional.of(new Box(1, 23, 39, 16)));
  }

  @Test
  void ofColorJitter() {
    assertThat(new ColorJitter(0.4, 0.4, 0.4, 0.1).draw(TestDraws.of(0)))
        .containsExactly(
            new Adjustment(Quality.HUE, 0.061216715703364066),
            new Adjustment(Quality.SATURATION, 0.8715040559288505),
            new Adjustment(Quality.CONTRAST, 1.0217258133679565),
            new Adjustment(Quality.BRIGHTNESS, 1.1165310979491991));
  }

  @Test
  void ofRandAugment() {
    RandAugment augment = new RandAugment(2, 9);

    assertThat(IntStream.range(0, 3).mapToObj(i -> augment.draw(TestDraws.of(i))))
        .containsExactly(
            List.of(new Step(Operation.SHEAR_X, -9), new Step(Operation.EQUALIZE, 9)),
            List.of(new Step(Operation.AUTO_CONTRAST, 9), new Step(Operation.POSTERIZE, 9)),
            List.of(new Step(Operation.SHEAR_X, 9), new Step(Operation.SHEAR_X, -9)));
  }

  @Test
  void ofMixing() {
    Mixing mixing = new Mixing(0.2, 1, 1);
    List<Mix> mixes =
        IntStream.range(0, 4)
            .mapToObj(i -> mixing.draw(4, 28, 28, TestDraws.of(i)).orElseThrow())
            .toList();

    assertThat(mixes)
        .extracting(Mix::share)
        .containsExactly(
            0.9591836734693877, 0.05054616456561633, 0.6915609500521499, 0.3071913019567821);
    assertThat(mixes)
        .extracting(Mix::box)
        .containsExactly(
            Optional.of(new Box(0, 18, 4, 8)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  private static IntStream firstPixels(Transform transform, Image picture) {
    return IntStream.range(0, 8).map(i -> transform.apply(picture, TestDraws.of(i)).pixels()[0]);
  }
}
