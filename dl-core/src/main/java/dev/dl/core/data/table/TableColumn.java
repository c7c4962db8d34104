package dev.dl.core.data.table;

/**
 * What is known of a column of a table.
 *
 * @param distinct how many values it has, at most {@link #MOST_DISTINCT}: more are not counted
 * @param missing how many rows have no value
 * @param values smallest to largest of numbers and dates, else examples; on one line
 * @param why it is of this kind
 */
public record TableColumn(
    String name, ColumnKind kind, int distinct, long missing, String values, String why) {
  /** As far as distinct values are counted. */
  public static final int MOST_DISTINCT = 10_000;

  TableColumn withKind(ColumnKind chosen, String reason) {
    return new TableColumn(name, chosen, distinct, missing, values, reason);
  }
}
