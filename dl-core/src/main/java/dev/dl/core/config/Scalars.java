package dev.dl.core.config;

import dev.dl.core.config.Node.Kind;
import dev.dl.core.config.Node.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types that a single value can have, and how each is written. */
final class Scalars {
  private static final int MAXIMUM_DIGITS = 400;
  private static final Pattern DURATION =
      Pattern.compile("(?=.)(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private Scalars() {}

  /** The scalar as a value of {@code type}; empty when it is not one, or not in {@code range}. */
  static Optional<Object> read(Scalar scalar, Class<?> type, Range range) {
    String text = scalar.text();
    if (type == String.class) {
      return Optional.of(text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return scalar.kind() == Kind.BOOLEAN ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }
    if (type.isEnum()) {
      return Arrays.<Object>stream(type.getEnumConstants())
          .filter(constant -> label((Enum<?>) constant).equals(text))
          .findFirst();
    }
    if (type == Duration.class) {
      return duration(text).map(Object.class::cast);
    }
    return scalar.kind() == Kind.NUMBER ? number(text, type, range) : Optional.empty();
  }

  /** What a value of {@code type} must be: {@code a whole number of at least 1}. */
  static String expected(Class<?> type, Range range) {
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", labels(type));
    }
    if (type == Duration.class) {
      return "a duration such as 30m, 2h or 1h30m";
    }
    return (isWhole(type) ? "a whole number" : "a number") + range;
  }

  /** The names that configurations use for an enum's constants. */
  static List<String> labels(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(value -> label((Enum<?>) value)).toList();
  }

  /** The name that configurations use for an enum constant: {@code one-cycle}. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The duration as {@link #read} takes it: {@code 1h30m}; {@code 0s} for none. */
  static String write(Duration duration) {
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException(
          "duration: got " + duration + ", expected whole milliseconds of at least 0");
    }
    String text =
        part(duration.toHours(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s")
            + part(duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text;
  }

  /** The number as {@link #read} takes it, exactly: {@code 0.001}, {@code 1e-8}. */
  static String write(double value) {
    double magnitude = Math.abs(value);
    String text = Double.toString(value);
    if (value == 0 || (magnitude >= 1e-3 && magnitude < 1e7)) {
      return text;
    }
    String digits = new BigDecimal(text).stripTrailingZeros().toPlainString();
    return magnitude >= 1e-5 && magnitude < 1e15
        ? digits
        : text.toLowerCase(Locale.ROOT).replace(".0e", "e");
  }

  private static Optional<Object> number(String text, Class<?> type, Range range) {
    try {
      if (text.length() > MAXIMUM_DIGITS) {
        return Optional.empty();
      }
      BigDecimal value = new BigDecimal(text);
      return range.contains(value) ? convert(value, text, type) : Optional.empty();
    } catch (NumberFormatException e) { // .nan, .inf, 0x1f, 1_000
      return Optional.empty();
    }
  }

  private static Optional<Object> convert(BigDecimal value, String text, Class<?> type) {
    if (!isWhole(type)) {
      double converted = Double.parseDouble(text); // keeps the sign of -0.0
      return Double.isFinite(converted) ? Optional.of(converted) : Optional.empty();
    }
    try {
      return type == int.class || type == Integer.class
          ? Optional.of(value.intValueExact())
          : Optional.of(value.longValueExact());
    } catch (ArithmeticException e) { // a fraction, or too large
      return Optional.empty();
    }
  }

  private static boolean isWhole(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return true;
    }
    if (type == double.class || type == Double.class) {
      return false;
    }
    throw new IllegalArgumentException("no setting can have the type " + type.getName());
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(count(matcher, 1))
            .plusMinutes(count(matcher, 2))
            .plusSeconds(count(matcher, 3))
            .plusMillis(count(matcher, 4)));
  }

  private static long count(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
