package dev.dl.core.data;

import dev.dl.core.data.image.ImageHeader;
import dev.dl.core.data.problem.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found where pictures come from.
 *
 * @param unreadable those that are left out, and why: one line each
 * @param sizes how many pictures there are of each size, the most frequent first
 */
record FoundPictures(List<String> unreadable, Map<ImageHeader, Integer> sizes) {
  /** Pictures that are no files. */
  static final FoundPictures NONE = new FoundPictures(List.of(), Map.of());

  FoundPictures {
    unreadable = List.copyOf(unreadable);
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
  }

  /**
   * What is to be told of the files that are left out.
   *
   * @throws DataException if none may be
   */
  List<String> skipped(DataSpec spec) {
    if (!unreadable.isEmpty() && spec.onBadSample() == OnBadSample.FAIL) {
      throw new DataException(unreadable);
    }
    List<String> notices = new ArrayList<>();
    unreadable.forEach(problem -> notices.add("skipped " + problem));
    return notices;
  }
}
