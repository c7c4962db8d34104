package dev.dl.core.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.TestRows;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableSchemaTest {
  static Stream<Arguments> columns() {
    return Stream.of(
        Arguments.of(
            List.of("1", "1e3", "-0.5"),
            new TableColumn(
                "x", ColumnKind.NUMERIC, 3, 0, "-0.5 to 1000.0", "every value is a number")),
        Arguments.of(
            List.of("1", "0", "1.0", "NA", "?"),
            new TableColumn(
                "x", ColumnKind.NUMERIC, 2, 2, "0.0 to 1.0", "every value is a number")),
        Arguments.of(
            List.of("0123", "4567", "4567"),
            new TableColumn(
                "x",
                ColumnKind.CATEGORICAL,
                2,
                0,
                "'0123', '4567'",
                "2 of 3 values are numbers, but '0123' on line 2 is none")),
        Arguments.of(
            List.of("red", "blue", "red", "green", "black", ""),
            new TableColumn(
                "x",
                ColumnKind.CATEGORICAL,
                4,
                1,
                "'red', 'blue', 'green'",
                "its values are names")),
        Arguments.of(
            List.of("2024-01-01", "1999-12-31T12:00", ""),
            new TableColumn(
                "x",
                ColumnKind.DATE,
                2,
                1,
                "1999-12-31T12:00 to 2024-01-01T00:00",
                "every value is a date")),
        Arguments.of(
            List.of("7", "7.0"),
            new TableColumn("x", ColumnKind.IGNORED, 1, 0, "7.0 to 7.0", "it is always '7'")),
        Arguments.of(
            List.of("7", ""),
            new TableColumn(
                "x", ColumnKind.NUMERIC, 1, 1, "7.0 to 7.0", "every value is a number")),
        Arguments.of(
            List.of("", "NaN"),
            new TableColumn("x", ColumnKind.IGNORED, 0, 2, "", "it has no value")),
        Arguments.of(
            List.of("a", "b", "c"),
            new TableColumn(
                "x",
                ColumnKind.IGNORED,
                3,
                0,
                "'a', 'b', 'c'",
                "3 of its first 3 values are distinct, as in an identifier or free text")),
        Arguments.of(
            List.of("a".repeat(300), "a".repeat(300), "b"),
            new TableColumn(
                "x",
                ColumnKind.IGNORED,
                2,
                0,
                "'" + "a".repeat(40) + "…', 'b'",
                "it has texts of up to 300 characters")));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void infersTheKind(List<String> cells, TableColumn expected) {
    assertThat(TableSchema.infer(TestRows.column("x", cells), List.of()).columns())
        .containsExactly(expected);
  }

  @Test
  void countsDistinctValuesNoFurtherThanItsCap() {
    List<String> names = IntStream.range(0, 30_000).mapToObj(i -> "name" + i / 2).toList();

    TableColumn column = TableSchema.infer(TestRows.column("x", names), List.of()).columns().get(0);

    assertThat(column.kind()).isEqualTo(ColumnKind.CATEGORICAL);
    assertThat(column.distinct()).isEqualTo(TableColumn.MOST_DISTINCT);
  }

  @Test
  void tellsOfIgnoredColumnsUnlessTheUserChoseSo() {
    TableSchema schema =
        TableSchema.infer(TestRows.of("id,one,x,y", "a,1,2,3", "b,1,3,4"), List.of("y"));

    assertThat(schema.names(ColumnKind.TARGET)).containsExactly("y");
    assertThat(schema.notices())
        .containsExactly(
            "column 'id' is ignored: 2 of its first 2 values are distinct, as in an identifier or"
                + " free text",
            "column 'one' is ignored: it is always '1'");

    TableSchema chosen =
        schema.withKinds(
            Map.of("id", ColumnKind.CATEGORICAL, "x", ColumnKind.IGNORED), "data.columns");
    assertThat(chosen.names(ColumnKind.CATEGORICAL)).containsExactly("id");
    assertThat(chosen.notices()).containsExactly("column 'one' is ignored: it is always '1'");
  }

  @Test
  void refusesKindsOfColumnsThatAreNotThereAndOfTheTarget() {
    TableSchema schema = TableSchema.infer(TestRows.of("x,y", "1,2", "2,3"), List.of("y"));

    assertThatThrownBy(() -> schema.withKinds(Map.of("z", ColumnKind.NUMERIC), "data.columns"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("data.columns: got no column 'z', expected one of x, y");
    assertThatThrownBy(() -> schema.withKinds(Map.of("y", ColumnKind.NUMERIC), "data.columns"))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> schema.withKinds(Map.of("x", ColumnKind.TARGET), "data.columns"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void refusesATargetThatIsNotThere() {
    assertThatThrownBy(() -> TableSchema.infer(TestRows.of("x", "1"), List.of("y")))
        .isInstanceOf(CellException.class)
        .hasMessage("table.csv: found columns x, expected a column 'y' too");
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    assertThatThrownBy(() -> TableSchema.infer(TestRows.of("x,x,y", "1,2,3"), List.of("y")))
        .hasMessage("table.csv: found several columns 'x', expected one");
  }
}
