package dev.dl.core.data;

import dev.dl.core.data.audit.ClassBalance;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Preview;
import dev.dl.core.data.audit.SampleList;
import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.TargetEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What the audits of texts and of tables have in common: rows with a content, which is the text of
 * some columns, and a target.
 */
final class RowAudit {
  private static final int MOST_PROBLEMS = 1_000;

  private final SplitRows splits;
  private final List<String> columns;
  private final TargetKind kind;
  private final TargetEncoding target;
  private final SampleList samples = new SampleList();
  private final ClassBalance balance;
  private final List<Finding> problems = new ArrayList<>();

  /**
   * @param columns of the content
   * @param target fitted on the training rows
   */
  RowAudit(SplitRows splits, List<String> columns, TargetKind kind, TargetEncoding target) {
    this.splits = splits;
    this.columns = List.copyOf(columns);
    this.kind = kind;
    this.target = target;
    this.balance = new ClassBalance(splits.splits().stream().map(Split::label).toList(), List.of());
  }

  /**
   * Reads all files to their ends, so that what is wrong with any of them is told.
   *
   * @throws DataException with all problems
   */
  static void requireReadable(Map<Split, RowSource> sources) throws IOException {
    List<String> problems = new ArrayList<>();
    for (RowSource source : sources.values()) {
      try (Rows rows = source.open()) {
        while (rows.hasNext()) {
          rows.next();
        }
      } catch (DataException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  /** Lists all rows as samples. */
  void read(ContentUse use) throws IOException {
    for (Split split : splits.splits()) {
      try (Rows rows = splits.open(split)) {
        samples.begin(split.label(), rows.places());
        RowContent content = RowContent.of(rows, columns);
        Columns targets = Columns.of(rows.file(), rows.columns(), target.columns());
        RowEncoder encoder = target.encoder(rows.file(), rows.columns());
        while (rows.hasNext()) {
          Row row = rows.next();
          String label = label(targets, row);
          count(split, targets, row, encoder);
          int number = samples.add(row.line(), label, content.digest(row));
          use.use(split, number, row, content);
        }
      }
    }
  }

  /**
   * Reads all rows again, to show some of them.
   *
   * @param numbers of those, in rising order
   */
  void show(int... numbers) throws IOException {
    int number = 0;
    for (Split split : splits.splits()) {
      try (Rows rows = splits.open(split)) {
        RowContent content = RowContent.of(rows, columns);
        for (; rows.hasNext(); number++) {
          Row row = rows.next();
          if (Arrays.binarySearch(numbers, number) >= 0) {
            samples.show(number, Preview.of(content.text(row)));
          }
        }
      }
    }
  }

  SampleList samples() {
    return samples;
  }

  ClassBalance balance() {
    return balance;
  }

  /** Rows whose targets cannot be used, and what is to be said about the classes. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(problems);
    findings.addAll(balance.findings());
    return findings;
  }

  private void count(Split split, Columns targets, Row row, RowEncoder encoder) {
    if (kind == TargetKind.CLASS && !targets.cell(row, 0).isMissing()) {
      balance.add(split.label(), targets.cell(row, 0).text());
      return;
    }
    try {
      float[] encoded = encoder.encode(row);
      for (int i = 0; target.discrete() && i < encoded.length; i++) {
        if (encoded[i] == 1) {
          balance.add(split.label(), target.names().get(i));
        }
      }
    } catch (CellException e) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(Finding.of(FindingKind.UNREADABLE, e.getMessage()));
      }
    }
  }

  private static String label(Columns targets, Row row) {
    StringJoiner label = new StringJoiner(", ");
    for (int i = 0; i < targets.size(); i++) {
      label.add(targets.cell(row, i).text());
    }
    return label.toString();
  }

  /** What is done with each sample. */
  interface ContentUse {
    void use(Split split, int number, Row row, RowContent content);
  }
}
