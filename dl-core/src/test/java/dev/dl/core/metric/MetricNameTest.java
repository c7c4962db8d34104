package dev.dl.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNameTest {
  @Test
  void knowsTheSplitTheDirectionAndTheUnit() {
    MetricName accuracy = MetricName.of("test.accuracy");
    assertThat(accuracy).isEqualTo(new MetricName("test", "accuracy")).hasToString("test.accuracy");
    assertThat(accuracy.lessIsBetter()).isFalse();
    assertThat(accuracy.isShare()).isTrue();
    assertThat(MetricName.of("validation.loss").lessIsBetter()).isTrue();
    assertThat(MetricName.of("validation.loss").isShare()).isFalse();
  }

  @Test
  void takesNamesWithoutASplit() {
    assertThat(MetricName.of("rmse")).isEqualTo(new MetricName("", "rmse"));
    assertThat(MetricName.of("rmse").lessIsBetter()).isTrue();
  }
}
