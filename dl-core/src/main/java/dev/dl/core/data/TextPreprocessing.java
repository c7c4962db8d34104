package dev.dl.core.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dl.core.config.ConfigException;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.data.text.PairForm;
import dev.dl.core.data.text.TextEncoder;
import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.data.text.Truncation;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.textfile.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * From a text, or a pair of them, to a network's input. The tokenizer has a file of its own in the
 * run, {@code tokenizer.json}.
 *
 * @param column of the texts, in files of rows
 * @param secondColumn of the second texts of pairs; {@code null} of single texts
 * @param length tokens of a text or a pair at most
 * @param truncation which tokens are cut off
 * @param target what the network is to answer; {@code null} for the next token
 * @param tokenizer cuts texts into tokens
 */
public record TextPreprocessing(
    String column,
    String secondColumn,
    int length,
    Truncation truncation,
    TargetEncoding target,
    @JsonIgnore Tokenizer tokenizer)
    implements Preprocessing {
  private static final String FILE = "tokenizer.json";

  public TextPreprocessing {
    if (length < 1) {
      throw new IllegalArgumentException("texts of " + length + " tokens");
    }
    truncation = truncation == null ? Truncation.USUAL : truncation;
  }

  /**
   * The preprocessing that a spec asks for.
   *
   * @throws ConfigException if it asks for pairs that the tokenizer cannot tell apart
   */
  static TextPreprocessing of(TextSpec spec, TargetEncoding target, Tokenizer tokenizer) {
    boolean compares = target != null && target.comparesTexts();
    if (compares && spec.secondColumn() == null) {
      throw new ConfigException(
          "data.text.secondColumn",
          "nothing",
          "the column of the texts to compare with",
          "name it");
    }
    if (!compares && spec.secondColumn() != null && tokenizer.pairForm().isEmpty()) {
      throw new ConfigException(
          "data.text.secondColumn",
          spec.secondColumn() + " with a tokenizer that has no token between texts",
          "another tokenizer, or none of pairs",
          "");
    }
    return new TextPreprocessing(
        spec.column(), spec.secondColumn(), spec.length(), spec.truncation(), target, tokenizer);
  }

  /** Names of the classes, or of all tokens. */
  @Override
  public List<String> classNames() {
    return target == null
        ? IntStream.range(0, tokenizer.size()).mapToObj(tokenizer::token).toList()
        : target.outputs();
  }

  /** The columns of the texts of a sample, one or two. */
  List<String> columns() {
    return secondColumn == null ? List.of(column) : List.of(column, secondColumn);
  }

  /** Whether the texts of a pair are read each by itself, and not as one sequence. */
  private boolean readsEach() {
    return target != null && target.comparesTexts();
  }

  /** How many texts of a sample a network reads by themselves. */
  public int inputs() {
    return readsEach() ? 2 : 1;
  }

  /** What samples are called. */
  String samplesAre() {
    return secondColumn == null ? "texts" : "pairs";
  }

  /** What is said of samples that have no tokens. */
  String withoutTokens() {
    return secondColumn == null ? "have no token" : "have a text without a token";
  }

  /** How many types tokens have: those of pairs tell the texts apart. */
  public int tokenTypes() {
    return secondColumn == null || readsEach()
        ? 1
        : tokenizer.pairForm().map(PairForm::types).orElse(1);
  }

  /** The ids of tokens of a sample, whatever their types. */
  public int[] ids(int... tokens) {
    return IntStream.of(tokens).map(token -> token % tokenizer.size()).toArray();
  }

  /** An encoder that has seen no text. */
  TextEncoder encoder() {
    return new TextEncoder(tokenizer, length, truncation);
  }

  /** The tokens of the texts of a sample. */
  int[] encode(TextEncoder encoder, List<String> texts) {
    return secondColumn == null
        ? encoder.encode(texts.get(0))
        : readsEach()
            ? encoder.encodeEach(texts.get(0), texts.get(1))
            : encoder.encode(texts.get(0), texts.get(1));
  }

  /** The ids of all tokens of what a network reads of a sample, however many. */
  List<int[]> wholeIds(List<String> texts) {
    if (secondColumn == null || readsEach()) {
      return texts.stream().map(tokenizer::encode).toList();
    }
    TextEncoder encoder = new TextEncoder(tokenizer, Integer.MAX_VALUE, truncation);
    return List.of(ids(encoder.encode(texts.get(0), texts.get(1))));
  }

  /** What a row says in the columns of the texts; nothing where it has no cell. */
  static List<String> texts(Columns columns, Row row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = columns.cell(row, i).text();
      texts.add(text == null ? "" : text);
    }
    return texts;
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
    return new TextPreprocessing(column, secondColumn, length, truncation, target, read);
  }

  @Override
  public void read(Path file, Consumer<Item> use) throws IOException {
    TextEncoder encoder = encoder();
    if (TextFile.ending(file).equals("txt")) {
      if (secondColumn != null) {
        throw new DataException(
            file, "one text", "rows with the columns " + column + " and " + secondColumn);
      }
      use.accept(item(file.toString(), encoder.encode(TextFolder.read(file))));
      return;
    }
    try (Rows rows = RowFiles.open(file)) {
      Columns columns = Columns.of(file, rows.columns(), columns());
      while (rows.hasNext()) {
        Row row = rows.next();
        use.accept(item(file + ":" + row.line(), encode(encoder, texts(columns, row))));
      }
    }
  }

  private Item item(String where, int... tokens) {
    return new Item(
        where,
        TextSamples.padded(tokens, TextSamples.longest(tokens), tokenizer.paddingId()),
        inputs());
  }

  /** The same for single texts, those of the first column, whatever is told of them. */
  public TextPreprocessing ofSingleTexts() {
    return new TextPreprocessing(column, null, length, truncation, null, tokenizer);
  }
}
