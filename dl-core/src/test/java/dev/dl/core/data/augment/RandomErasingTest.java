package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
  private static final int SIDE = 100;

  @Test
  void erasesThisShareOfThePicturesWithinTheBounds() {
    RandomErasing erasing = new RandomErasing(0.25, 0.02, 0.4, 0.3, List.of(0));
    List<Box> boxes =
        IntStream.range(0, 8_000)
            .mapToObj(sample -> erasing.draw(SIDE, SIDE, TestDraws.of(sample)))
            .flatMap(Optional::stream)
            .toList();

    assertThat(boxes).hasSizeBetween(1_860, 2_140);
    assertThat(boxes)
        .allSatisfy(
            box -> {
              assertThat(box.area() / (double) (SIDE * SIDE)).isBetween(0.018, 0.42);
              assertThat((double) box.width() / box.height()).isBetween(0.27, 3.7);
              assertThat(box.top() + box.height()).isLessThanOrEqualTo(SIDE);
              assertThat(box.left() + box.width()).isLessThanOrEqualTo(SIDE);
            });
  }

  @Test
  void paintsColoursAloneOrEveryChannel() {
    Image picture = new Image(2, 1, 2, new byte[] {1, 2, 3, 4});
    Box right = new Box(0, 1, 1, 1);

    assertThat(filledWith(200).with(picture, right).pixels()).containsExactly(1, 200, 3, 4);
    assertThat(filledWith(9, 8).with(picture, right).pixels()).containsExactly(1, 9, 3, 8);
    assertThatThrownBy(() -> filledWith(9, 8, 7).with(picture, right))
        .hasMessage("3 fills for 2 channels");
  }

  @Test
  void leavesAPictureThatNoBoxFits() {
    Image picture = new Image(1, 1, SIDE, new byte[SIDE]);
    RandomErasing erasing = new RandomErasing(1, 0.5, 1, 1, List.of(255));

    assertThat(erasing.apply(picture, TestDraws.of(0))).isSameAs(picture);
  }

  @Test
  void refusesParametersOutOfBounds() {
    assertThatThrownBy(() -> new RandomErasing(2, 0.1, 0.2, 1, List.of(0)))
        .hasMessage("probability 2.0");
    assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.2, 1.1, List.of(0)))
        .hasMessage("ratios from 1.1");
    assertThatThrownBy(() -> new RandomErasing(1, 0.3, 0.2, 1, List.of(0)))
        .hasMessage("areas from 0.3 to 0.2");
    assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.2, 1, List.of())).hasMessage("fill []");
    assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.2, 1, List.of(256)))
        .hasMessage("fill [256]");
  }

  private static RandomErasing filledWith(Integer... fill) {
    return new RandomErasing(1, 0.1, 0.2, 1, List.of(fill));
  }
}
