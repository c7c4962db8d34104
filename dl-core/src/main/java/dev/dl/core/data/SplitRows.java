package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.rows.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of each split; those held out are rows of the training source. */
final class SplitRows {
  private final Map<Split, RowSource> sources;
  private final Map<Split, BitSet> parts;

  private SplitRows(Map<Split, RowSource> sources, Map<Split, BitSet> parts) {
    this.sources = new EnumMap<>(sources);
    this.parts = parts;
  }

  /**
   * Holds out training rows, stratified by class, for splits without a source.
   *
   * @throws ConfigException if a share holds out nothing
   */
  static SplitRows of(Map<Split, RowSource> sources, DataSpec spec) throws IOException {
    List<Integer> classes = classes(sources.get(Split.TRAIN), spec.target());
    int count = classes.stream().mapToInt(label -> label + 1).max().orElse(0);
    Map<Split, BitSet> parts = new EnumMap<>(Split.class);
    HoldOut.of(sources.keySet(), classes.size(), classes::get, count, spec)
        .forEach((split, rows) -> parts.put(split, set(rows)));
    return new SplitRows(sources, parts);
  }

  private static BitSet set(int[] rows) {
    BitSet set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }

  /** The class of each row, counted in the order in which they first occur; all 0 without. */
  private static List<Integer> classes(RowSource source, TargetSpec target) throws IOException {
    List<Integer> classes = new ArrayList<>();
    Map<String, Integer> indices = new HashMap<>();
    boolean stratified = target.kind() == TargetKind.CLASS;
    try (Rows rows = source.open()) {
      Columns columns =
          Columns.of(
              rows.file(), rows.columns(), stratified ? List.of(target.column()) : List.of());
      while (rows.hasNext()) {
        var row = rows.next();
        String name = stratified ? columns.cell(row, 0).text() : "";
        classes.add(indices.computeIfAbsent(name, absent -> indices.size()));
      }
    }
    return classes;
  }

  /** Every split that has rows, in the order of {@link Split}. */
  List<Split> splits() {
    Set<Split> all = EnumSet.copyOf(sources.keySet());
    all.addAll(parts.keySet());
    return List.copyOf(all);
  }

  /** The rows of a split, from their beginning. */
  Rows open(Split split) throws IOException {
    return parts.containsKey(split)
        ? new ChosenRows(sources.get(Split.TRAIN).open(), parts.get(split)::get)
        : sources.get(split).open();
  }
}
