package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.AuditTable;
import dev.dl.core.data.audit.Duplicates;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Lengths;
import dev.dl.core.data.audit.Sample;
import dev.dl.core.data.audit.SampleList;
import dev.dl.core.data.audit.Shingles;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Looks through texts. */
final class TextAudit {
  private static final int MOST_NAMED = 1_000;

  private final TextPreprocessing preprocessing;
  private final RowAudit rows;
  private final SampleList samples;
  private final Lengths lengths = new Lengths();
  private final UnknownTokens unknown;
  private final Map<Split, Numbers> empty = new EnumMap<>(Split.class);
  private final Map<Split, Numbers> truncated = new EnumMap<>(Split.class);

  /** Of the first text of each content. */
  private final List<int[]> shingles = new ArrayList<>();

  private TextAudit(TextPreprocessing preprocessing, RowAudit rows) {
    this.preprocessing = preprocessing;
    this.rows = rows;
    this.samples = rows.samples();
    this.unknown = new UnknownTokens(preprocessing.tokenizer());
  }

  static Audit of(TextData data, DataSpec spec) throws IOException {
    RowAudit.requireReadable(data.sources());
    SplitRows splits = SplitRows.of(data.sources(), spec);
    TextPreprocessing preprocessing = data.fit(splits, spec);
    RowAudit rows =
        new RowAudit(splits, preprocessing.columns(), spec.target().kind(), preprocessing.target());
    return new TextAudit(preprocessing, rows).look(data.notices());
  }

  private Audit look(List<String> notices) throws IOException {
    rows.read(this::look);
    Duplicates duplicates = Duplicates.ofTexts(samples, shingles);
    rows.show(duplicates.shown());
    List<Finding> findings = new ArrayList<>(rows.findings());
    findings.addAll(duplicates.findings());
    empty.forEach(
        (split, numbers) ->
            findings.add(
                numbers.finding(FindingKind.EMPTY_TEXT, split, preprocessing.withoutTokens())));
    truncated.forEach(
        (split, numbers) ->
            findings.add(
                numbers.finding(
                    FindingKind.TRUNCATED_TEXT,
                    split,
                    "are cut to " + preprocessing.length() + " tokens")));
    findings.addAll(unknown.findings());
    notices.forEach(line -> findings.add(Finding.of(FindingKind.NOTICE, line)));
    List<AuditTable> tables = new ArrayList<>();
    tables.add(rows.balance().table());
    tables.add(lengths.table("Lengths in tokens"));
    tables.add(unknown.table());
    return new Audit(tables, findings);
  }

  private void look(Split split, int number, Row row, RowContent content) {
    if (samples.first(number) == number) {
      shingles.add(Shingles.of(content.text(row)));
    }
    Tokenizer tokenizer = preprocessing.tokenizer();
    List<String> texts = content.texts(row);
    List<int[]> read = preprocessing.wholeIds(texts);
    for (int[] ids : read) {
      lengths.add(split.label(), ids.length);
      unknown.add(split, ids);
    }
    if (texts.stream().anyMatch(text -> tokenizer.encodePart(text).length == 0)) {
      empty.computeIfAbsent(split, absent -> new Numbers()).add(number);
    }
    if (read.stream().anyMatch(ids -> ids.length > preprocessing.length())) {
      truncated.computeIfAbsent(split, absent -> new Numbers()).add(number);
    }
  }

  /** Numbers of samples, of which the first are kept. */
  private final class Numbers {
    private final int[] kept = new int[MOST_NAMED];
    private int count;

    void add(int number) {
      if (count < MOST_NAMED) {
        kept[count] = number;
      }
      count++;
    }

    Finding finding(FindingKind kind, Split split, String what) {
      List<Sample> named =
          Arrays.stream(kept, 0, Math.min(count, MOST_NAMED)).mapToObj(samples::sample).toList();
      return new Finding(
          kind,
          "%s: %d %s %s".formatted(split.label(), count, preprocessing.samplesAre(), what),
          named);
    }
  }
}
