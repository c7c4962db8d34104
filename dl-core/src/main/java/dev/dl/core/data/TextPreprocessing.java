package dev.dl.core.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.data.text.TextEncoder;
import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.textfile.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * From a text to a network's input. The tokenizer has a file of its own in the run, {@code
 * tokenizer.json}.
 *
 * @param column of the texts, in files of rows
 * @param length tokens of a text at most
 * @param target what the network is to answer; {@code null} for the next token
 * @param tokenizer cuts texts into tokens
 */
public record TextPreprocessing(
    String column, int length, TargetEncoding target, @JsonIgnore Tokenizer tokenizer)
    implements Preprocessing {
  private static final String FILE = "tokenizer.json";

  public TextPreprocessing {
    if (length < 1) {
      throw new IllegalArgumentException("texts of " + length + " tokens");
    }
  }

  /** Names of the classes, or of all tokens. */
  @Override
  public List<String> classNames() {
    return target == null
        ? IntStream.range(0, tokenizer.size()).mapToObj(tokenizer::token).toList()
        : target.outputs();
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(FILE, tokenizer.bytes());
  }

  @Override
  public TextPreprocessing completed(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    Tokenizer read = Tokenizer.read(file);
    if (length <= read.idsBefore() + read.idsAfter()) {
      throw new DamagedFileException(
          file, "a tokenizer that leaves no room in " + length + " tokens", "one of this run");
    }
    return new TextPreprocessing(column, length, target, read);
  }

  @Override
  public void read(Path file, Consumer<Item> use) throws IOException {
    TextEncoder encoder = new TextEncoder(tokenizer, length);
    if (TextFile.ending(file).equals("txt")) {
      use.accept(item(file.toString(), TextFolder.read(file), encoder));
      return;
    }
    try (Rows rows = RowFiles.open(file)) {
      Columns columns = Columns.of(file, rows.columns(), List.of(column));
      while (rows.hasNext()) {
        Row row = rows.next();
        String text = columns.cell(row, 0).text();
        use.accept(item(file + ":" + row.line(), text == null ? "" : text, encoder));
      }
    }
  }

  private static Item item(String where, String text, TextEncoder encoder) {
    int[] ids = encoder.encode(text);
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = ids[i];
    }
    return new Item(where, values);
  }
}
