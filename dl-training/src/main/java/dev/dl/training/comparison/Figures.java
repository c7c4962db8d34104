package dev.dl.training.comparison;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Numbers of a metric as people read them.
 *
 * @param share whether it is a share, told in percent and its differences in points
 */
public record Figures(boolean share) {
  private static final MathContext FOUR = new MathContext(4);

  /** {@code 61.23 %} or {@code 0.2711}. */
  public String value(double value) {
    return share ? String.format(Locale.ROOT, "%.2f %%", 100 * value) : rounded(value);
  }

  /** {@code +1.31 points} or {@code -0.0213}. */
  public String difference(double difference) {
    return (difference > 0 ? "+" : "") + amount(difference) + (share ? " points" : "");
  }

  /** {@code 0.42 to 2.20}, without a unit. */
  public String range(Interval interval) {
    return amount(interval.low()) + " to " + amount(interval.high());
  }

  /** In percent where it is a share, without the unit. */
  public String amount(double value) {
    return share ? String.format(Locale.ROOT, "%.2f", 100 * value) : rounded(value);
  }

  /** {@code 0.012}, and below a ten-thousandth {@code < 0.0001}. */
  public static String probability(double p) {
    return p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, p < 0.01 ? "%.4f" : "%.3f", p);
  }

  private static String rounded(double value) {
    return value == 0 ? "0" : new BigDecimal(value).round(FOUR).toPlainString();
  }
}
