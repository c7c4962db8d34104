package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class LossResultTest {
  private static LossResult onDevice(double sum, double correct, double counted) {
    return LossResult.onDevice(Nd4j.createFromArray(sum, correct, counted));
  }

  @Test
  void figuresOfADeviceAddUpToWhatKnownOnesDo() {
    LossResult known = new LossResult(1.5, 2, 3).plus(new LossResult(0.25, 0, 4));
    assertThat(known).isEqualTo(new LossResult(1.75, 2, 7));
    assertThat(onDevice(1.5, 2, 3).plus(onDevice(0.25, 0, 4))).isEqualTo(known);
    assertThat(onDevice(1.5, 2, 3).plus(new LossResult(0.25, 0, 4))).isEqualTo(known);
    assertThat(LossResult.NOTHING.plus(onDevice(1.75, 2, 7))).isEqualTo(known);
    assertThat(onDevice(1.75, 2, 7).plus(LossResult.NOTHING)).isEqualTo(known);
  }

  @Test
  void keepsItsFiguresWhateverBecomesOfTheirArray() {
    INDArray figures = Nd4j.createFromArray(1.5, 2, 3);
    LossResult result = LossResult.onDevice(figures);
    figures.assign(0);
    assertThat(result.fetched()).isEqualTo(new LossResult(1.5, 2, 3));
  }

  @Test
  void aSumThatIsNotANumberStaysOne() {
    assertThat(onDevice(Double.NaN, 0, 1).plus(onDevice(1, 1, 1)).sum()).isNaN();
  }
}
