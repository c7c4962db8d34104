package dev.dl.models.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.models.layer.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeadTest {
  private static final Input PICTURES = ImageInput.of(3, 4, 6);
  private static final Input TEXTS = new TextInput(5, 7);

  @Test
  void takesARowForEachPixelOrTokenOrOneAlone() {
    Map<Head, Shape> ofPictures =
        Map.of(
            Head.classes(2), Shape.of(2),
            Head.labels(3), Shape.of(3),
            Head.values(1), Shape.of(1),
            Head.pixels(2), Shape.of(24, 2));
    ofPictures.forEach((head, shape) -> requireOnly(head, PICTURES, shape));
    requireOnly(Head.tags(3), TEXTS, Shape.of(5, 3));
    requireOnly(Head.next(7), TEXTS, Shape.of(5, 7));
    requireOnly(Head.classes(7), TEXTS, Shape.of(7));
  }

  private static void requireOnly(Head head, Input input, Shape shape) {
    head.requireShape(input, shape);
    Shape other = Shape.of(3, head.outputs());
    assertThatThrownBy(() -> head.requireShape(input, other))
        .hasMessage("it gives " + other + ", expected " + shape);
  }

  @Test
  void tellsTheNextTokenOfItsVocabularyOnly() {
    Head.next(7).requireTokens(7);
    Head.classes(7).requireTokens(7);
    assertThatThrownBy(() -> Head.next(6).requireTokens(7)).hasMessageContaining("got 6 next");
    assertThatThrownBy(() -> Head.tags(7).requireTokens(7)).hasMessageContaining("got 7 tags");
  }
}
