package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.augment.RandAugment.Step;
import dev.dl.core.data.image.Image;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandAugmentTest {
  private static final int SAMPLES = 7_000;

  @Test
  void drawsEveryOperationEquallyOftenAndEitherWay() {
    RandAugment augment = new RandAugment(2, 9);
    List<Step> steps =
        IntStream.range(0, SAMPLES)
            .mapToObj(sample -> augment.draw(TestDraws.of(sample)))
            .flatMap(List::stream)
            .toList();

    assertThat(steps).hasSize(2 * SAMPLES);
    for (Operation operation : Operation.values()) {
      long either = steps.stream().filter(step -> step.operation() == operation).count();
      long forwards = steps.stream().filter(new Step(operation, 9)::equals).count();
      long backwards = steps.stream().filter(new Step(operation, -9)::equals).count();
      assertThat(either).as(operation.name()).isBetween(880L, 1_120L);
      assertThat(forwards + backwards).isEqualTo(either);
      assertThat(backwards)
          .isBetween(operation.signed() ? 420L : 0L, operation.signed() ? 580L : 0L);
    }
  }

  @Test
  void leavesThePictureWithoutOperations() {
    Image picture = new Image(1, 1, 1, new byte[1]);

    assertThat(new RandAugment(0, 9).apply(picture, TestDraws.of(0))).isSameAs(picture);
  }

  @Test
  void refusesMagnitudesWithoutALevel() {
    assertThatThrownBy(() -> new RandAugment(2, 31)).hasMessage("magnitude 31");
    assertThatThrownBy(() -> new RandAugment(2, -1)).hasMessage("magnitude -1");
    assertThatThrownBy(() -> new RandAugment(-1, 1)).hasMessage("-1 operations");
  }
}
