package dev.dl.cli.command;

import dev.dl.core.data.DatasetInfo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A dataset as lists show it.
 *
 * @param size how many of what; the empty string where the data is the user's
 * @param megabytes stored; the empty string where the data is the user's
 * @param from where it is, or how to get it
 */
record DatasetRow(
    String name, String task, String size, String megabytes, String licence, String from) {

  static DatasetRow of(DatasetInfo info, Optional<Path> place) {
    boolean yours = info.count() == 0;
    return new DatasetRow(
        info.name(),
        info.task().label(),
        yours ? "" : String.format(Locale.ROOT, "%,d %s", info.count(), info.task().unit()),
        yours ? "" : String.format(Locale.ROOT, "%.2f", info.origin().bytes() / 1e6),
        info.licence(),
        from(info, place));
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
