package dev.dl.core.data;

import dev.dl.core.data.audit.AuditTable;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.text.Tokenizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many tokens of each split the vocabulary does not have. */
final class UnknownTokens {
  private static final double MANY = 0.1;

  private final Tokenizer tokenizer;
  private final Map<Split, Count> counts = new EnumMap<>(Split.class);

  UnknownTokens(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Counts the tokens of one text. */
  void add(Split split, int[] ids) {
    int unknown = tokenizer.unknownId().orElse(-1);
    Count count = counts.computeIfAbsent(split, absent -> new Count());
    count.tokens += ids.length;
    for (int id : ids) {
      count.different.set(id);
      count.unknown += id == unknown ? 1 : 0;
    }
  }

  /** A row for each split. */
  AuditTable table() {
    List<List<String>> rows = new ArrayList<>();
    counts.forEach(
        (split, count) ->
            rows.add(
                List.of(
                    split.label(),
                    String.valueOf(count.tokens),
                    count.different.cardinality() + " of " + tokenizer.size(),
                    percent(count.share()))));
    return new AuditTable("Tokens", List.of("split", "tokens", "different", "unknown"), rows);
  }

  /** The splits of which more than a tenth of the tokens is unknown. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    counts.forEach(
        (split, count) -> {
          if (count.share() > MANY) {
            findings.add(
                Finding.of(
                    FindingKind.UNKNOWN_TOKENS,
                    split.label() + ": " + percent(count.share()) + " of the tokens are unknown"));
          }
        });
    return findings;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static final class Count {
    private final BitSet different = new BitSet();
    private long tokens;
    private long unknown;

    double share() {
      return tokens == 0 ? 0 : (double) unknown / tokens;
    }
  }
}
