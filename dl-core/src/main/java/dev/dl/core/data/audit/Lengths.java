package dev.dl.core.data.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the samples of each split are; 4 bytes a sample. */
public final class Lengths {
  private static final List<String> HEADER =
      List.of("split", "samples", "shortest", "10 %", "median", "90 %", "longest", "together");

  private final Map<String, int[]> lengths = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** Notes the length of one sample. */
  public void add(String split, int length) {
    int count = counts.merge(split, 1, Integer::sum);
    int[] ofSplit = lengths.computeIfAbsent(split, absent -> new int[1 << 10]);
    if (count > ofSplit.length) {
      ofSplit = Arrays.copyOf(ofSplit, 2 * ofSplit.length);
      lengths.put(split, ofSplit);
    }
    ofSplit[count - 1] = length;
  }

  /** A row for each split. */
  public AuditTable table(String title) {
    List<List<String>> rows = new ArrayList<>();
    counts.forEach(
        (split, count) -> {
          int[] sorted = Arrays.copyOf(lengths.get(split), count);
          Arrays.sort(sorted);
          List<String> row = new ArrayList<>(List.of(split, String.valueOf(count)));
          for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
            row.add(String.valueOf(sorted[(int) Math.round(share * (count - 1))]));
          }
          row.add(String.valueOf(Arrays.stream(sorted).asLongStream().sum()));
          rows.add(row);
        });
    return new AuditTable(title, HEADER, rows);
  }
}
