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
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

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
    TextSpec text = spec.text();
    boolean pairs = text.secondColumn() != null;
    boolean joined = pairs && !target.comparesTexts();
    List<String> names =
        pairs ? List.of(text.column(), text.secondColumn()) : List.of(text.column());
    try (Rows rows = splits.open(Split.TRAIN)) {
      Columns columns = Columns.of(rows.file(), rows.columns(), names);
      Iterator<String> texts =
          StreamSupport.stream(
                  Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
              .flatMap(row -> TextPreprocessing.texts(columns, row).stream())
              .iterator();
      Tokenizer tokenizer = Tokenizers.of(text.tokenizer(), base, texts, joined);
      return TextPreprocessing.of(text, target, tokenizer);
    }
  }

  private DataSplits encoded(
      SplitRows splits, TextPreprocessing preprocessing, DataSpec spec, boolean fresh)
      throws IOException {
    Map<Split, Dataset<int[]>> datasets = new EnumMap<>(Split.class);
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    List<String> told = new ArrayList<>(notices);
    Leakage leakage = new Leakage();
    for (Split split : splits.splits()) {
      TextEncoder encoder = preprocessing.encoder();
      List<Integer> lengths = new ArrayList<>();
      try (Rows rows = splits.open(split)) {
        RowContent content = RowContent.of(rows, preprocessing.columns());
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
      tell(split, encoder, lengths.size(), preprocessing, told);
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
    Columns columns = Columns.of(rows.file(), rows.columns(), preprocessing.columns());
    RowEncoder target = preprocessing.target().encoder(rows.file(), rows.columns());
    CellProblems problems = new CellProblems();
    try (SampleCollector<int[]> collector =
        new SampleCollector<>(Content.TOKENS, memoryBudget, rows.places())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        int[] ids = preprocessing.encode(encoder, TextPreprocessing.texts(columns, row));
        float[][] encoded = new float[1][];
        problems.gather(() -> encoded[0] = target.encode(row));
        if (encoded[0] != null) {
          lengths.add(TextSamples.longest(ids));
          collector.add(ids, encoded[0], row.line());
          taken.accept(row);
        }
      }
      problems.throwIfAny();
      return collector.dataset();
    }
  }

  private static void tell(
      Split split,
      TextEncoder encoder,
      int samples,
      TextPreprocessing preprocessing,
      List<String> notices) {
    if (encoder.truncated() > 0) {
      notices.add(
          "%s: %d of %d %s were cut to %d tokens; see data.text.length"
              .formatted(
                  split.label(),
                  encoder.truncated(),
                  samples,
                  preprocessing.samplesAre(),
                  preprocessing.length()));
    }
    if (encoder.empty() > 0) {
      notices.add(
          "%s: %d of %d %s %s"
              .formatted(
                  split.label(),
                  encoder.empty(),
                  samples,
                  preprocessing.samplesAre(),
                  preprocessing.withoutTokens()));
    }
  }
}
