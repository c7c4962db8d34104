package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.augment.ColorJitter.Adjustment;
import dev.dl.core.data.augment.ColorJitter.Quality;
import dev.dl.core.data.image.Image;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColorJitterTest {

  @Test
  void adjustsInEveryOrderEquallyOften() {
    List<Long> counts =
        draws(new ColorJitter(0.4, 0.4, 0.4, 0.1))
            .map(adjustments -> adjustments.stream().map(Adjustment::quality).toList())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
            .values()
            .stream()
            .toList();

    assertThat(counts).hasSize(24).allSatisfy(count -> assertThat(count).isBetween(330L, 510L));
  }

  @Test
  void drawsFactorsEvenlyWithinTheirBounds() {
    ColorJitter jitter = new ColorJitter(0.4, 2, 0.1, 0.3);

    assertRange(jitter, Quality.BRIGHTNESS, 0.6, 1.4);
    assertRange(jitter, Quality.CONTRAST, 0, 3);
    assertRange(jitter, Quality.SATURATION, 0.9, 1.1);
    assertRange(jitter, Quality.HUE, -0.3, 0.3);
  }

  /** As Pillow's {@code ImageEnhance.Contrast}, for which 0 and 1 have the mean 1. */
  @Test
  void roundsTheMeanGreyUp() {
    Image picture = new Image(1, 1, 2, new byte[] {0, 1});

    assertThat(new Adjustment(Quality.CONTRAST, 0).apply(picture).pixels()).containsExactly(1, 1);
  }

  @Test
  void leavesWhatHasNoStrength() {
    Image picture = new Image(3, 1, 1, new byte[] {1, 2, 3});

    assertThat(new ColorJitter(0, 0, 0, 0).apply(picture, TestDraws.of(0))).isSameAs(picture);
    assertThat(new ColorJitter(0, 0, 0.5, 0).draw(TestDraws.of(0)))
        .extracting(Adjustment::quality)
        .containsExactly(Quality.SATURATION);
  }

  @Test
  void refusesStrengthsOutOfBounds() {
    assertThatThrownBy(() -> new ColorJitter(-1, 0, 0, 0)).hasMessage("brightness -1.0");
    assertThatThrownBy(() -> new ColorJitter(0, Double.NaN, 0, 0)).hasMessage("contrast NaN");
    assertThatThrownBy(() -> new ColorJitter(0, 0, 0, 0.6)).hasMessage("hue 0.6");
  }

  private static void assertRange(ColorJitter jitter, Quality quality, double low, double high) {
    DoubleSummaryStatistics amounts =
        draws(jitter)
            .flatMap(List::stream)
            .filter(adjustment -> adjustment.quality() == quality)
            .mapToDouble(Adjustment::amount)
            .summaryStatistics();
    double slack = (high - low) / 50;
    assertThat(amounts.getCount()).isEqualTo(10_000);
    assertThat(amounts.getMin()).isBetween(low, low + slack);
    assertThat(amounts.getMax()).isBetween(high - slack, high);
    assertThat(amounts.getAverage()).isBetween((low + high - slack) / 2, (low + high + slack) / 2);
  }

  private static Stream<List<Adjustment>> draws(ColorJitter jitter) {
    return IntStream.range(0, 10_000).mapToObj(sample -> jitter.draw(TestDraws.of(sample)));
  }
}
