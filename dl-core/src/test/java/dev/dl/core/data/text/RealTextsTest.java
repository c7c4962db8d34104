package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts by people; the counts are Python's. The folder with them is given by a property. */
class RealTextsTest {
  private static final String FOLDER = "dl.test.texts";

  @Test
  void readsReviewsAndLearnsTheirWords() throws IOException {
    List<Row> reviews = rows(file("fine-foods-train.csv.gz"));
    assertThat(reviews).hasSize(4000);
    assertThat(reviews).filteredOn(row -> row.cells().get(1).equals("great")).hasSize(2600);
    List<String> texts = reviews.stream().map(row -> row.cells().get(0)).toList();
    assertThat(texts.stream().mapToLong(text -> text.codePoints().count()).sum())
        .isEqualTo(1_587_412);
    WordTokenizer tokenizer = WordTokenizer.fit(texts.iterator(), true, 10_000, 2);
    assertThat(tokenizer.size()).isEqualTo(7274);
    TextEncoder encoded = new TextEncoder(tokenizer, 100, Truncation.USUAL);
    texts.forEach(encoded::encode);
    assertThat(encoded.empty()).isZero();
    assertThat(encoded.truncated()).isEqualTo(1142);
  }

  @Test
  void readsANovelByItsCharacters() throws IOException {
    Path novel = file("prideprejudice.txt.gz");
    CharacterTokenizer tokenizer;
    try (TextParts parts = TextFiles.of(novel).parts()) {
      tokenizer = CharacterTokenizer.fit(parts);
    }
    int[] ids;
    try (TextParts parts = TextFiles.of(novel).parts()) {
      ids = tokenizer.encodeParts(parts);
    }
    assertThat(tokenizer.size()).isEqualTo(2 + 75);
    assertThat(ids).hasSize(684_768).doesNotContain(1);
  }

  private static List<Row> rows(Path file) throws IOException {
    List<Row> all = new ArrayList<>();
    try (Rows rows = RowFiles.open(file)) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  private static Path file(String name) {
    String folder = System.getProperty(FOLDER);
    assumeTrue(folder != null, "skipped: -D" + FOLDER + " names no folder with " + name);
    Path file = Path.of(folder, name);
    assumeTrue(Files.exists(file), "skipped: no " + file);
    return file;
  }
}
