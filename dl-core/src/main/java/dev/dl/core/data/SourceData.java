package dev.dl.core.data;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a source holds, before anything is held out or normalised.
 *
 * @param splits as the source has them; there is always a training split
 * @param classNames by class index
 * @param notices what the user should know about the data, one line each
 */
record SourceData(Map<Split, Dataset> splits, List<String> classNames, List<String> notices) {

  SourceData {
    splits = new EnumMap<>(splits);
    classNames = List.copyOf(classNames);
    notices = List.copyOf(notices);
  }
}
