package dev.dl.core.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.Standardization;
import dev.dl.core.data.cell.TestRows;
import dev.dl.core.data.rows.Row;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablePreprocessingTest {
  private static final List<String> TRAINING =
      List.of(
          "colour,age,born,income,y",
          "red,1,2024-01-01,,a",
          "blue,3,2024-01-03,5,b",
          "red,1,2024-01-01,5,a",
          "blue,3,2024-01-03,5,b",
          "red,2,2024-01-02,5,a",
          "green,2,2024-01-02,5,b",
          ",2,2024-01-02,5,b");

  @Test
  void putsNumbersFirstThenDatesThenCodes() {
    TablePreprocessing preprocessing = fit();

    assertThat(preprocessing.featureNames())
        .containsExactly(
            "age",
            "income",
            "income missing",
            "born day",
            "born sine of year",
            "born cosine of year",
            "born sine of week",
            "born cosine of week",
            "colour");
    assertThat(preprocessing.numericFeatures()).isEqualTo(8);
    assertThat(preprocessing.cardinalities()).containsExactly(4);
    assertThat(preprocessing.columns()).containsExactly("age", "income", "born", "colour");
  }

  @Test
  void knowsWhereEachColumnLiesInARow() {
    assertThat(fit().positions(List.of("colour", "income"), "data.table.item"))
        .containsExactly(1, 2, 8);
    assertThat(fit().positions(List.of(), "data.table.item")).isEmpty();
    assertThatThrownBy(() -> fit().positions(List.of("age", "size"), "data.table.item"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "data.table.item: got no column 'size' that the model is given, expected one of age,"
                + " income, born, colour");
  }

  @Test
  void codesUnknownThenMissingThenCategoriesByCount() {
    assertThat(fit().categorical())
        .containsExactly(new CategoricalColumn("colour", true, List.of("red", "blue")));
    assertThat(code("purple")).isEqualTo(0);
    assertThat(code("green")).isEqualTo(0);
    assertThat(code("")).isEqualTo(1);
    assertThat(code("red")).isEqualTo(2);
    assertThat(code(" blue ")).isEqualTo(3);
  }

  @Test
  void codesFixedCategoriesInTheirOrderWhateverTrainingHas() {
    TableSchema schema = TableSchema.infer(TestRows.of(TRAINING), List.of("y"));
    List<String> fixed = List.of("black", "blue", "red");
    TablePreprocessing preprocessing =
        TablePreprocessing.fit(TestRows.of(TRAINING), schema, new CategoryLimits(1, 4, fixed));
    assertThat(preprocessing.categorical())
        .containsExactly(new CategoricalColumn("colour", false, fixed));
    assertThat(preprocessing.cardinalities()).containsExactly(4);
  }

  @Test
  void takesMissingValuesForUnknownWhereTrainingHadNone() {
    TablePreprocessing preprocessing =
        new TablePreprocessing(
            List.of(new NumericColumn("x", new Standardization(2, 1), false)),
            List.of(),
            List.of(new CategoricalColumn("c", false, List.of("red"))));

    float[] encoded =
        preprocessing
            .encoder(TestRows.FILE, List.of("x", "c"))
            .encode(new Row(2, Arrays.asList("NA", null)));

    assertThat(encoded).containsExactly(0, 0);
    assertThat(preprocessing.cardinalities()).containsExactly(2);
  }

  @Test
  void encodesMissingNumbersAsTheMeanWithAnIndicatorAndWhatNeverVariedAsZero() {
    float[] missing = encode(TRAINING.get(0), "red,2,2024-01-02,,");
    float[] present = encode(TRAINING.get(0), "red,2,2024-01-02,77,");

    assertThat(missing).startsWith(0, 0, 1);
    assertThat(present).startsWith(0, 0, 0);
  }

  @Test
  void matchesColumnsByNameWhateverTheirOrder() {
    assertThat(encode("more,born,income,colour,age", "x,2024-01-03,5,blue,1"))
        .containsExactly(encode("colour,age,born,income", "blue,1,2024-01-03,5"));
  }

  @Test
  void tellsOfColumnsThatTrainingDidNotHave() {
    assertThat(fit().notices(List.of("more", "born", "income", "colour", "age", "y"), List.of("y")))
        .containsExactly("column 'more' is ignored: training did not have it");
  }

  @Test
  void refusesFilesWithoutAColumnOfTrainingByItsName() {
    assertThatThrownBy(() -> fit().encoder(TestRows.FILE, List.of("age", "born", "colour")))
        .isInstanceOf(CellException.class)
        .hasMessage("table.csv: found columns age, born, colour, expected a column 'income' too");
  }

  @Test
  void tellsEveryWrongCellOfARow() {
    assertThatThrownBy(() -> encode(TRAINING.get(0), "red,abc,yesterday,inf,"))
        .asInstanceOf(InstanceOfAssertFactories.type(CellException.class))
        .extracting(CellException::problems)
        .isEqualTo(
            List.of(
                "table.csv:2:2 age: found 'abc', expected a number",
                "table.csv:2:4 income: found 'inf', expected a finite number, of at most 1e100",
                "table.csv:2:3 born: found 'yesterday', expected a date such as 2024-12-31 or"
                    + " 2024-12-31T23:59:59"));
  }

  @Test
  void tellsEveryWrongCellOfTheTrainingRows() {
    TableSchema schema = TableSchema.infer(TestRows.of("x", "1", "inf", "3", "1e200"), List.of());

    assertThatThrownBy(
            () ->
                TablePreprocessing.fit(
                    TestRows.of("x", "1", "inf", "3", "1e200"), schema, CategoryLimits.DEFAULT))
        .hasMessage(
            "table.csv:3:1 x: found 'inf', expected a finite number, of at most 1e100\n"
                + "table.csv:5:1 x: found '1e200', expected a finite number, of at most 1e100");
  }

  @Test
  void stopsAfterTwentyProblems() {
    List<String> texts = Collections.nCopies(1000, "abc");
    TableSchema schema =
        TableSchema.infer(TestRows.column("x", texts), List.of())
            .withKinds(Map.of("x", ColumnKind.NUMERIC), "data.columns");
    TestRows rows = TestRows.column("x", texts);

    assertThatThrownBy(() -> TablePreprocessing.fit(rows, schema, CategoryLimits.DEFAULT))
        .hasMessageEndingWith("\nstopped after 20 problems; there may be more");
    assertThat(rows.next().line()).isEqualTo(22);
  }

  @Test
  void refusesTablesWithoutRowsOrColumnsToLearnFrom() {
    TableSchema schema = TableSchema.infer(TestRows.of("x,y", "1,2", "2,1"), List.of("y"));
    TableSchema nothing = schema.withKinds(Map.of("x", ColumnKind.IGNORED), "data.columns");

    assertThatThrownBy(
            () -> TablePreprocessing.fit(TestRows.of("x,y"), schema, CategoryLimits.DEFAULT))
        .hasMessage("table.csv: found no rows, expected some to learn from");
    assertThatThrownBy(
            () ->
                TablePreprocessing.fit(TestRows.of("x,y", "1,2"), nothing, CategoryLimits.DEFAULT))
        .hasMessage("table.csv: found no column that is not ignored, expected some to learn from");
  }

  @Test
  void travelsInTheRunToTheIdenticalValue(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("preprocessing.json");
    TablePreprocessing preprocessing = fit();

    Files.write(file, JsonFile.bytes(preprocessing));

    assertThat(JsonFile.read(file, TablePreprocessing.class)).isEqualTo(preprocessing);
    assertThat(JsonFile.bytes(JsonFile.read(file, TablePreprocessing.class)))
        .isEqualTo(Files.readAllBytes(file));
  }

  private static TablePreprocessing fit() {
    TableSchema schema = TableSchema.infer(TestRows.of(TRAINING), List.of("y"));
    return TablePreprocessing.fit(TestRows.of(TRAINING), schema, CategoryLimits.DEFAULT);
  }

  private static float code(String colour) {
    return encode(TRAINING.get(0), colour + ",2,2024-01-02,5,")[8];
  }

  private static float[] encode(String header, String line) {
    TestRows rows = TestRows.of(header, line);
    return fit().encoder(rows.file(), rows.columns()).encode(rows.next());
  }
}
