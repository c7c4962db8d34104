package dev.dl.core.data.cell;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One cell of a file of rows. Blanks around its text do not count; a text that is one of {@link
 * #MISSING} says that there is no value.
 *
 * @param line where its row begins, counted from 1
 * @param column its position in the row, counted from 1
 * @param name of the column
 * @param text as written, or {@code null}
 */
public record Cell(Path file, long line, int column, String name, String text) {
  /** What stands for no value. */
  public static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null", "NULL", "?");

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final double LARGEST = 1e100;
  private static final int DATE_LENGTH = 10;
  private static final int SHOWN_LENGTH = 40;

  public Cell {
    text = text == null ? "" : text.strip();
  }

  /** Whether there is no value. */
  public boolean isMissing() {
    return MISSING.contains(text);
  }

  /**
   * The number that is written here, with a point and no grouping in every locale; NaN if missing.
   *
   * @throws CellException if it is anything else, or infinite, or beyond 1e100, where squares end
   */
  public double number() {
    if (isMissing()) {
      return Double.NaN;
    }
    double number = numberIfAny();
    if (Double.isNaN(number)) {
      throw expected("a number");
    }
    if (Math.abs(number) > LARGEST) {
      throw expected("a finite number, of at most 1e100");
    }
    return number;
  }

  /** The number that is written here, be it infinite; NaN if it is anything else. */
  public double numberIfAny() {
    int start = endOfSign(text, 0);
    if (isDecimal(text, start)) {
      return Double.parseDouble(text);
    }
    String magnitude = text.substring(start);
    if (magnitude.equalsIgnoreCase("inf") || magnitude.equalsIgnoreCase("infinity")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.NaN;
  }

  /**
   * The ISO 8601 date or date and time (after a T or a blank) that is written here; if it has an
   * offset, the time in UTC. Empty if missing.
   *
   * @throws CellException if it is anything else
   */
  public Optional<LocalDateTime> dateTime() {
    if (isMissing()) {
      return Optional.empty();
    }
    Optional<LocalDateTime> found = dateIfAny();
    if (found.isEmpty()) {
      throw expected("a date such as 2024-12-31 or 2024-12-31T23:59:59");
    }
    return found;
  }

  /** The date that is written here, as {@link #dateTime}; empty if it is anything else. */
  public Optional<LocalDateTime> dateIfAny() {
    if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return Optional.empty();
    }
    try {
      TemporalAccessor parsed =
          DATE.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime time) {
        return Optional.of(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
      }
      return Optional.of(
          parsed instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(parsed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What is wrong with this cell. */
  public CellException expected(String expected) {
    return new CellException(
        file + ":" + line + ":" + column + " " + name,
        isMissing() ? "no value" : shown(),
        expected);
  }

  /** The text on one line, quoted, with its end cut off if it is long. */
  public String shown() {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN_LENGTH
        ? "'" + line + "'"
        : "'" + line.substring(0, SHOWN_LENGTH) + "…'";
  }

  /** Whether there is nothing but {@code 12}, {@code 1.5}, {@code .5} or {@code 1.5e-3}. */
  private static boolean isDecimal(String text, int start) {
    int end = endOfDigits(text, start);
    int digits = end - start;
    if (end < text.length() && text.charAt(end) == '.') {
      int point = end;
      end = endOfDigits(text, point + 1);
      digits += end - point - 1;
    }
    if (digits > 0 && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      int exponent = endOfSign(text, end + 1);
      end = endOfDigits(text, exponent);
      digits = end - exponent;
    }
    return digits > 0 && end == text.length();
  }

  private static int endOfSign(String text, int start) {
    boolean sign =
        start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+');
    return sign ? start + 1 : start;
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
