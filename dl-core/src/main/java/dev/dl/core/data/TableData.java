package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.cell.CellProblems;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.table.TablePreprocessing;
import dev.dl.core.data.table.TableSchema;
import dev.dl.core.data.target.Target;
import dev.dl.core.data.target.TargetEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows of a table, read anew for each thing that is learnt from them, and never held whole.
 *
 * @param sources by split; there is always one for training
 * @param memoryBudget bytes of encoded rows that may lie in memory
 */
record TableData(Map<Split, RowSource> sources, long memoryBudget) implements SourceData {

  TableData {
    sources = new EnumMap<>(sources);
  }

  @Override
  public DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted) {
    try {
      SplitRows rows = SplitRows.of(sources, spec);
      List<String> notices = new ArrayList<>();
      RowPreprocessing preprocessing =
          fitted.isPresent()
              ? (RowPreprocessing) fitted.get()
              : fit(rows, schema(spec, notices), spec);
      return encoded(rows, preprocessing, notices, spec, fitted.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Audit audit(DataSpec spec) throws IOException {
    return ColumnAudit.of(this, spec);
  }

  /** What the columns of the training file are. */
  TableSchema schema(DataSpec spec) throws IOException {
    try (Rows rows = sources.get(Split.TRAIN).open()) {
      return TableSchema.infer(rows, spec.target().target().columns())
          .withKinds(spec.table().kinds(), "data.table");
    }
  }

  private TableSchema schema(DataSpec spec, List<String> notices) throws IOException {
    TableSchema schema = schema(spec);
    notices.addAll(schema.notices());
    return schema;
  }

  static RowPreprocessing fit(SplitRows splits, TableSchema schema, DataSpec spec)
      throws IOException {
    Target target = spec.target().target();
    TargetEncoding encoding;
    try (Rows rows = splits.open(Split.TRAIN)) {
      encoding = target.fit(rows);
    }
    try (Rows rows = splits.open(Split.TRAIN)) {
      return new RowPreprocessing(
          TablePreprocessing.fit(rows, schema, spec.table().limits()), encoding);
    }
  }

  private DataSplits encoded(
      SplitRows splits,
      RowPreprocessing preprocessing,
      List<String> notices,
      DataSpec spec,
      boolean fresh)
      throws IOException {
    Map<Split, Dataset<float[]>> datasets = new EnumMap<>(Split.class);
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    Leakage leakage = new Leakage();
    for (Split split : splits.splits()) {
      try (Rows rows = splits.open(split)) {
        RowContent content = RowContent.of(rows, preprocessing.features().columns());
        Dataset<float[]> dataset =
            encoded(rows, preprocessing, row -> leakage.add(split, content.digest(row)));
        datasets.put(split, dataset);
        samples.put(split, new RowSamples(dataset));
      }
    }
    if (fresh) {
      notices.addAll(leakage.told(datasets, sources.keySet(), spec));
    }
    return new DataSplits(
        samples, preprocessing, Fingerprint.of(datasets, preprocessing.classNames()), notices);
  }

  private Dataset<float[]> encoded(Rows rows, RowPreprocessing preprocessing, Consumer<Row> taken)
      throws IOException {
    RowEncoder features = preprocessing.features().encoder(rows.file(), rows.columns());
    RowEncoder target = preprocessing.target().encoder(rows.file(), rows.columns());
    CellProblems problems = new CellProblems();
    try (SampleCollector<float[]> collector =
        new SampleCollector<>(Content.FEATURES, memoryBudget, rows.places())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        float[][] encoded = new float[2][];
        problems.gather(() -> encoded[0] = features.encode(row));
        problems.gather(() -> encoded[1] = target.encode(row));
        if (encoded[0] != null && encoded[1] != null) {
          collector.add(encoded[0], encoded[1], row.line());
          taken.accept(row);
        }
      }
      problems.throwIfAny();
      return collector.dataset();
    }
  }
}
