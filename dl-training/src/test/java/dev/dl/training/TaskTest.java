package dev.dl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.RowPreprocessing;
import dev.dl.core.data.cell.Standardization;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.table.CategoricalColumn;
import dev.dl.core.data.table.TablePreprocessing;
import dev.dl.core.data.target.AnomalyEncoding;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.LabelEncoding;
import dev.dl.core.data.target.QuantityEncoding;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.metric.PixelMetrics;
import dev.dl.models.KnownModels;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.TableInput;
import dev.dl.training.spec.RunSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TaskTest {
  private static RunSpec spec(String model, String... overrides) {
    String minimal = "{name: test, data: {source: table}, model: {name: " + model + "}}";
    return ConfigReader.parse(minimal, "test", List.of(overrides), RunSpec.class);
  }

  private static RowPreprocessing ratings() {
    List<CategoricalColumn> columns =
        Stream.of("user", "film", "genre")
            .map(name -> new CategoricalColumn(name, false, List.of("a", "b")))
            .toList();
    return new RowPreprocessing(
        new TablePreprocessing(List.of(), List.of(), columns),
        new QuantityEncoding("stars", new Standardization(3, 1)));
  }

  @Test
  void knowsTheColumnsOfTheItem() {
    RunSpec spec = spec("two-tower", "data.table.item=[genre, film]");

    Input input = Task.of(ratings(), spec).input();

    assertThat(input).isEqualTo(new TableInput(0, List.of(3, 3, 3), List.of(1, 2)));
  }

  @Test
  void tellsWhichSettingNamesTheItem() {
    RunSpec spec = spec("two-tower");
    Task task = Task.of(ratings(), spec);

    assertThatThrownBy(() -> task.graph(spec, KnownModels.shipped()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.name")
        .hasMessageContaining("no columns of the item, expected data.table.item to name some");
    assertThatThrownBy(() -> Task.of(ratings(), spec("two-tower", "data.table.item=[movie]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.table.item: got no column 'movie'");
  }

  @Test
  void tellsAnomaliesOfRowsWithNumbersAlone() {
    var target = new AnomalyEncoding(List.of(), List.of());
    var names = new CategoricalColumn("town", false, List.of("a", "b"));
    var features = new TablePreprocessing(List.of(), List.of(), List.of(names));

    assertThatThrownBy(() -> Task.of(new RowPreprocessing(features, target), spec("fm")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.target.kind: got anomaly of rows of 0 numbers and 1 categories");
  }

  @Test
  void wantsTwoClassesOrOneLabel() {
    assertThatThrownBy(() -> of(new ClassEncoding("kind", List.of("a"))))
        .isInstanceOf(DataException.class)
        .hasMessage("data.target: found classes [a], expected at least 2 of them");
    assertThatThrownBy(() -> of(new LabelEncoding("kinds", " ", List.of())))
        .isInstanceOf(DataException.class)
        .hasMessage("data.target: found labels [], expected at least 1 of them");
    assertThat(of(new LabelEncoding("kinds", " ", List.of("a"))).head().outputs()).isEqualTo(1);
  }

  private static Task of(TargetEncoding target) {
    return Task.of(new RowPreprocessing(ratings().features(), target), spec("fm"));
  }

  @Test
  void isJudgedByTheMetricThatEvaluationsTellFirst() {
    List<Task> tasks =
        Stream.of(
                new ClassEncoding("kind", List.of("a", "b")),
                new LabelEncoding("kinds", " ", List.of("a", "b")),
                new QuantityEncoding("stars", new Standardization(3, 1)))
            .map(TaskTest::of)
            .toList();

    assertThat(tasks)
        .allSatisfy(
            task ->
                assertThat(task.metrics().get().result().metrics().keySet())
                    .startsWith(task.names().get(0)));
    assertThat(tasks)
        .extracting(task -> task.names().get(0))
        .containsExactly("accuracy", "microF1", "rmse");
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
