package dev.dl.core.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made by pyarrow: {@code tools/golden/parquet.py}. */
class ParquetRowsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "zstd", "gzip", "lz4"})
  void writesEveryKindOfColumnAsText(String codec) throws Exception {
    try (Rows rows = RowFiles.open(file(codec))) {
      assertThat(rows.columns())
          .containsExactly(
              "text",
              "whole",
              "long",
              "unsigned",
              "double",
              "float",
              "flag",
              "day",
              "local",
              "instant",
              "price",
              "bytes");
      List<Row> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      assertThat(all)
          .containsExactly(
              row(
                  1,
                  "hello",
                  "1",
                  "1099511627776",
                  "4000000000",
                  "1.5",
                  "0.10000000149011612",
                  "true",
                  "2024-02-29",
                  "2024-02-29T12:30:01.500",
                  "2024-02-29T12:30:01.000000Z",
                  "12.50",
                  "plain"),
              row(
                  2,
                  "a \"quoted\"\nline, ü 😀",
                  "-2",
                  null,
                  null,
                  "NaN",
                  null,
                  "false",
                  null,
                  null,
                  null,
                  null,
                  null),
              row(
                  3,
                  null,
                  null,
                  "-1",
                  "1",
                  "0.1",
                  "-3.0000001024E10",
                  null,
                  "1969-12-31",
                  null,
                  null,
                  "-0.05",
                  "x"));
    }
  }

  @Test
  void refusesListsByName() {
    assertThatThrownBy(() -> RowFiles.open(file("lists")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("lists.parquet: found the column \"tags\" with lists or groups");
  }

  @Test
  void refusesAFileWithoutRows() {
    assertThatThrownBy(() -> RowFiles.open(file("no-rows")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no-rows.parquet: found columns and no rows");
  }

  @Test
  void namesACompressionThatItDoesNotKnow() {
    assertThatThrownBy(() -> RowFiles.open(file("brotli")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("brotli.parquet: found data compressed by BROTLI, expected one");
  }

  @Test
  void refusesWhatIsNoParquet() throws IOException {
    Path file = Files.writeString(directory.resolve("a.parquet"), "a,b\n1,2\n");
    assertThatThrownBy(() -> RowFiles.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + ": found no readable Parquet");
  }

  @Test
  void refusesEveryCutFile() throws Exception {
    byte[] whole = Files.readAllBytes(file("zstd"));
    Path cut = directory.resolve("cut.parquet");
    for (int length = 0; length < whole.length; length += 197) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> RowFiles.open(cut)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void endsWithRowsOrALineWhateverByteIsChanged() throws Exception {
    byte[] whole = Files.readAllBytes(file("gzip"));
    Path changed = directory.resolve("changed.parquet");
    for (int position = 0; position < whole.length; position += 61) {
      byte[] bytes = whole.clone();
      bytes[position] ^= 0x55;
      Files.write(changed, bytes);
      try (Rows rows = RowFiles.open(changed)) {
        rows.forEachRemaining(row -> assertThat(row.cells()).hasSize(rows.columns().size()));
      } catch (DataException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  private static Row row(long number, String... cells) {
    return new Row(number, Arrays.asList(cells));
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(ParquetRowsTest.class.getResource("/rows/" + name + ".parquet").toURI());
  }
}
