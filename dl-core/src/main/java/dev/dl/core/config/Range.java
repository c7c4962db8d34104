package dev.dl.core.config;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The numbers a setting allows, from its {@link Minimum}, {@link Above} and so on. */
record Range(Double minimum, Double above, Double maximum, Double below) {
  static final Range NONE = new Range(null, null, null, null);

  static Range of(RecordComponent component) {
    Minimum minimum = component.getAnnotation(Minimum.class);
    Above above = component.getAnnotation(Above.class);
    Maximum maximum = component.getAnnotation(Maximum.class);
    Below below = component.getAnnotation(Below.class);
    return new Range(
        minimum == null ? null : minimum.value(),
        above == null ? null : above.value(),
        maximum == null ? null : maximum.value(),
        below == null ? null : below.value());
  }

  boolean contains(BigDecimal value) {
    return (minimum == null || compare(value, minimum) >= 0)
        && (above == null || compare(value, above) > 0)
        && (maximum == null || compare(value, maximum) <= 0)
        && (below == null || compare(value, below) < 0);
  }

  /** The bounds as they follow a noun: {@code " of at least 0 and below 1"}; empty for none. */
  @Override
  public String toString() {
    List<String> bounds = new ArrayList<>();
    if (minimum != null) {
      bounds.add("of at least " + shown(minimum));
    }
    if (above != null) {
      bounds.add("above " + shown(above));
    }
    if (maximum != null) {
      bounds.add((bounds.isEmpty() ? "of at most " : "at most ") + shown(maximum));
    }
    if (below != null) {
      bounds.add("below " + shown(below));
    }
    return bounds.isEmpty() ? "" : " " + String.join(" and ", bounds);
  }

  private static int compare(BigDecimal value, double bound) {
    return value.compareTo(BigDecimal.valueOf(bound));
  }

  private static String shown(double bound) {
    return new BigDecimal(bound).stripTrailingZeros().toPlainString();
  }
}
