package dev.dl.core.data.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many samples of each class each split has. */
public final class ClassBalance {
  /** From how many times as many samples on a class is called very different in size. */
  public static final int IMBALANCE = 10;

  private final Map<String, int[]> counts = new LinkedHashMap<>();
  private final List<String> splits;

  /**
   * Nothing counted yet.
   *
   * @param splits the first is that for training
   * @param classes in the order of the table; others come after them
   */
  public ClassBalance(List<String> splits, List<String> classes) {
    this.splits = List.copyOf(splits);
    classes.forEach(this::counts);
  }

  /** Counts a sample. */
  public void add(String split, String label) {
    counts(label)[splits.indexOf(split)]++;
  }

  /** A row for each class. */
  public AuditTable table() {
    List<String> header = new ArrayList<>(List.of("class"));
    header.addAll(splits);
    List<List<String>> rows = new ArrayList<>();
    counts.forEach(
        (label, ofSplits) -> {
          List<String> row = new ArrayList<>(List.of(label));
          for (int count : ofSplits) {
            row.add(String.valueOf(count));
          }
          rows.add(row);
        });
    return new AuditTable("Classes", header, rows);
  }

  /** Classes that a split lacks, and very different numbers of training samples. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    counts.forEach(
        (label, ofSplits) -> {
          boolean seen = ofSplits[0] > 0;
          for (int split = 0; split < ofSplits.length; split++) {
            if (seen == (ofSplits[split] > 0)) {
              continue;
            }
            findings.add(seen ? missing(label, split) : unseen(label, split, ofSplits[split]));
          }
        });
    findings.addAll(imbalance());
    return findings;
  }

  private Finding missing(String label, int split) {
    return Finding.of(
        FindingKind.MISSING_CLASS,
        "no sample of class " + label + " in the " + splits.get(split) + " split");
  }

  private Finding unseen(String label, int split, int count) {
    return Finding.of(
        FindingKind.UNSEEN_CLASS,
        "%d samples of class %s in the %s split, none in %s"
            .formatted(count, label, splits.get(split), splits.get(0)));
  }

  private List<Finding> imbalance() {
    List<Map.Entry<String, int[]>> trained =
        counts.entrySet().stream().filter(entry -> entry.getValue()[0] > 0).toList();
    if (trained.isEmpty()) {
      return List.of();
    }
    Map.Entry<String, int[]> most = Collections.max(trained, ClassBalance::compare);
    Map.Entry<String, int[]> fewest = Collections.min(trained, ClassBalance::compare);
    if (most.getValue()[0] < (long) IMBALANCE * fewest.getValue()[0]) {
      return List.of();
    }
    return List.of(
        Finding.of(
            FindingKind.IMBALANCE,
            String.format(
                Locale.ROOT,
                "%d training samples of class %s, and %d of class %s",
                most.getValue()[0],
                most.getKey(),
                fewest.getValue()[0],
                fewest.getKey())));
  }

  private static int compare(Map.Entry<String, int[]> one, Map.Entry<String, int[]> other) {
    return Integer.compare(one.getValue()[0], other.getValue()[0]);
  }

  private int[] counts(String label) {
    return counts.computeIfAbsent(label, absent -> new int[splits.size()]);
  }
}
