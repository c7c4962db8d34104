package dev.dl.training.search;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a field may be: a number in a range, or one of several values. A place on a scale from 0 to
 * 1 stands for each, so that methods need not know which it is. Exactly one of the first four is
 * given.
 *
 * @param logUniform the lowest and the highest number; each factor is as likely
 * @param uniform likewise; each difference is as likely
 * @param integer the lowest and the highest whole number
 * @param choice values as a configuration would have them
 * @param when fields before this one, with the values of them at which this one counts
 */
public record Dimension(
    @Default("null") List<Double> logUniform,
    @Default("null") List<Double> uniform,
    @Default("null") List<Long> integer,
    @Default("null") List<String> choice,
    @Default("{}") Map<String, List<String>> when) {
  private static final MathContext DIGITS = new MathContext(4);

  public Dimension {
    long given = Stream.of(logUniform, uniform, integer, choice).filter(Objects::nonNull).count();
    if (given != 1) {
      throw new ConfigException(
          "", given + " ranges", "one of logUniform, uniform, integer, choice", "");
    }
    requireRange("logUniform", logUniform, Double.MIN_NORMAL);
    requireRange("uniform", uniform, Double.NEGATIVE_INFINITY);
    requireRange("integer", integer, Double.NEGATIVE_INFINITY);
    if (choice != null && choice.size() < 2) {
      throw new ConfigException("choice", choice.toString(), "two values or more", "");
    }
    when = new LinkedHashMap<>(when);
  }

  private static void requireRange(String name, List<? extends Number> range, double least) {
    if (range != null
        && (range.size() != 2
            || range.get(0).doubleValue() >= range.get(1).doubleValue()
            || range.get(0).doubleValue() < least)) {
      String above = least > 0 ? ", both above 0" : "";
      throw new ConfigException(
          name, range.toString(), "the lowest and the highest number" + above, "");
    }
  }

  /** How many values there are to choose from; 0 for a range. */
  int choices() {
    return choice == null ? 0 : choice.size();
  }

  /** The value at a place, as a configuration has it. */
  String at(double place) {
    if (choice != null) {
      return choice.get(Math.min((int) (place * choice.size()), choice.size() - 1));
    }
    if (integer != null) {
      long count = integer.get(1) - integer.get(0) + 1;
      return Long.toString(integer.get(0) + Math.min((long) (place * count), count - 1));
    }
    double value =
        logUniform != null
            ? StrictMath.exp(between(StrictMath.log(low()), StrictMath.log(high()), place))
            : between(low(), high(), place);
    return new BigDecimal(Math.max(low(), Math.min(value, high())))
        .round(DIGITS)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The place of a value; empty if it is none of these. */
  OptionalDouble place(String value) {
    if (choice != null) {
      int index = choice.indexOf(value);
      return index < 0 ? OptionalDouble.empty() : OptionalDouble.of((index + 0.5) / choice.size());
    }
    double number = Double.parseDouble(value);
    if (integer != null) {
      double count = integer.get(1) - integer.get(0) + 1.0;
      return OptionalDouble.of((number - integer.get(0) + 0.5) / count);
    }
    double place =
        logUniform != null
            ? StrictMath.log(number / low()) / StrictMath.log(high() / low())
            : (number - low()) / (high() - low());
    return OptionalDouble.of(Math.max(0, Math.min(place, 1)));
  }

  /** Values at the edges, or all choices: if a spec takes these, it takes those between. */
  List<String> extremes() {
    return choice != null ? choice : List.of(at(0), at(Math.nextDown(1.0)));
  }

  private double low() {
    return (logUniform != null ? logUniform : uniform).get(0);
  }

  private double high() {
    return (logUniform != null ? logUniform : uniform).get(1);
  }

  private static double between(double low, double high, double place) {
    return low + (high - low) * place;
  }
}
