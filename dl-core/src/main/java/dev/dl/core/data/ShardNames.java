package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of tar shards: an archive, a folder of them, or a pattern such as {@code
 * shards-{0000..0009}.tar}.
 */
final class ShardNames {
  private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
  private static final int MOST = 1_000_000;

  private ShardNames() {}

  /** Whether a name is a pattern. */
  static boolean isPattern(String name) {
    return RANGE.matcher(name).find();
  }

  /** Whether a file is named as an archive. */
  static boolean isShard(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".tar");
  }

  /**
   * The archives that a pattern names, in its order.
   *
   * @throws DataMissingException naming the first that is not there, and how many
   */
  static List<Path> expanded(String pattern, Path base) {
    List<Path> shards = expand(pattern).stream().map(n -> base.resolve(n).normalize()).toList();
    List<Path> missing = shards.stream().filter(shard -> !Files.exists(shard)).toList();
    if (!missing.isEmpty()) {
      throw new DataMissingException(
          "%s: no such file; %d of %d shards are missing"
              .formatted(missing.get(0), missing.size(), shards.size()));
    }
    return shards;
  }

  /** The archives in a folder, in the order of their names. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(ShardNames::isShard).sorted().toList();
    }
  }

  private static List<String> expand(String pattern) {
    Matcher range = RANGE.matcher(pattern);
    if (!range.find()) {
      return List.of(pattern);
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (last < first || last - first >= MOST) {
      throw new DataException(
          pattern, range.group(), "a range that ascends, of at most " + MOST + " shards");
    }
    List<String> names = new ArrayList<>();
    List<String> ends = expand(pattern.substring(range.end()));
    for (int number = first; number <= last; number++) {
      String digits = String.format(Locale.ROOT, "%0" + range.group(1).length() + "d", number);
      for (String end : ends) {
        names.add(pattern.substring(0, range.start()) + digits + end);
      }
      if (names.size() > MOST) {
        throw new DataException(pattern, "very many shards", "at most " + MOST);
      }
    }
    return names;
  }
}
