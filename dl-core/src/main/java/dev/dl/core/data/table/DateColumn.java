package dev.dl.core.data.table;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Moments;
import dev.dl.core.data.cell.Standardization;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A column of dates, encoded as the standardized day since 1970-01-01 (with the time as a part of
 * it), then sine and cosine of the day in its year, of the day in its week and, if {@code timed},
 * of the time in its day. All are 0 if the date is missing.
 *
 * @param epochDay standardization of the days of the training rows
 * @param timed whether a training row had another time than midnight
 * @param missing whether a last feature is 1 where the date is missing, else 0: so if one was
 *     missing in training
 */
public record DateColumn(String name, Standardization epochDay, boolean timed, boolean missing)
    implements FeatureColumn {
  private static final int DAYS_OF_WEEK = 7;
  private static final double NANOSECONDS_OF_DAY = 24 * 60 * 60 * 1e9;

  public DateColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(epochDay, "epochDay");
  }

  @Override
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    names.add(name + " day");
    List<String> cycles = timed ? List.of("year", "week", "day") : List.of("year", "week");
    for (String cycle : cycles) {
      names.add(name + " sine of " + cycle);
      names.add(name + " cosine of " + cycle);
    }
    if (missing) {
      names.add(name + " missing");
    }
    return names;
  }

  @Override
  public void encode(Cell cell, float[] features, int first) {
    Optional<LocalDateTime> found = cell.dateTime();
    if (found.isEmpty()) {
      if (missing) {
        features[first + featureNames().size() - 1] = 1;
      }
      return;
    }
    LocalDateTime date = found.get();
    features[first] = (float) epochDay.apply(epochDay(date));
    encodeCycle(date.getDayOfYear() - 1, date.toLocalDate().lengthOfYear(), features, first + 1);
    encodeCycle(date.getDayOfWeek().ordinal(), DAYS_OF_WEEK, features, first + 3);
    if (timed) {
      encodeCycle(date.toLocalTime().toNanoOfDay(), NANOSECONDS_OF_DAY, features, first + 5);
    }
  }

  /** StrictMath gives the same on every machine. */
  private static void encodeCycle(double position, double period, float[] features, int first) {
    double angle = 2 * Math.PI * position / period;
    features[first] = (float) StrictMath.sin(angle);
    features[first + 1] = (float) StrictMath.cos(angle);
  }

  private static double epochDay(LocalDateTime date) {
    return date.toLocalDate().toEpochDay() + date.toLocalTime().toNanoOfDay() / NANOSECONDS_OF_DAY;
  }

  /** Standardizes the days of the training rows. */
  static final class Fit implements ColumnFit {
    private final Moments moments = new Moments();
    private boolean timed;
    private boolean missing;

    @Override
    public void add(Cell cell) {
      Optional<LocalDateTime> date = cell.dateTime();
      if (date.isEmpty()) {
        missing = true;
        return;
      }
      timed |= !date.get().toLocalTime().equals(LocalTime.MIDNIGHT);
      moments.add(epochDay(date.get()));
    }

    DateColumn column(String name) {
      return new DateColumn(name, moments.standardization(), timed, missing);
    }
  }
}
