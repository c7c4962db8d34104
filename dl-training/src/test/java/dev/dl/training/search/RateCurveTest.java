package dev.dl.training.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateCurveTest {
  private static final int STEPS = 81;

  @Test
  void suggestsAThirdOfTheRateWithTheLowestLoss() {
    RateCurve curve = curve(decade -> (decade + 2) * (decade + 2));

    assertThat(curve.lowest().orElseThrow().rate()).isBetween(0.0099, 0.0101);
    assertThat(curve.suggestion()).contains(0.0033);
  }

  @Test
  void singleBatchesHardlyMoveTheSuggestion() {
    RateCurve curve = curve(decade -> (decade + 2) * (decade + 2) + (decade == -5 ? -8 : 0));

    assertThat(curve.suggestion().orElseThrow()).isBetween(0.003, 0.0037);
  }

  @Test
  void suggestsNothingWhereTheLossDidNotFall() {
    assertThat(curve(decade -> 2).suggestion()).isEmpty();
    assertThat(curve(decade -> decade + 8).suggestion()).isEmpty();
    assertThat(RateCurve.of(List.of(), List.of(), STEPS).suggestion()).isEmpty();
  }

  @Test
  void isOverWhenTheLossIsNotFiniteOrFarAboveItsLowest() {
    List<Double> falling = List.of(5.0, 4.0, 3.0, 2.0, 2.0, 1.0);
    assertThat(RateCurve.isBeyond(falling)).isFalse();
    assertThat(RateCurve.isBeyond(List.of(1.0, Double.NaN))).isTrue();
    assertThat(RateCurve.isBeyond(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 8.0, 8.0))).isFalse();
    assertThat(RateCurve.isBeyond(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 8.0, 8.0, 8.0))).isTrue();
  }

  @Test
  void leavesOutTheLossThatIsNotFinite() {
    RateCurve curve = RateCurve.of(List.of(1.0, 2.0), List.of(3.0, Double.NaN), STEPS);

    assertThat(curve.diverged()).isTrue();
    assertThat(curve.points()).hasSize(1);
  }

  /** From 1e-7 to 10, a tenth of a decade a step. */
  private static RateCurve curve(DoubleUnaryOperator lossOfDecade) {
    List<Double> decades = IntStream.range(0, STEPS).mapToObj(step -> (step - 70) / 10.0).toList();
    return RateCurve.of(
        decades.stream().map(decade -> Math.pow(10, decade)).toList(),
        decades.stream().map(lossOfDecade::applyAsDouble).toList(),
        STEPS);
  }
}
