package dev.dl.core.data.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void losesNothingFarFromZero() {
    Moments moments = new Moments();
    for (int i = 0; i < 1000; i++) {
      moments.add(1e9 + i % 2);
    }

    Standardization standardization = moments.standardization();
    assertThat(standardization.mean()).isCloseTo(1e9 + 0.5, within(1e-6));
    assertThat(standardization.deviation()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void makesWhatNeverVariesZero() {
    Moments moments = new Moments();
    for (int i = 0; i < 10; i++) {
      moments.add(0.1);
    }

    Standardization standardization = moments.standardization();
    assertThat(standardization).isEqualTo(new Standardization(0.1, 0));
    assertThat(standardization.apply(5)).isZero();
    assertThat(standardization.restore(3)).isEqualTo(0.1);
  }

  @Test
  void restoresWhatItStandardized() {
    Standardization standardization = new Standardization(-3, 4);

    assertThat(standardization.apply(5)).isEqualTo(2);
    assertThat(standardization.restore(2)).isEqualTo(5);
  }

  @Test
  void refusesNumbersThatNoFloatHoldsAfterwards() {
    Cell cell = new Cell(TestRows.FILE, 2, 1, "x", "1e90");

    assertThatThrownBy(() -> new Standardization(0, 1).apply(cell))
        .hasMessage(
            "table.csv:2:1 x: found '1e90', expected a number less far from 0.0, the mean of"
                + " training");
  }
}
