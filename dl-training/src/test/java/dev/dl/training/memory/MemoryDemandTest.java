package dev.dl.training.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.training.memory.MemoryDemand.Line;
import org.junit.jupiter.api.Test;

class MemoryDemandTest {
  private static final MemoryDemand DEMAND =
      new MemoryDemand(100, 90, 180, Line.through(8, 1_600, 16, 3_200), new Line(30, 1), 64);

  @Test
  void goesOnInALineFromTwoPoints() {
    assertThat(Line.through(8, 1_000, 16, 1_800)).isEqualTo(new Line(200, 100));
    assertThat(Line.through(1, 70, 1, 70)).isEqualTo(new Line(70, 0));
    assertThat(DEMAND.at(64)).isEqualTo(new MemoryEstimate(64, 100, 90, 180, 12_800, 94));
    assertThat(DEMAND.at(64).total()).isEqualTo(13_264);
  }

  @Test
  void takesTwoGradientsWhereMicroBatchesAreAddedUp() {
    assertThat(DEMAND.at(32)).isEqualTo(new MemoryEstimate(32, 100, 180, 180, 6_400, 62));
  }

  @Test
  void tellsHowManySamplesFit() {
    assertThat(DEMAND.mostWithin(13_264)).hasValue(64);
    assertThat(DEMAND.mostWithin(13_263)).hasValue(32);
    assertThat(DEMAND.mostWithin(DEMAND.at(1).total())).hasValue(1);
    assertThat(DEMAND.mostWithin(DEMAND.at(1).total() - 1)).isEmpty();
  }
}
