package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.data.text.TextEncoder;
import dev.dl.core.data.text.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Texts with targets, read anew for each thing that is learnt from them, and never held whole.
 *
 * @param sources by split; there is always one for training
 * @param notices what the user should know about the data, one line each
 * @param base what the path of a tokenizer starts from
 * @param memoryBudget bytes of encoded texts that may lie in memory
 */
record TextData(Map<Split, RowSource> sources, List<String> notices, Path base, long memoryBudget)
    implements SourceData {

  TextData {
    sources = new EnumMap<>(sources);
    notices = List.copyOf(notices);
  }

  @Override
  public DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted) {
    try {
      SplitRows splits = SplitRows.of(sources, spec);
      TextPreprocessing preprocessing =
          fitted.isPresent() ? (TextPreprocessing) fitted.get() : fit(splits, spec);
      return encoded(splits, preprocessing, spec, fitted.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Audit audit(DataSpec spec) throws IOException {
    return TextAudit.of(this, spec);
  }

  TextPreprocessing fit(SplitRows splits, DataSpec spec) throws IOException {
    TargetEncoding target;
    try (Rows rows = splits.open(Split.TRAIN)) {
      target = spec.target().target().fit(rows);
    }
    String column = spec.text().column();
    try (Rows rows = splits.open(Split.TRAIN)) {
      Tokenizer tokenizer = Tokenizers.of(spec.text().tokenizer(), base, texts(rows, column));
      return new TextPreprocessing(column, spec.text().length(), target, tokenizer);
    }
  }

  private static Iterator<String> texts(Rows rows, String column) {
    Columns columns = Columns.of(rows.file(), rows.columns(), List.of(column));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public String next() {
        return text(columns, rows.next());
      }
    };
  }

  private static String text(Columns columns, Row row) {
    String text = columns.cell(row, 0).text();
    return text == null ? "" : text;
  }

  private DataSplits encoded(
      SplitRows splits, TextPreprocessing preprocessing, DataSpec spec, boolean fresh)
      throws IOException {
    Map<Split, Dataset<int[]>> datasets = new EnumMap<>(Split.class);
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    List<String> told = new ArrayList<>(notices);
    Leakage leakage = new Leakage();
    for (Split split : splits.splits()) {
      TextEncoder encoder = new TextEncoder(preprocessing.tokenizer(), preprocessing.length());
      List<Integer> lengths = new ArrayList<>();
      try (Rows rows = splits.open(split)) {
        RowContent content = RowContent.of(rows, List.of(preprocessing.column()));
        datasets.put(
            split,
            encoded(
                rows,
                preprocessing,
                encoder,
                lengths,
                row -> leakage.add(split, content.digest(row))));
      }
      samples.put(
          split,
          new TextSamples(
              datasets.get(split),
              lengths.stream().mapToInt(Integer::intValue).toArray(),
              preprocessing.length(),
              preprocessing.tokenizer().paddingId(),
              false));
      tell(split, encoder, lengths.size(), preprocessing.length(), told);
    }
    if (fresh) {
      told.addAll(leakage.told(datasets, sources.keySet(), spec));
    }
    return new DataSplits(
        samples, preprocessing, Fingerprint.of(datasets, preprocessing.classNames()), told);
  }

  private Dataset<int[]> encoded(
      Rows rows,
      TextPreprocessing preprocessing,
      TextEncoder encoder,
      List<Integer> lengths,
      Consumer<Row> taken)
      throws IOException {
    Columns columns = Columns.of(rows.file(), rows.columns(), List.of(preprocessing.column()));
    RowEncoder target = preprocessing.target().encoder(rows.file(), rows.columns());
    CellProblems problems = new CellProblems();
    try (SampleCollector<int[]> collector =
        new SampleCollector<>(Content.TOKENS, memoryBudget, rows.places())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        int[] ids = encoder.encode(text(columns, row));
        float[][] encoded = new float[1][];
        problems.gather(() -> encoded[0] = target.encode(row));
        if (encoded[0] != null) {
          lengths.add(ids.length);
          collector.add(ids, encoded[0], row.line());
          taken.accept(row);
        }
      }
      problems.throwIfAny();
      return collector.dataset();
    }
  }

  private static void tell(
      Split split, TextEncoder encoder, int texts, int length, List<String> notices) {
    if (encoder.truncated() > 0) {
      notices.add(
          "%s: %d of %d texts were cut after %d tokens; see data.text.length"
              .formatted(split.label(), encoder.truncated(), texts, length));
    }
    if (encoder.empty() > 0) {
      notices.add(
          "%s: %d of %d texts have no token".formatted(split.label(), encoder.empty(), texts));
    }
  }
}
