package dev.dl.core.data.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dl.core.data.problem.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFilesTest {
  private static final String REVIEWS =
      "text,label\nGood café,great\n\"Bad, \"\"stale\"\"\",other\n";
  private static final List<Row> REVIEW_ROWS =
      List.of(row(2, "Good café", "great"), row(3, "Bad, \"stale\"", "other"));

  private static final String BROKEN =
      "found a broken cell, expected at most 16 million characters and nothing between a closing"
          + " quote and the next cell; is a quote open?";

  @TempDir Path directory;

  @Test
  void readsCellsAsTheyAreWritten() throws IOException {
    assertThat(rows("a.csv", "a,b\n 1 ,\n\"\",NA\nx\"y\"z,2"))
        .isEqualTo(List.of(row(2, " 1 ", ""), row(3, "", "NA"), row(4, "x\"y\"z", "2")));
  }

  @Test
  void readsTabs() throws IOException {
    assertThat(rows("a.tsv", "a\tb\n1,5\t\"two\twords\"\n"))
        .isEqualTo(List.of(row(2, "1,5", "two\twords")));
  }

  @Test
  void numbersRowsByTheLineThatTheyBeginIn() throws IOException {
    assertThat(rows("a.csv", "a,b\r\n\"one\r\ntwo\nthree\",1\r\n\r\nx,2\r\n"))
        .isEqualTo(List.of(row(2, "one\r\ntwo\nthree", "1"), row(6, "x", "2")));
  }

  @Test
  void readsGzip() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(REVIEWS.getBytes(UTF_8));
    }
    byte[] bytes = compressed.toByteArray();
    assertThat(rows(write("a.csv.gz", bytes))).isEqualTo(REVIEW_ROWS);
    Path cut = write("cut.csv.gz", Arrays.copyOf(bytes, bytes.length - 12));
    assertThat(problems(cut).get(0)).startsWith(cut + ":3: found damaged or cut gzip data");
    Path plain = write("plain.csv.gz", REVIEWS.getBytes(UTF_8));
    assertThat(problems(plain).get(0))
        .isEqualTo(plain + ": found the first bytes [116, 101], expected gzip data");
  }

  @Test
  void readsWhatItsMarkSays() throws IOException {
    for (Charset charset : List.of(UTF_8, UTF_16BE, UTF_16LE)) {
      Path file = write("marked.csv", ("\uFEFF" + REVIEWS).getBytes(charset));
      assertThat(rows(file)).isEqualTo(REVIEW_ROWS);
      try (Rows rows = RowFiles.open(file)) {
        assertThat(rows.columns()).containsExactly("text", "label");
      }
    }
  }

  @Test
  void namesTheByteAndTheLineThatAreNotUtf8() throws IOException {
    Path file = write("latin.csv", REVIEWS.getBytes(ISO_8859_1));
    assertThat(problems(file))
        .containsExactly(
            file
                + ":2: found the byte 0xE9, expected UTF-8; iconv converts files of other encodings");
  }

  @Test
  void refusesUtf16WithoutItsMark() throws IOException {
    Path file = write("unmarked.csv", "a,b\n1,2\n".getBytes(UTF_16LE));
    assertThat(problems(file))
        .containsExactly(file + ":1: found a NUL character, expected text; UTF-16 needs its mark");
  }

  @Test
  void tellsAllRaggedRowsTogetherAfterTheGoodOnes() throws IOException {
    Path file = write("a.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n".getBytes(UTF_8));
    List<Row> good = new ArrayList<>();
    DataException thrown;
    try (Rows rows = RowFiles.open(file)) {
      thrown = catchThrowableOfType(DataException.class, () -> rows.forEachRemaining(good::add));
    }
    assertThat(good).containsExactly(row(2, "1", "2"), row(5, "7", "8"));
    assertThat(thrown.problems())
        .containsExactly(
            file + ":3: found 1 cells, expected 2", file + ":4: found 3 cells, expected 2");
  }

  @Test
  void countsProblemsAfterTheTwentieth() throws IOException {
    Path file = write("a.csv", ("a,b\n" + "1\n".repeat(50)).getBytes(UTF_8));
    assertThat(problems(file)).hasSize(21).last().isEqualTo(file + ": and 30 more");
  }

  @Test
  void refusesFilesWithoutRows() throws IOException {
    for (String name : List.of("a.csv", "a.tsv", "a.jsonl")) {
      Path empty = write(name, new byte[0]);
      assertThat(problems(empty).get(0)).startsWith(empty + ": found an empty file");
    }
    Path header = write("a.csv", "a,b\n".getBytes(UTF_8));
    assertThat(problems(header))
        .containsExactly(header + ": found columns and no rows, expected at least one row");
  }

  @Test
  void refusesNamesThatAreMissingOrTwice() throws IOException {
    Path file = write("a.csv", "a,,b,a\n1,2,3,4\n".getBytes(UTF_8));
    assertThat(problems(file))
        .containsExactly(
            file + ":1:2: found a column without a name, expected a name for each",
            file + ":1:4: found the column \"a\" again, expected each name once");
  }

  @Test
  void saysWhereAQuoteIsNotClosed() throws IOException {
    for (String end : List.of("", "\n", "\"\"", "\"\"\n")) {
      Path file = write("a.csv", ("a,b\n1,2\n3,\"open\n5,6" + end).getBytes(UTF_8));
      assertThat(problems(file))
          .containsExactly(
              file + ":3: found a quote that is not closed, expected one after the cell");
    }
    assertThat(rows("a.csv", "a,b\n1,\"closed\"\"\"")).isEqualTo(List.of(row(2, "1", "closed\"")));
  }

  @Test
  void tellsABrokenHeaderOnly() throws IOException {
    Path file = write("a.csv", "a,\"b\n1,2\n".getBytes(UTF_8));
    assertThat(problems(file))
        .containsExactly(
            file + ":1: found a quote that is not closed, expected one after the cell");
  }

  @Test
  void refusesTextAfterAClosingQuote() throws IOException {
    Path file = write("a.csv", "a,b\n1,2\n\"3\" x,4\n".getBytes(UTF_8));
    assertThat(problems(file)).containsExactly(file + ":3: " + BROKEN);
  }

  @Test
  void refusesACellOverTheCap() throws IOException {
    Path file = directory.resolve("large.csv.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write("a,b\n1,2\n3,\"".getBytes(UTF_8));
      byte[] part = new byte[1 << 20];
      Arrays.fill(part, (byte) 'x');
      for (int i = 0; i < 40; i++) {
        gzip.write(part);
      }
    }
    assertThat(problems(file)).containsExactly(file + ":3: " + BROKEN);
  }

  @Test
  void readsJsonLines() throws IOException {
    assertThat(
            rows(
                "a.jsonl",
                "{\"text\": \"a\\nb\", \"n\": 1.50, \"ok\": true}\n\n"
                    + "{\"n\": null, \"text\": \"\\ud83d\\ude00\"}"))
        .isEqualTo(List.of(row(1, "a\nb", "1.50", "true"), row(3, "😀", null, null)));
  }

  @Test
  void tellsEveryBadJsonLine() throws IOException {
    Path file =
        write(
            "a.ndjson",
            String.join(
                    "\n",
                    "{\"a\": 1, \"b\": 2}",
                    "{\"a\": 1, \"c\": 2}",
                    "{\"a\": [1]}",
                    "[1, 2]",
                    "{\"a\": 1",
                    "{\"a\": 1, \"a\": 2}",
                    "{\"a\": 1} {}",
                    "{\"a\": " + "[".repeat(100_000))
                .getBytes(UTF_8));
    assertThat(problems(file))
        .containsExactly(
            file + ":2: found the keys [c], expected those of the first line",
            file + ":3: found a list or an object as \"a\", expected one value",
            file + ":4: found no object, expected {\"column\": value, ...}",
            file + ":5:8: found no valid JSON, expected an object on one line",
            file + ":6: found the key \"a\" again, expected it once",
            file + ":7: found more after the object, expected one on each line",
            file + ":8: found a list or an object as \"a\", expected one value");
  }

  @Test
  void refusesOtherEndings() throws IOException {
    Path file = write("a.xlsx", new byte[] {1});
    assertThat(problems(file))
        .containsExactly(
            file + ": found another ending, expected .csv, .tsv, .jsonl, .ndjson or .parquet");
  }

  private List<Row> rows(String name, String content) throws IOException {
    return rows(write(name, content.getBytes(UTF_8)));
  }

  private static List<Row> rows(Path file) throws IOException {
    List<Row> all = new ArrayList<>();
    try (Rows rows = RowFiles.open(file)) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(DataException.class, () -> rows(file)).problems();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static Row row(long line, String... cells) {
    return new Row(line, Arrays.asList(cells));
  }
}
