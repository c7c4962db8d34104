package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.image.Filter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomResizedCropTest {
  private static final int HEIGHT = 300;
  private static final int WIDTH = 400;

  @Test
  void drawsAreasAndRatiosEvenlyWithinTheirBounds() {
    RandomResizedCrop crop = new RandomResizedCrop(8, 8, 0.1, 0.5, 0.75, 4 / 3.0, Filter.BILINEAR);
    List<Box> boxes =
        IntStream.range(0, 4_000)
            .mapToObj(sample -> crop.draw(HEIGHT, WIDTH, TestDraws.of(sample)))
            .toList();

    assertThat(boxes)
        .allSatisfy(
            box -> {
              assertThat(share(box)).isBetween(0.099, 0.505);
              assertThat(ratio(box)).isBetween(0.74, 1.35);
              assertThat(box.top() + box.height()).isLessThanOrEqualTo(HEIGHT);
              assertThat(box.left() + box.width()).isLessThanOrEqualTo(WIDTH);
            });
    assertThat(boxes.stream().mapToDouble(RandomResizedCropTest::share).average().orElseThrow())
        .isCloseTo(0.3, within(0.006));
    assertThat(boxes.stream().filter(box -> ratio(box) > 1).count()).isBetween(1_880L, 2_120L);
    assertThat(boxes.stream().filter(box -> 2 * box.top() + box.height() > HEIGHT).count())
        .isBetween(1_850L, 2_150L);
  }

  /** torchvision's {@code RandomResizedCrop.get_params} for areas of 1, which hardly ever fit. */
  @ParameterizedTest
  @CsvSource({
    "  10, 1000, 0.75, 1.3333333333333333,   0, 493,  10, 13",
    "1000,   10, 0.75, 1.3333333333333333, 493,   0,  13, 10",
    "   7,   20, 0.75, 1.3333333333333333,   0,   5,   7,  9",
    "  20,    7, 0.80, 1.2,                  5,   0,   9,  7",
    " 100,   90, 0.50, 0.6,                  0,  15, 100, 60",
    "  11,   11, 1.50, 2.0,                  2,   0,   7, 11",
    "  64,   64, 0.01, 0.02,                 0,  31,  64,  1"
  })
  void takesTheCentreWhereNothingFits(
      int height,
      int width,
      double minimum,
      double maximum,
      int top,
      int left,
      int tall,
      int wide) {
    RandomResizedCrop crop = new RandomResizedCrop(8, 8, 1, 1, minimum, maximum, Filter.BILINEAR);

    assertThat(crop.draw(height, width, TestDraws.of(0))).isEqualTo(new Box(top, left, tall, wide));
  }

  @Test
  void refusesBoundsThatAreNone() {
    assertRefused(0, 8, 0.1, 1, 1, 1, "crop to 0x8");
    assertRefused(8, 8, 0, 1, 1, 1, "areas from 0.0 to 1.0");
    assertRefused(8, 8, 0.5, 0.4, 1, 1, "areas from 0.5 to 0.4");
    assertRefused(8, 8, 0.5, 1.1, 1, 1, "areas from 0.5 to 1.1");
    assertRefused(8, 8, 0.5, 1, 0, 1, "ratios from 0.0 to 1.0");
    assertRefused(8, 8, 0.5, 1, 2, 1, "ratios from 2.0 to 1.0");
    assertRefused(8, 8, 0.5, 1, Double.NaN, 1, "ratios from NaN to 1.0");
  }

  private static void assertRefused(
      int height,
      int width,
      double minimumArea,
      double maximumArea,
      double minimumRatio,
      double maximumRatio,
      String found) {
    assertThatThrownBy(
            () ->
                new RandomResizedCrop(
                    height,
                    width,
                    minimumArea,
                    maximumArea,
                    minimumRatio,
                    maximumRatio,
                    Filter.BILINEAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(found);
  }

  private static double share(Box box) {
    return box.area() / (double) (HEIGHT * WIDTH);
  }

  private static double ratio(Box box) {
    return (double) box.width() / box.height();
  }
}
