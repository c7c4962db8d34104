package dev.dl.cli.command;

import dev.dl.cli.terminal.Table;
import dev.dl.training.reproduction.Difference;
import dev.dl.training.reproduction.Reproduction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison of two runs as a table: what differs, and which areas are the same. */
final class ReproductionTable {
  private static final int LONGEST = 40;

  private ReproductionTable() {}

  static String text(Reproduction reproduction) {
    Map<String, List<Difference>> areas = new LinkedHashMap<>();
    areas.put("data", reproduction.data());
    areas.put("environment", reproduction.environment());
    areas.put("versions", reproduction.versions());
    areas.put("results", reproduction.results());
    Table table = new Table("AREA", "WHAT", "RECORDED", "NOW");
    areas.forEach(
        (area, differences) -> {
          if (differences.isEmpty()) {
            table.add(area, "the same", "", "");
          }
          for (Difference difference : differences) {
            table.add(area, difference.what(), cell(difference.recorded()), cell(difference.now()));
          }
        });
    return table.text();
  }

  private static String cell(String value) {
    if (value == null) {
      return "none";
    }
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 1) + "…";
  }
}
