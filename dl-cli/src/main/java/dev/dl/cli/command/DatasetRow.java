package dev.dl.cli.command;

import dev.dl.core.data.DatasetInfo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A dataset as lists show it.
 *
 * @param count of units; 0 where the data is the user's
 * @param unit pictures, texts, words or rows
 * @param bytes of its files as they are stored; 0 where the data is the user's
 * @param from where it is, or how to get it
 */
record DatasetRow(
    String name, String task, long count, String unit, long bytes, String licence, String from) {

  static DatasetRow of(DatasetInfo info, Optional<Path> place) {
    return new DatasetRow(
        info.name(),
        info.task().label(),
        info.count(),
        info.task().unit(),
        info.origin().bytes(),
        info.licence(),
        from(info, place));
  }

  /** How many of what: {@code 70,000 pictures}. */
  String size() {
    return count == 0 ? "" : String.format(Locale.ROOT, "%,d %s", count, unit);
  }

  /** Megabytes, stored. */
  String megabytes() {
    return bytes == 0 ? "" : String.format(Locale.ROOT, "%.3f", bytes / 1e6);
  }

  private static String from(DatasetInfo info, Optional<Path> place) {
    return switch (info.origin().kind()) {
      case BUILT_IN -> "built in";
      case YOURS -> "your files";
      case PUBLIC ->
          place
              .map(path -> "present at " + path)
              .orElse(info.origin().verified() ? "data get" : "data get, unverified");
    };
  }
}
