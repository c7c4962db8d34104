package dev.dl.training.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that makes a comparison unfair.
 *
 * @param area {@code data}, {@code splits}, {@code budget}, {@code preprocessing}, {@code
 *     evaluation}, {@code unfinished} or {@code repeated}
 * @param what differs: a setting, or what else was recorded
 * @param sides the values, with the runs that have each
 */
public record Unfairness(String area, String what, List<Side> sides) {

  public Unfairness {
    sides = List.copyOf(sides);
  }

  /**
   * Runs that have one value.
   *
   * @param runs their directories as they were given
   */
  public record Side(String value, List<String> runs) {

    public Side {
      runs = List.copyOf(runs);
    }

    @Override
    public String toString() {
      String others = runs.size() == 1 ? "" : " and " + (runs.size() - 1) + " more";
      return value + " in " + runs.get(0) + others;
    }
  }

  /** One line for people. */
  @JsonProperty
  public String line() {
    return area
        + ": "
        + what
        + ": "
        + sides.stream().map(Side::toString).collect(Collectors.joining(", "));
  }
}
