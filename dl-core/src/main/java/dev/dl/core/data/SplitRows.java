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

/** The rows of each split; those held out for validation are rows of the training source. */
final class SplitRows {
  private final Map<Split, RowSource> sources;
  private final BitSet held;

  private SplitRows(Map<Split, RowSource> sources, BitSet held) {
    this.sources = new EnumMap<>(sources);
    this.held = held;
  }

  /**
   * Holds out training rows, stratified by class, unless there is a source for validation.
   *
   * @throws ConfigException if the share holds out nothing
   */
  static SplitRows of(Map<Split, RowSource> sources, DataSpec spec) throws IOException {
    BitSet held = new BitSet();
    if (!sources.containsKey(Split.VALIDATION) && spec.validationFraction() > 0) {
      List<Integer> classes = classes(sources.get(Split.TRAIN), spec.target());
      int count = classes.stream().mapToInt(label -> label + 1).max().orElse(0);
      HoldOut cut =
          HoldOut.of(
              classes.size(), classes::get, count, spec.validationFraction(), spec.splitSeed());
      cut.requireAny(spec);
      for (int row : cut.held()) {
        held.set(row);
      }
    }
    return new SplitRows(sources, held);
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
    if (!held.isEmpty()) {
      all.add(Split.VALIDATION);
    }
    return List.copyOf(all);
  }

  /** The rows of a split, from their beginning. */
  Rows open(Split split) throws IOException {
    if (split == Split.VALIDATION && !held.isEmpty()) {
      return new ChosenRows(sources.get(Split.TRAIN).open(), held::get);
    }
    Rows rows = sources.get(split).open();
    return split == Split.TRAIN ? new ChosenRows(rows, row -> !held.get(row)) : rows;
  }
}
