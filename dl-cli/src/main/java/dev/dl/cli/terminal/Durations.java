package dev.dl.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Durations {

  private Durations() {}

  /** As on a clock: {@code 0:42}, {@code 12:05}, {@code 3:00:07}. */
  public static String clock(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    long hours = seconds / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
