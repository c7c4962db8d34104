package dev.dl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.RowPreprocessing;
import dev.dl.core.data.cell.Standardization;
import dev.dl.core.data.table.CategoricalColumn;
import dev.dl.core.data.table.TablePreprocessing;
import dev.dl.core.data.target.AnomalyEncoding;
import dev.dl.core.metric.PixelMetrics;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskTest {
  @Test
  void tellsAnomaliesOfRowsWithNumbersAlone() {
    var target = new AnomalyEncoding(List.of(), List.of());
    var names = new CategoricalColumn("town", false, List.of("a", "b"));
    var features = new TablePreprocessing(List.of(), List.of(), List.of(names));

    assertThatThrownBy(() -> Task.of(new RowPreprocessing(features, target), 5))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.target.kind: got anomaly of rows of 0 numbers and 1 categories");
  }

  @Test
  void tellsTheShareOfThePixelsThatEachClassHas() {
    Task task =
        new Task(
            ImageInput.of(1, 2, 2),
            Head.pixels(3),
            () -> new PixelMetrics(3),
            List.of("meanIoU"),
            false,
            new Standardization(0, 1));
    float[] logits = {0, 1, 0, 2, 0, 0, 0, 3, 2, -2, -1, -3};

    Answer answer = task.answer("a.png", logits, List.of("sky", "road", "car"));

    assertThat(answer).isEqualTo(new Answer("a.png", "road 75.0 %, sky 25.0 %", null));
  }
}
