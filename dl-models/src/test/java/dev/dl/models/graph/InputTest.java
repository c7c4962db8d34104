package dev.dl.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.models.layer.Shape;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmClassifier;
import dev.dl.models.vision.ResNet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InputTest {
  private static final Input TABLE = new TableInput(3, List.of(4, 2));

  @Test
  void isAVectorOfIdsOrColumnsOrAnImage() {
    assertThat(ImageInput.of(3, 8, 6).shape()).isEqualTo(Shape.of(3, 8, 6));
    assertThat(new TextInput(12, 100).shape()).isEqualTo(Shape.of(12));
    assertThat(TABLE.shape()).isEqualTo(Shape.of(5));
  }

  @Test
  void isRefusedByArchitecturesOfAnotherKind() {
    assertThatThrownBy(() -> ResNet.RESNET_20.define(TABLE, Head.classes(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("got rows of 3 numbers and 2 categories, expected images");
    assertThatThrownBy(() -> LstmClassifier.LSTM.define(ImageInput.of(1, 2, 2), Head.classes(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("got 1x2x2 images, expected texts");
    assertThatThrownBy(() -> new TextInput(5, 9).table())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("got texts of 5 tokens of 9, expected rows of a table");
  }

  @Test
  void rowsOfRatingsAreAboutAUserAndAnItem() {
    TableInput ratings = new TableInput(2, List.of(4, 3, 7), List.of(4, 0));

    assertThat(ratings.item()).containsExactly(0, 4);
    assertThat(ratings.user()).containsExactly(1, 2, 3);
    assertThat(ratings.part(ratings.item())).isEqualTo(new TableInput(1, List.of(7)));
    assertThat(ratings.part(ratings.user())).isEqualTo(new TableInput(1, List.of(4, 3)));
    assertThatThrownBy(() -> new TableInput(1, List.of(4), List.of(2)))
        .hasMessage("got an item at [2], expected positions below 2");
  }

  @Test
  void languageModelsTellOneClassForEachToken() {
    Input text = new TextInput(5, 9);
    assertThatThrownBy(() -> Gpt.NANO.define(text, Head.classes(8)))
        .hasMessage("got 8 classes, expected one class for each of 9 tokens");
    assertThatThrownBy(() -> Gpt.NANO.define(text, Head.labels(9)))
        .hasMessage("got 9 labels, expected one class for each of 9 tokens");
  }

  @Test
  void refusesSizesOfNothing() {
    assertThatThrownBy(() -> new TextInput(0, 9)).hasMessageContaining("length 0");
    assertThatThrownBy(() -> new TextInput(5, 1 << 23, 3))
        .hasMessageContaining("3 types of 8388608 token ids, expected at most 16777216 in all");
    assertThatThrownBy(() -> new TableInput(0, List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new TableInput(2, List.of(0))).hasMessageContaining("[0]");
    assertThatThrownBy(() -> Head.classes(1)).hasMessageContaining("at least 2");
    assertThat(Head.values(1).outputs()).isEqualTo(1);
  }
}
