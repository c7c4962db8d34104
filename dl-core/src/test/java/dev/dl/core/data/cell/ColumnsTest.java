package dev.dl.core.data.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.rows.Row;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void findsColumnsByNameWhereverTheyStand() {
    Columns columns = Columns.of(TestRows.FILE, List.of("c", "a", "b"), List.of("a", "b"));
    Row row = new Row(3, List.of("1", "2", "3"));

    assertThat(columns.cell(row, 0)).isEqualTo(new Cell(TestRows.FILE, 3, 2, "a", "2"));
    assertThat(columns.cell(row, 1)).isEqualTo(new Cell(TestRows.FILE, 3, 3, "b", "3"));
  }

  @Test
  void namesEachColumnThatIsMissingOrThereTwice() {
    assertThatThrownBy(() -> Columns.of(TestRows.FILE, List.of("a", "a"), List.of("a", "b", "c")))
        .asInstanceOf(InstanceOfAssertFactories.type(CellException.class))
        .extracting(CellException::problems)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsExactly(
            "table.csv: found several columns 'a', expected one",
            "table.csv: found columns a, a, expected a column 'b' too",
            "table.csv: found columns a, a, expected a column 'c' too");
  }
}
