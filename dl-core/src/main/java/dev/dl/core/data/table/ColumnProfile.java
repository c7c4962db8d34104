package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is seen of a column, cell by cell in constant memory, and the kind that follows from it. */
final class ColumnProfile {
  private static final int EXAMPLES = 3;
  private static final int ONE_REPEATED_OF = 20;

  private final String name;
  private long missing;
  private long values;
  private long numbers;
  private long dates;
  private int longest;
  private Cell firstWithoutNumber;
  private double smallest = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;
  private LocalDateTime earliest = LocalDateTime.MAX;
  private LocalDateTime latest = LocalDateTime.MIN;

  /** Hashes of the distinct values among the first {@code compared} values. */
  private final Set<Long> distinct = new HashSet<>();

  private final List<String> examples = new ArrayList<>();
  private long compared;

  ColumnProfile(String name) {
    this.name = name;
  }

  void add(Cell cell) {
    if (cell.isMissing()) {
      missing++;
      return;
    }
    values++;
    longest = Math.max(longest, cell.text().length());
    double number = cell.numberIfAny();
    if (Double.isNaN(number) || hasLeadingZero(cell.text())) {
      firstWithoutNumber = firstWithoutNumber == null ? cell : firstWithoutNumber;
      cell.dateIfAny().ifPresent(this::addDate);
      addDistinct(hash(cell.text()), cell);
    } else {
      numbers++;
      smallest = Math.min(smallest, number);
      largest = Math.max(largest, number);
      addDistinct(Double.doubleToLongBits(number), cell);
    }
  }

  TableColumn column() {
    TableColumn seen =
        new TableColumn(name, ColumnKind.CATEGORICAL, distinct.size(), missing, shown(), "");
    if (values == 0) {
      return seen.withKind(ColumnKind.IGNORED, "it has no value");
    }
    if (distinct.size() == 1 && missing == 0) {
      return seen.withKind(ColumnKind.IGNORED, "it is always " + examples.get(0));
    }
    if (numbers == values) {
      return seen.withKind(ColumnKind.NUMERIC, "every value is a number");
    }
    if (dates == values) {
      return seen.withKind(ColumnKind.DATE, "every value is a date");
    }
    if (longest > CategoricalColumn.LONGEST_CATEGORY) {
      return seen.withKind(ColumnKind.IGNORED, "it has texts of up to " + longest + " characters");
    }
    if ((compared - distinct.size()) * ONE_REPEATED_OF < compared) {
      return seen.withKind(
          ColumnKind.IGNORED,
          "%d of its first %d values are distinct, as in an identifier or free text"
              .formatted(distinct.size(), compared));
    }
    return seen.withKind(ColumnKind.CATEGORICAL, whyNames());
  }

  private String whyNames() {
    return 2 * numbers < values
        ? "its values are names"
        : "%d of %d values are numbers, but %s on line %d is none"
            .formatted(numbers, values, firstWithoutNumber.shown(), firstWithoutNumber.line());
  }

  private String shown() {
    if (values > 0 && numbers == values) {
      return smallest + " to " + largest;
    }
    if (values > 0 && dates == values) {
      return earliest + " to " + latest;
    }
    return String.join(", ", examples);
  }

  private void addDate(LocalDateTime date) {
    dates++;
    earliest = date.isBefore(earliest) ? date : earliest;
    latest = date.isAfter(latest) ? date : latest;
  }

  private void addDistinct(long hash, Cell cell) {
    if (distinct.size() == TableColumn.MOST_DISTINCT) {
      return;
    }
    compared++;
    if (distinct.add(hash) && examples.size() < EXAMPLES) {
      examples.add(cell.shown());
    }
  }

  private static boolean hasLeadingZero(String number) {
    int zero = number.charAt(0) == '-' || number.charAt(0) == '+' ? 1 : 0;
    return number.charAt(zero) == '0'
        && number.length() > zero + 1
        && Character.isDigit(number.charAt(zero + 1));
  }

  /** FNV-1a over the characters, in 64 bits: two of 10,000 values meet once in 10^11 columns. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
